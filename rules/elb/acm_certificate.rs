//! # A certificate must be renewed by hand
//!
//! A listener has a certificate that was uploaded to IAM.
//!
//! **Why.** It ends one night, and the site with it.
//!
//! **Fix.** Take a certificate of ACM, which renews itself.
//!
//! ```hcl,fail
//! resource "aws_lb_listener" "web" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/web/1"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   certificate_arn   = "arn:aws:iam::123456789012:server-certificate/web"
//!
//!   default_action {
//!     type = "fixed-response"
//!
//!     fixed_response {
//!       content_type = "text/plain"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_listener" "web" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/web/1"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   certificate_arn   = "arn:aws:acm:eu-west-3:123456789012:certificate/1"
//!
//!   default_action {
//!     type = "fixed-response"
//!
//!     fixed_response {
//!       content_type = "text/plain"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "certificate" {
//!   type = string
//! }
//!
//! resource "aws_lb_listener" "web" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/web/1"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   certificate_arn   = var.certificate
//!
//!   default_action {
//!     type = "fixed-response"
//!
//!     fixed_response {
//!       content_type = "text/plain"
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, Part};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB015",
    name: "acm-certificate",
    severity: Severity::Low,
    resources: &["aws_elb", "aws_lb_listener", "aws_alb_listener"],
    aliases: &["CKV_AWS_127", "ELB_ACM_CERTIFICATE_REQUIRED", "ELBV2_ACM_CERTIFICATE_REQUIRED"],
    controls: &[("FSBP", "ELB.2")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-2"],
};

/// Whether a listener's certificate is one of ACM: by its ARN, or because it names one of the stack.
fn is_from_acm<'a>(part: &Part<'a>, name: &str, check: &Check<'a>) -> At<'a, bool> {
    let arn = part.text(name);
    let named = check.model().refers(arn.attr.value()).and_then(|id| check.stack().resource(id));
    match (named, arn.attr) {
        (Some(it), Attr::Known(_, value) | Attr::Unknown(value)) => {
            let acm = it.address.ty.starts_with("aws_acm");
            At { path: arn.path, attr: Attr::Known(acm, value) }
        }
        _ => arn.is(|arn| arn.contains(":acm:")),
    }
}

/// Judges a listener.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the certificate must be renewed by hand";
    const WHETHER: &str = "the certificate renews itself";
    if it.ty() == "aws_elb" {
        for listener in check.blocks(it, "listener") {
            let acm = is_from_acm(&listener, "ssl_certificate_id", check);
            let tls = listener
                .text("lb_protocol")
                .is(|name| matches!(name.to_ascii_lowercase().as_str(), "https" | "ssl"));
            check.require(acm.or_else(!tls), WRONG, WHETHER);
        }
        return;
    }
    let none = !it.is_set("certificate_arn");
    let acm = is_from_acm(it, "certificate_arn", check);
    check.require(acm.or_else(none), WRONG, WHETHER);
}
