//! # A suppression gives no reason
//!
//! One of banana's own comments has no `reason="…"`.
//!
//! **Why.** Whoever reads it later cannot tell whether it still holds, so it stays for ever.
//!
//! **Fix.** Write why the finding is acceptable here: `banana:ignore[RULE] reason="…"`.
//!
//! ```hcl,fail
//! # banana:ignore[subnet-public-ip]
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
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
//! **Limits.** Comments of other tools are not asked for one: not all of them have a place for it.

use check::{Check, Meta, Severity, Suppression};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP005",
    name: "suppression-without-reason",
    severity: Severity::Low,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    if comment.lacks_reason() {
        let rules = comment.rules().join(", ");
        let message = format!("the suppression of `{rules}` does not say why");
        check.fail(&model::ABSENT, "", message).evidence(rules);
    }
}
