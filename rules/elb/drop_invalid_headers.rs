//! # Invalid header fields are passed on
//!
//! The application load balancer passes header fields on that are not valid HTTP.
//!
//! **Why.** Two servers that read such a field differently can be played against each other: request smuggling.
//!
//! **Fix.** `drop_invalid_header_fields = true`.
//!
//! ```hcl,fail
//! resource "aws_lb" "front" {
//!   load_balancer_type = "application"
//!   security_groups    = ["sg-1"]
//!   subnets            = ["subnet-1", "subnet-2"]
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_lb" "front" {
//!   load_balancer_type         = "application"
//!   security_groups            = ["sg-1"]
//!   subnets                    = ["subnet-1", "subnet-2"]
//!   drop_invalid_header_fields = true
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "strict" {
//!   type = bool
//! }
//!
//! resource "aws_lb" "front" {
//!   load_balancer_type         = "application"
//!   security_groups            = ["sg-1"]
//!   subnets                    = ["subnet-1", "subnet-2"]
//!   drop_invalid_header_fields = var.strict
//! }
//! ```

use check::{Check, Fix, Meta, Severity, Want};
use model::{Attr, Lb};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ELB003",
    name: "drop-invalid-headers",
    severity: Severity::Medium,
    resources: &["aws_lb"],
    aliases: &[
        "CKV_AWS_131",
        "AVD-AWS-0052",
        "aws-elb-drop-invalid-headers",
        "6e3fd2ed-5c83-4c68-9679-7700d224d379",
        "ALB_HTTP_DROP_INVALID_HEADER_ENABLED",
    ],
    controls: &[("FSBP", "ELB.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4"],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "drop header fields that are not valid",
    &[Want::set("drop_invalid_header_fields", "true")],
);

const PATH: &str = "drop_invalid_header_fields";

/// Judges a load balancer.
pub fn check<'a>(lb: &Lb<'a>, check: &mut Check<'a>) {
    if !matches!(lb.load_balancer_type.or("application"), Attr::Known("application", _)) {
        return;
    }
    match lb.drop_invalid_header_fields {
        Attr::Known(true, _) => {}
        Attr::Known(false, value) | Attr::Null(value) => {
            check.fail(value, PATH, "header fields that are not valid are passed on to the tasks");
        }
        Attr::Unknown(value) => {
            check.unknown(value, PATH, "it is not known whether invalid header fields are dropped");
        }
    }
}
