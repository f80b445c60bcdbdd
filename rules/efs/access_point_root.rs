//! # An access point shows the whole file system
//!
//! The access point has the root directory of the file system.
//!
//! **Why.** What one application writes, all others read and change.
//!
//! **Fix.** Set `path` in `root_directory` to a directory of the application's own.
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
//!   root_directory {
//!     path = "/web"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "path_of_files" {
//!   type = string
//! }
//!
//! resource "aws_efs_access_point" "web" {
//!   file_system_id = "fs-1"
//!   root_directory {
//!     path = var.path_of_files
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EFS003",
    name: "access-point-root",
    severity: Severity::Medium,
    resources: &["aws_efs_access_point"],
    aliases: &["CKV_AWS_329"],
    controls: &[("FSBP", "EFS.3")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-3"],
};

/// Judges an access point.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let own = it.text("root_directory.path").is(|path| path != "/");
    check.require(
        own,
        "the access point shows the whole file system",
        "the access point has a directory of its own",
    );
}
