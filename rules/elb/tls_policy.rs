//! # A listener takes outdated TLS
//!
//! The listener's security policy lets clients use TLS 1.0 or 1.1. Without one, an HTTPS or TLS listener gets
//! `ELBSecurityPolicy-2016-08`, which does.
//!
//! **Why.** Both versions are broken and withdrawn (RFC 8996); clients that need them are as old.
//!
//! **Fix.** `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`, or a newer one.
//!
//! ```hcl,fail
//! resource "aws_lb_listener" "https" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   certificate_arn   = "arn:aws:acm:eu-west-3:123456789012:certificate/00000000-0000-0000-0000-000000000000"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb_listener" "https" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
//!   certificate_arn   = "arn:aws:acm:eu-west-3:123456789012:certificate/00000000-0000-0000-0000-000000000000"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_lb_listener" "https" {
//!   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/front/0123456789abcdef"
//!   port              = 443
//!   protocol          = "HTTPS"
//!   ssl_policy        = var.policy
//!   certificate_arn   = "arn:aws:acm:eu-west-3:123456789012:certificate/00000000-0000-0000-0000-000000000000"
//!
//!   default_action {
//!     type             = "forward"
//!     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-3:123456789012:targetgroup/front/0123456789abcdef"
//!   }
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, LbListener, field};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB002",
    name: "tls-policy",
    severity: Severity::High,
    resources: &["aws_lb_listener"],
    aliases: &[
        "CKV_AWS_103",
        "AVD-AWS-0047",
        "aws-elb-use-secure-tls-policy",
        "ELBV2_LISTENER_SSL_POLICY_RULE",
        "CKV2_AWS_74",
        "4a800e14-c94a-442d-9067-5a2e9f6c0a4c",
        "AC_AWS_0171",
    ],
    controls: &[("FSBP", "ELB.17")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "ask for TLS 1.2",
    &[Want::set("ssl_policy", "\"ELBSecurityPolicy-TLS13-1-2-2021-06\"")],
);

/// Judges a listener.
pub fn check<'a>(listener: &LbListener<'a>, check: &mut Check<'a>) {
    if !matches!(listener.protocol, Attr::Known("HTTPS" | "TLS", _)) {
        return;
    }
    // The attribute is computed: when it is not written, the API chooses its old default.
    let written = field(&listener.resource.config, "ssl_policy");
    if written.is_null() {
        let message = "clients may use TLS 1.0: without `ssl_policy` the listener gets `ELBSecurityPolicy-2016-08`";
        check.fail(written, "ssl_policy", message);
        return;
    }
    match listener.ssl_policy {
        Attr::Known(policy, value) => {
            if least_version(policy) < 2 {
                check.fail(
                    value,
                    "ssl_policy",
                    format!("`{policy}` lets clients use outdated TLS"),
                );
            }
        }
        Attr::Unknown(value) => {
            check.unknown(
                value,
                "ssl_policy",
                "it is not known which TLS versions clients may use",
            );
        }
        Attr::Null(_) => {}
    }
}

/// The least minor version of TLS 1 that a policy takes, by its name: `ELBSecurityPolicy-TLS13-1-2-2021-06` takes 1.2 and 1.3.
/// Names without one are the old policies, which take 1.0.
fn least_version(policy: &str) -> u8 {
    let name = policy.strip_prefix("ELBSecurityPolicy-").unwrap_or(policy);
    ["TLS13-1-", "TLS-1-", "FS-1-"]
        .iter()
        .find_map(|family| name.strip_prefix(family))
        .and_then(|rest| rest.get(..1)?.parse().ok())
        .unwrap_or(0)
}
