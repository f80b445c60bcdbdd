//! # A suppression silences nothing
//!
//! A comment names a rule that finds nothing where the comment stands.
//!
//! **Why.** What it spoke of is gone. Left there, it hides the next finding of its kind, and everybody who reads it looks for a fault that is not
//! there.
//!
//! **Fix.** Take the comment, or the rule's name in it, out.
//!
//! ```hcl,fail
//! # banana:ignore[subnet-public-ip] reason="hosts of the demo"
//! resource "aws_subnet" "a" {
//!   vpc_id     = "vpc-1"
//!   cidr_block = "10.0.0.0/24"
//! }
//! ```
//!
//! ```hcl,pass
//! # banana:ignore[subnet-public-ip] reason="hosts of the demo"
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! **Limits.** Only what can be judged is: the rules that the name stands for were all run (with `--select` they may not be), and what the comment
//! stands at is part of the stack (a resource with `count = 0` is not). Another tool's check that no rule here answers is that tool's business; so
//! is a name with `*`, and `all`. The other tool may still need a comment that is of no use here.

use check::{Check, Meta, Severity, Suppression, Tool};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP001",
    name: "unused-suppression",
    severity: Severity::Low,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    for name in comment.unused() {
        let message = match comment.tool() {
            Tool::Banana => format!("`{name}` finds nothing here that would have to be ignored"),
            other => {
                let tool = other.name();
                format!(
                    "what {tool} calls `{name}` is not found here, so nothing has to be ignored"
                )
            }
        };
        check.fail(&model::ABSENT, "", message).evidence(name);
    }
}
