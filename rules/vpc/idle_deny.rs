//! # A network ACL denies too little
//!
//! An entry denies single addresses only, as if the rest were allowed on purpose.
//!
//! **Why.** A list of bad addresses is never complete: what is not on it passes.
//!
//! **Fix.** Deny the whole Internet what nobody needs, and allow what is needed with a lower number.
//!
//! ```hcl,fail
//! resource "aws_network_acl_rule" "bad" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "deny"
//!   cidr_block     = "52.47.1.1/32"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_network_acl_rule" "bad" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "deny"
//!   cidr_block     = "0.0.0.0/0"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "range" {
//!   type = string
//! }
//!
//! resource "aws_network_acl_rule" "bad" {
//!   network_acl_id = "acl-1"
//!   rule_number    = 100
//!   protocol       = "-1"
//!   rule_action    = "deny"
//!   cidr_block     = var.range
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::Part;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC030",
    name: "idle-deny",
    severity: Severity::Low,
    resources: &["aws_network_acl", "aws_default_network_acl", "aws_network_acl_rule"],
    aliases: &["EC2_NETWORK_ACL_ENTRY_INEFFECTIVE_DENY_RULE"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/network_acl",
    ],
};

/// Judges a network ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    const WRONG: &str = "the entry denies some addresses only";
    let entries: Vec<Part<'a>> = match it.ty() {
        "aws_network_acl_rule" => vec![Part::clone(it)],
        _ => check.blocks(it, "ingress"),
    };
    for entry in entries {
        let denies = entry
            .text("rule_action")
            .is(|action| action == "deny")
            .or_else(entry.text("action").is(|action| action == "deny"));
        let some = entry
            .text("cidr_block")
            .is(|range| range != "0.0.0.0/0")
            .or_else(entry.text("ipv6_cidr_block").is(|range| range != "::/0"));
        check.require(!denies.and(some), WRONG, WRONG);
    }
}
