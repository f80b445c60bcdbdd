//! # An image is found by its name alone
//!
//! The search for an image names no owner: the newest image of that name wins, whoever published it.
//!
//! **Why.** Anybody may publish an image of that name, and your next instance runs it.
//!
//! **Fix.** Set `owners`, or filter by `owner-id`, `owner-alias` or `image-id`.
//!
//! ```hcl,fail
//! data "aws_ami" "web" {
//!   most_recent = true
//!
//!   filter {
//!     name   = "name"
//!     values = ["web-*"]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! data "aws_ami" "web" {
//!   most_recent = true
//!   owners      = ["self"]
//!
//!   filter {
//!     name   = "name"
//!     values = ["web-*"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! data "aws_ami" "web" {
//!   most_recent = true
//!   owners      = var.items
//!
//!   filter {
//!     name   = "name"
//!     values = ["web-*"]
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2012",
    name: "image-owner",
    severity: Severity::High,
    resources: &["data.aws_ami"],
    aliases: &[
        "CKV_AWS_386",
        "AVD-AWS-0344",
        "aws-ami-ensure-ami-has-owners",
        "f317c3c2-58e5-4aa7-bb8e-3a7f6bcd274a",
    ],
    controls: &[],
    since: "0.1.0",
    links: &["https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ami"],
};

/// Judges a search.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let mut owned =
        it.is_set("owners").or_else(it.is_set("executable_users").and(At::certain(false)));
    for filter in check.blocks(it, "filter") {
        let by_owner =
            filter.text("name").is(|name| ["owner-id", "owner-alias", "image-id"].contains(&name));
        owned = owned.or_else(by_owner);
    }
    check.require(owned, "the image's owner is not asked for", "the image's owner is asked for");
}
