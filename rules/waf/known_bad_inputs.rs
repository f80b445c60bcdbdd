//! # A web ACL lets known attacks through
//!
//! The web ACL does not have AWS' list of known bad inputs, which stops attacks on Log4j among others, or only counts what it
//! finds.
//!
//! **Why.** The list costs nothing to keep, and is kept up to date by AWS.
//!
//! **Fix.** Add a rule with the managed group `AWSManagedRulesKnownBadInputsRuleSet` and `override_action { none {} }`.
//!
//! ```hcl,fail
//! resource "aws_wafv2_web_acl" "site" {
//!   name  = "site"
//!   scope = "REGIONAL"
//!
//!   default_action {
//!     allow {}
//!   }
//!
//!   visibility_config {
//!     cloudwatch_metrics_enabled = true
//!     metric_name                = "site"
//!     sampled_requests_enabled   = true
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_wafv2_web_acl" "site" {
//!   name  = "site"
//!   scope = "REGIONAL"
//!
//!   default_action {
//!     allow {}
//!   }
//!
//!   rule {
//!     name     = "bad"
//!     priority = 1
//!
//!     override_action {
//!       none {}
//!     }
//!
//!     statement {
//!       managed_rule_group_statement {
//!         name        = "AWSManagedRulesKnownBadInputsRuleSet"
//!         vendor_name = "AWS"
//!       }
//!     }
//!
//!     visibility_config {
//!       cloudwatch_metrics_enabled = true
//!       metric_name                = "bad"
//!       sampled_requests_enabled   = true
//!     }
//!   }
//!
//!   visibility_config {
//!     cloudwatch_metrics_enabled = true
//!     metric_name                = "site"
//!     sampled_requests_enabled   = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "group" {
//!   type = string
//! }
//!
//! resource "aws_wafv2_web_acl" "site" {
//!   name  = "site"
//!   scope = "REGIONAL"
//!
//!   default_action {
//!     allow {}
//!   }
//!
//!   rule {
//!     name     = "bad"
//!     priority = 1
//!
//!     override_action {
//!       none {}
//!     }
//!
//!     statement {
//!       managed_rule_group_statement {
//!         name        = var.group
//!         vendor_name = "AWS"
//!       }
//!     }
//!
//!     visibility_config {
//!       cloudwatch_metrics_enabled = true
//!       metric_name                = "bad"
//!       sampled_requests_enabled   = true
//!     }
//!   }
//!
//!   visibility_config {
//!     cloudwatch_metrics_enabled = true
//!     metric_name                = "site"
//!     sampled_requests_enabled   = true
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, Part};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "WAF001",
    name: "known-bad-inputs",
    severity: Severity::Medium,
    resources: &["aws_wafv2_web_acl"],
    aliases: &["CKV2_AWS_76", "CKV2_AWS_47", "CKV2_AWS_77", "CKV_AWS_192"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/wafv2_web_acl",
    ],
};

/// Whether the rule against attacks on Log4j is left out of the group, or only counts.
fn excludes<'a>(rule: &Part<'a>, group: &str) -> At<'a, bool> {
    let is_it = |part: &Part<'a>| part.text("name").is(|name| name.starts_with("Log4JRCE"));
    let named = |blocks: &str| {
        let blocks = rule.blocks(&format!("{group}.{blocks}")).attr;
        let parts = blocks.known().into_iter().flatten();
        parts.map(is_it).fold(At::certain(false), At::or_else)
    };
    named("excluded_rule").or_else(named("rule_action_override"))
}

/// Judges a web ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let rules = it.blocks("rule");
    let mut stopped = At::certain(false);
    for rule in rules.attr.known().into_iter().flatten() {
        let listed = rule
            .text("statement.managed_rule_group_statement.name")
            .is(|name| name == "AWSManagedRulesKnownBadInputsRuleSet");
        let group = "statement.managed_rule_group_statement";
        let counts = rule.is_set("override_action.count").or_else(excludes(rule, group));
        stopped = stopped.or_else(listed.and(!counts));
    }
    if let Attr::Unknown(value) = rules.attr {
        stopped = stopped.or_else(At { path: rules.path, attr: Attr::Unknown(value) });
    }
    check.require(
        At { path: "rule".into(), ..stopped },
        "known attacks are let through",
        "known attacks are stopped",
    );
}
