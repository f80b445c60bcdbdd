//! # Resources have no tags in common
//!
//! The provider has no default tags.
//!
//! **Why.** Nobody can tell whose a resource is, and who pays for it.
//!
//! **Fix.** Add `default_tags { tags = { … } }` to the provider.
//!
//! ```hcl,fail
//! provider "aws" {
//!   region = "eu-west-3"
//! }
//! ```
//!
//! ```hcl,pass
//! provider "aws" {
//!   region = "eu-west-3"
//!   default_tags {
//!     tags = {
//!       team = "web"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "map" {
//!   type = map(string)
//! }
//!
//! provider "aws" {
//!   region = "eu-west-3"
//!   default_tags {
//!     tags = var.map
//!   }
//! }
//! ```

use check::{Check, Meta, Setting, Severity};
use model::field;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "AWS002",
    name: "default-tags",
    severity: Severity::Low,
    resources: &["provider"],
    aliases: &[
        "e38a8e0a-b88b-4902-b3fe-b0fcb17d5c10",
        "a2b3c4d5-e6f7-8901-gh23-ijkl456m7890",
        "aws_resource_missing_tags",
        "aws_provider_missing_default_tags",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/provider",
    ],
};

/// Judges a provider.
pub fn check<'a>(setting: &Setting<'a>, check: &mut Check<'a>) {
    let Setting::Provider(provider) = setting else { return };
    if provider.name != "aws" || provider.header.is_none() {
        return;
    }
    let value = field(&provider.value, "default_tags");
    let block = value.elements().next().unwrap_or(value);
    let tags = field(block, "tags");
    if value.is_unknown() || tags.is_unknown() {
        check.unknown(
            tags,
            "default_tags",
            "it is not known whether resources have tags in common",
        );
    } else if tags.is_null() || tags.is_empty() {
        check.fail(value, "default_tags", "resources have no tags in common");
    }
}
