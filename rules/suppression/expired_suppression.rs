//! # A suppression has expired
//!
//! The last day of a comment that silences findings is over (`until=` in ours; `exp:` in trivy's is the first day without it).
//!
//! **Why.** Somebody wanted to look at it again by that day. What it silenced is shown again.
//!
//! **Fix.** Mend what it silenced, or decide anew and give another day.
//!
//! ```hcl,fail
//! # banana:ignore[subnet-public-ip] until=2020-12-31 reason="until the demo is over"
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! ```hcl,pass
//! # banana:ignore[subnet-public-ip] until=2999-12-31 reason="until the demo is over"
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! **Limits.** Days are those of UTC.

use check::{Check, Meta, Severity, Suppression, Tool};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP002",
    name: "expired-suppression",
    severity: Severity::Medium,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    if let Some(day) = comment.ended() {
        let rules = comment.rules().join(", ");
        let ended = match comment.tool() {
            Tool::Trivy => format!("ended before {day}"),
            _ => format!("ended on {day}"),
        };
        let message = format!("the suppression of `{rules}` {ended}: it silences nothing any more");
        check.fail(&model::ABSENT, "", message).evidence(format!("{rules} {day}"));
    }
}
