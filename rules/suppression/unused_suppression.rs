//! # A suppression silences nothing
//!
//! One of banana's own comments names a rule that finds nothing where the comment stands.
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
//! stands at is part of the stack (a resource with `count = 0` is not). Comments of other tools are `unused-peer-suppression`'s.

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
    if comment.tool() == Tool::Banana {
        for name in comment.unused() {
            let message = format!("`{name}` finds nothing here that would have to be ignored");
            check.fail(&model::ABSENT, "", message).evidence(name);
        }
    }
}
