//! # A listener speaks plain HTTP
//!
//! A listener of an application load balancer has protocol `HTTP` and does not redirect to `HTTPS`.
//!
//! **Why.** Everyone on the way reads and changes what is sent: passwords, cookies, pages.
//!
//! **Fix.** Give the load balancer an `HTTPS` listener with a certificate, and let the `HTTP` one redirect to it.
//!
//! ```hcl,fail
//! resource "aws_lb_listener" "http" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 80
//!   protocol          = "HTTP"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_listener" "http" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 80
//!   protocol          = "HTTP"
//!
//!   default_action {
//!     type = "redirect"
//!
//!     redirect {
//!       protocol    = "HTTPS"
//!       port        = "443"
//!       status_code = "HTTP_301"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "protocol" {
//!   type = string
//! }
//!
//! resource "aws_lb_listener" "front" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 8080
//!   protocol          = var.protocol
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! **Limits.** Listeners of network and gateway load balancers are not judged: they pass on what they get.

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, LbListener, LbListenerRule, ListenerAction};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB001",
    name: "https-listener",
    severity: Severity::High,
    resources: &["aws_lb_listener"],
    aliases: &[
        "CKV_AWS_2",
        "CKV2_AWS_20",
        "CKV_AWS_103",
        "AVD-AWS-0054",
        "aws-elb-http-not-used",
        "de7f5e83-da88-4046-871f-ea18504b1d43",
        "AC_AWS_0491",
        "ELBV2_LISTENER_PROTOCOL_RULE",
    ],
    controls: &[("FSBP", "ELB.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "redirect to HTTPS",
    &[
        Want::set("default_action.type", "\"redirect\""),
        Want::set("default_action.redirect.port", "\"443\""),
        Want::set("default_action.redirect.protocol", "\"HTTPS\""),
        Want::set("default_action.redirect.status_code", "\"HTTP_301\""),
        Want::remove("default_action.target_group_arn"),
    ],
);

const OPEN: &str = "it is not known whether the listener speaks plain HTTP";

/// Judges a listener.
pub fn check<'a>(listener: &LbListener<'a>, check: &mut Check<'a>) {
    let protocol = match listener.protocol {
        Attr::Known(protocol, value) if protocol.eq_ignore_ascii_case("HTTP") => value,
        Attr::Unknown(value) if model::is_written(listener.resource, "protocol") => {
            check.unknown(value, "protocol", OPEN);
            return;
        }
        _ => return,
    };
    let (rules, _) = check.model().naming::<LbListenerRule<'a>, _>(listener, "listener_arn");
    let forwarding = rules.iter().find(|rule| passes_on(&rule.action) == Some(true));
    match (passes_on(&listener.default_action), forwarding) {
        (Some(true), _) => {
            check.fail(
                protocol,
                "protocol",
                "the listener speaks plain HTTP and does not redirect to HTTPS",
            );
        }
        (_, Some(rule)) => {
            let message = "the listener speaks plain HTTP, and a rule passes requests on";
            check.fail(protocol, "protocol", message).also(rule.resource.header, "the rule");
        }
        (Some(false), None) => {}
        (None, None) => {
            check.unknown(listener.default_action.value(), "default_action", OPEN);
        }
    }
}

/// Whether the actions let a request through in the clear; `None` when that is not known.
fn passes_on(actions: &Attr<'_, Vec<Attr<'_, ListenerAction<'_>>>>) -> Option<bool> {
    let mut open = actions.has_unknown();
    for action in actions.elements().iter().filter_map(Attr::known) {
        match action.kind {
            Attr::Known("redirect", _) => match action.redirect.as_ref().and_then(|to| to.protocol)
            {
                Attr::Known("HTTPS", _) => return Some(false),
                Attr::Unknown(_) => open = true,
                _ => return Some(true),
            },
            Attr::Known("fixed-response", _) => return Some(false),
            Attr::Known(..) | Attr::Null(_) => return Some(true),
            Attr::Unknown(_) => open = true,
        }
    }
    (!open).then_some(true)
}
