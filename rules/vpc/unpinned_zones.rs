//! # The number of zones may change by itself
//!
//! The search for availability zones has no filter: local zones that somebody opts into, and new zones, come in.
//!
//! **Why.** One more zone is one more subnet, and a shifted list moves what is there.
//!
//! **Fix.** Filter by `opt-in-status` (`opt-in-not-required`), or name the zones.
//!
//! ```hcl,fail
//! data "aws_availability_zones" "all" {
//!   state = "available"
//! }
//! ```
//!
//! ```hcl,pass
//! data "aws_availability_zones" "all" {
//!   state = "available"
//!   filter {
//!     name   = "opt-in-status"
//!     values = ["opt-in-not-required"]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! data "aws_availability_zones" "all" {
//!   state         = "available"
//!   exclude_names = var.items
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC017",
    name: "unpinned-zones",
    severity: Severity::Low,
    resources: &["data.aws_availability_zones"],
    aliases: &["CKV_AWS_394"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/availability_zones",
    ],
};

/// Judges a search.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let pinned = ["filter", "exclude_names", "exclude_zone_ids"].map(|name| it.is_set(name));
    let pinned = pinned.into_iter().fold(At::certain(false), At::or_else);
    check.require(pinned, "the number of zones may change by itself", "the zones are pinned");
}
