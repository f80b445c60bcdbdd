//! # The load balancer can be deleted by mistake
//!
//! Deletion protection is off.
//!
//! **Why.** One wrong plan, or one wrong click, and the address that the world knows is gone for good.
//!
//! **Fix.** `enable_deletion_protection = true`; take it back when the load balancer is really to go.
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
//!   security_groups            = ["sg-1"]
//!   subnets                    = ["subnet-1", "subnet-2"]
//!   enable_deletion_protection = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "keep" {
//!   type = bool
//! }
//!
//! resource "aws_lb" "front" {
//!   security_groups            = ["sg-1"]
//!   subnets                    = ["subnet-1", "subnet-2"]
//!   enable_deletion_protection = var.keep
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, Lb};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB004",
    name: "deletion-protection",
    severity: Severity::Low,
    resources: &["aws_lb"],
    aliases: &[
        "CKV_AWS_150",
        "afecd1f1-6378-4f7e-bb3b-60c35801fdd4",
        "ELB_DELETION_PROTECTION_ENABLED",
    ],
    controls: &[("FSBP", "ELB.6")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "protect the load balancer from deletion",
    &[Want::set("enable_deletion_protection", "true")],
);

const PATH: &str = "enable_deletion_protection";

/// Judges a load balancer.
pub fn check<'a>(lb: &Lb<'a>, check: &mut Check<'a>) {
    match lb.enable_deletion_protection {
        Attr::Known(true, _) => {}
        Attr::Known(false, value) | Attr::Null(value) => {
            check.fail(
                value,
                PATH,
                "nothing keeps the load balancer from being deleted by mistake",
            );
        }
        Attr::Unknown(value) => {
            check.unknown(value, PATH, "it is not known whether deletion protection is on");
        }
    }
}
