//! # Anybody who makes an instance fetch a page gets its role
//!
//! The instance answers metadata requests without a session token (the first version of the protocol).
//!
//! **Why.** One page that fetches an address it is told, and the role's keys are out: many large leaks went that way.
//!
//! **Fix.** Set `http_tokens = "required"` in `metadata_options`.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   metadata_options {
//!     http_tokens = "required"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "tokens" {
//!   type = string
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!
//!   metadata_options {
//!     http_tokens = var.tokens
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2003",
    name: "imds-v1",
    severity: Severity::High,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &[
        "CKV_AWS_79",
        "AVD-AWS-0028",
        "aws-ec2-enforce-http-token-imds",
        "AVD-AWS-0130",
        "aws-autoscaling-enforce-http-token-imds",
        "aws-ec2-enforce-launch-config-http-token-imds",
        "f1g2h3i4-j5k6-7lmn-8opq-9012rstuvwxy",
        "AC_AWS_0479",
        "AC_AWS_0487",
    ],
    controls: &[("FSBP", "EC2.8"), ("FSBP", "AutoScaling.3")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-3",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "ask for a session token",
    &[Want::set("metadata_options.http_tokens", "\"required\"")],
);

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let required = it.text("metadata_options.http_tokens").is(|tokens| tokens == "required");
    let off = it.text("metadata_options.http_endpoint").is(|endpoint| endpoint == "disabled");
    check.require(
        required.or_else(off),
        "metadata is given without a session token",
        "a session token is needed for metadata",
    );
}
