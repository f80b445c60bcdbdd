//! # A suppression names no rule
//!
//! One of banana's own comments holds a name that no rule has.
//!
//! **Why.** It silences nothing, though whoever wrote it thinks that it does.
//!
//! **Fix.** Write the rule's code or name; `banana rules` lists them, and `banana explain` finds them by other tools' ids.
//!
//! ```hcl,fail
//! # banana:ignore[subnet-public-ips] reason="hosts of the demo"
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

use check::{Check, Meta, Severity, Suppression};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP003",
    name: "unknown-suppression",
    severity: Severity::Medium,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    for (name, near) in comment.unknown() {
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let message = format!("no rule is called `{name}`{near}");
        check.fail(&model::ABSENT, "", message).evidence(name);
    }
}
