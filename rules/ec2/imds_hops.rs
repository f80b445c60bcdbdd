//! # Metadata leaves the instance
//!
//! Answers of the metadata service may take more than one hop.
//!
//! **Why.** Containers and proxies on the instance then get its role too.
//!
//! **Fix.** Leave `http_put_response_hop_limit` out, or set it to 1.
//!
//! ```hcl,fail
//! resource "aws_launch_template" "web" {
//!   metadata_options {
//!     http_put_response_hop_limit = 2
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_launch_template" "web" {
//!   metadata_options {
//!     http_put_response_hop_limit = 1
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "n" {
//!   type = number
//! }
//!
//! resource "aws_launch_template" "web" {
//!   metadata_options {
//!     http_put_response_hop_limit = var.n
//!   }
//! }
//! ```
//!
//! **Limits.** Containers in bridge mode that need the instance's role need 2.

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2004",
    name: "imds-hops",
    severity: Severity::Medium,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &["CKV_AWS_341"],
    controls: &[("FSBP", "AutoScaling.4")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-4",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "keep metadata on the instance",
    &[Want::set("metadata_options.http_put_response_hop_limit", "1")],
);

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let one =
        it.number("metadata_options.http_put_response_hop_limit").is_null_or(|hops| hops <= 1);
    check.require(one, "metadata may leave the instance", "metadata stays on the instance");
}
