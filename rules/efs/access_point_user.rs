//! # An access point believes whom the client says it is
//!
//! The access point sets no user.
//!
//! **Why.** A client that says it is root is root.
//!
//! **Fix.** Add a `posix_user`.
//!
//! ```hcl,fail
//! resource "aws_efs_access_point" "web" {
//!   file_system_id = "fs-1"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_efs_access_point" "web" {
//!   file_system_id = "fs-1"
//!   posix_user {
//!     uid = 1000
//!     gid = 1000
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_efs_access_point" "web" {
//!   file_system_id = "fs-1"
//!   dynamic "posix_user" {
//!     for_each = var.items
//!
//!     content {
//!       uid = 1000
//!       gid = 1000
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS004",
    name: "access-point-user",
    severity: Severity::Medium,
    resources: &["aws_efs_access_point"],
    aliases: &["CKV_AWS_330"],
    controls: &[("FSBP", "EFS.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-4"],
};

/// Judges an access point.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    check.require(
        it.is_set("posix_user"),
        "the access point believes whom the client says it is",
        "the access point sets a user",
    );
}
