//! # Requests are not logged
//!
//! The load balancer writes no access logs.
//!
//! **Why.** After an incident nobody can say who asked for what, and when.
//!
//! **Fix.** Add an `access_logs` block with an S3 bucket that the load balancer may write to, and `enabled = true`.
//!
//! ```hcl,fail
//! resource "aws_lb" "front" {
//!   security_groups = ["sg-1"]
//!   subnets         = ["subnet-1", "subnet-2"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "front" {
//!   security_groups = ["sg-1"]
//!   subnets         = ["subnet-1", "subnet-2"]
//!
//!   access_logs {
//!     bucket  = "logs-of-front"
//!     enabled = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "logged" {
//!   type = bool
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups = ["sg-1"]
//!   subnets         = ["subnet-1", "subnet-2"]
//!
//!   access_logs {
//!     bucket  = "logs-of-front"
//!     enabled = var.logged
//!   }
//! }
//! ```
//!
//! **Limits.** Gateway load balancers have none and are not judged; a network load balancer logs TLS listeners only.

use check::{Check, Meta, Severity};
use model::{Attr, Lb};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB005",
    name: "access-logs",
    severity: Severity::Low,
    resources: &["aws_lb"],
    aliases: &["CKV_AWS_91", "ELBV2_ACCESS_LOGGING_RULE"],
    controls: &[("FSBP", "ELB.5")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5"],
};

const OPEN: &str = "it is not known whether requests are logged";

/// Judges a load balancer.
pub fn check<'a>(lb: &Lb<'a>, check: &mut Check<'a>) {
    if lb.load_balancer_type.known() == Some(&"gateway") {
        return;
    }
    match &lb.access_logs {
        Attr::Null(value) => {
            check.fail(value, "access_logs", "requests are not logged");
        }
        Attr::Unknown(value) => {
            check.unknown(value, "access_logs", OPEN);
        }
        Attr::Known(logs, _) => match logs.enabled {
            Attr::Known(true, _) => {}
            Attr::Known(false, value) | Attr::Null(value) => {
                check.fail(
                    value,
                    "access_logs[0].enabled",
                    "requests are not logged: the block is not enabled",
                );
            }
            Attr::Unknown(value) => {
                check.unknown(value, "access_logs[0].enabled", OPEN);
            }
        },
    }
}
