//! # A document is shared with everybody
//!
//! The document's permissions name `all`.
//!
//! **Why.** Everybody with an AWS account reads how you run your machines.
//!
//! **Fix.** Name the accounts, or leave `permissions` out.
//!
//! ```hcl,fail
//! resource "aws_ssm_document" "run" {
//!   name          = "run"
//!   document_type = "Command"
//!   content       = "{}"
//!
//!   permissions = {
//!     type        = "Share"
//!     account_ids = "All"
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ssm_document" "run" {
//!   name          = "run"
//!   document_type = "Command"
//!   content       = "{}"
//!
//!   permissions = {
//!     type        = "Share"
//!     account_ids = "123456789012"
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "accounts" {
//!   type = string
//! }
//!
//! resource "aws_ssm_document" "run" {
//!   name          = "run"
//!   document_type = "Command"
//!   content       = "{}"
//!
//!   permissions = {
//!     type        = "Share"
//!     account_ids = var.accounts
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SSM003",
    name: "public-document",
    severity: Severity::High,
    resources: &["aws_ssm_document"],
    aliases: &["CKV_AWS_303"],
    controls: &[("FSBP", "SSM.4")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-4"],
};

/// Judges a document.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let public = it.text("permissions.account_ids").is(|ids| ids.eq_ignore_ascii_case("all"));
    check.require(
        !public,
        "the document is shared with everybody",
        "the document is shared with everybody",
    );
}
