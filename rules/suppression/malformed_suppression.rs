//! # A suppression cannot be obeyed
//!
//! A comment starts like one that silences findings and then is not written as such: a day that the calendar does not have, a setting that does
//! not exist, no list of rules, a comment for a whole file that stands below its head.
//!
//! **Why.** It silences nothing, though whoever wrote it thinks that it does.
//!
//! **Fix.** Write `banana:ignore[RULE, RULE] until=2027-01-31 reason="…"` at an attribute, a block or a module call, and
//! `banana:ignore-file[RULE] reason="…"` in the comment that a file starts with. Attribute values that are asked for follow in brackets of their own
//! (`banana:ignore[RULE][from_port=22]`), single instances after `for=` (`for=module.web["a"]`).
//!
//! ```hcl,fail
//! # banana:ignore[subnet-public-ip] until=2027-02-30 reason="until the demo is over"
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! ```hcl,fail
//! # banana:ignore subnet-public-ip
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```
//!
//! ```hcl,pass
//! # banana:ignore[subnet-public-ip] until=2999-02-28 reason="until the demo is over"
//! resource "aws_subnet" "a" {
//!   vpc_id                  = "vpc-1"
//!   cidr_block              = "10.0.0.0/24"
//!   map_public_ip_on_launch = true
//! }
//! ```

use check::{Check, Meta, Severity, Suppression};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SUP004",
    name: "malformed-suppression",
    severity: Severity::Medium,
    resources: Suppression::TYPES,
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[],
};

/// Judges a comment.
pub fn check<'a>(comment: &Suppression<'a>, check: &mut Check<'a>) {
    if let Some(flaw) = comment.flaw() {
        let message = format!("{}: {}", flaw.message, flaw.help);
        check.fail(&model::ABSENT, "", message).evidence(flaw.message.as_str());
    }
}
