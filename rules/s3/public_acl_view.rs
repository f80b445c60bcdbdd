//! # An ACL lets everybody read who has access
//!
//! The ACL grants `READ_ACP`, or everything, to everybody or to everybody with an AWS account.
//!
//! **Why.** Strangers learn whom to attack.
//!
//! **Fix.** Use `private`, better no ACL at all, and let people in by policy.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!
//!   access_control_policy {
//!     owner {
//!       id = "o-1"
//!     }
//!
//!     grant {
//!       permission = "READ_ACP"
//!
//!       grantee {
//!         type = "Group"
//!         uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
//!       }
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!
//!   access_control_policy {
//!     owner {
//!       id = "o-1"
//!     }
//!
//!     grant {
//!       permission = "READ"
//!
//!       grantee {
//!         type = "Group"
//!         uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
//!       }
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "right" {
//!   type = string
//! }
//!
//! resource "aws_s3_bucket_acl" "site" {
//!   bucket = "site"
//!
//!   access_control_policy {
//!     owner {
//!       id = "o-1"
//!     }
//!
//!     grant {
//!       permission = var.right
//!
//!       grantee {
//!         type = "Group"
//!         uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
//!       }
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3027",
    name: "public-acl-view",
    severity: Severity::Medium,
    resources: &["aws_s3_bucket_acl"],
    aliases: &["CKV_AWS_375"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket_acl",
    ],
};

/// Judges an ACL.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    super::public_acl::forbid(
        it,
        check,
        &[],
        &["READ_ACP", "FULL_CONTROL"],
        ("strangers may read who has access", "strangers may read who has access"),
    );
}
