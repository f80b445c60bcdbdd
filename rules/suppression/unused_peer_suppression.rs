//! # A suppression written for another tool silences nothing
//!
//! A comment of checkov, trivy (tfsec) or tflint names a check that a rule answers, and the rule finds nothing where the comment stands.
//!
//! **Why.** If only banana is run, the comment is of no use, and hides the next finding of its kind.
//!
//! **Fix.** Take the comment, or the check's name in it, out; where the other tool is still run and still needs it, ignore this rule.
//!
//! ```hcl,fail
//! # trivy:ignore:AVD-AWS-0164
//! resource "aws_subnet" "a" {
//!   vpc_id     = "vpc-1"
//!   cidr_block = "10.0.0.0/24"
//! }
//! ```
//!
//! ```hcl,fail
//! resource "aws_subnet" "a" {
//!   #checkov:skip=CKV_AWS_130:hosts of the demo
//!   vpc_id     = "vpc-1"
//!   cidr_block = "10.0.0.0/24"
//! }
//! ```
//!
//! ```hcl,pass
//! # trivy:ignore:AVD-AWS-0164
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! ```hcl,pass
//! # trivy:ignore:AVD-AWS-9999
//! resource "aws_subnet" "a" {
//!   vpc_id     = "vpc-1"
//!   cidr_block = "10.0.0.0/24"
//! }
//! ```
//!
//! **Limits.** A check that no rule here answers is the other tool's business; so is a name with `*`, and `all`. As for banana's own comments, the
//! rules must have been run, and what the comment stands at must be part of the stack.

use check::{Check, Meta, Severity, Suppression, Tool};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP006",
    name: "unused-peer-suppression",
    severity: Severity::Low,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    if comment.tool() == Tool::Banana {
        return;
    }
    for name in comment.unused() {
        let tool = comment.tool().name();
        let message =
            format!("what {tool} calls `{name}` is not found here, so nothing has to be ignored");
        check.fail(&model::ABSENT, "", message).evidence(name);
    }
}
