//! # An organisation cannot limit its accounts
//!
//! Service control policies are not turned on.
//!
//! **Why.** Every administrator of every account may do everything there.
//!
//! **Fix.** Add `SERVICE_CONTROL_POLICY` to `enabled_policy_types`, with `feature_set = "ALL"`.
//!
//! ```hcl,fail
//! resource "aws_organizations_organization" "main" {
//!   feature_set = "CONSOLIDATED_BILLING"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_organizations_organization" "main" {
//!   enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_organizations_organization" "main" {
//!   enabled_policy_types = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM029",
    name: "organization-policies",
    severity: Severity::Medium,
    resources: &["aws_organizations_organization"],
    aliases: &["5ba6229c-8057-433e-91d0-21cf13569ca9"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/organizations_organization",
    ],
};

/// Judges an organisation.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let all = it.text("feature_set").is_null_or(|set| set == "ALL");
    let on = it.one_of("enabled_policy_types", &["SERVICE_CONTROL_POLICY"]);
    check.require(
        all.and(on),
        "the organisation cannot limit its accounts",
        "service control policies are on",
    );
}
