//! # Sessions are not logged
//!
//! The document that sets Session Manager up names neither a bucket nor a log group, or writes there without encryption.
//!
//! **Why.** After an incident nobody can say what was done on a machine.
//!
//! **Fix.** Set `s3BucketName` or `cloudWatchLogGroupName`, and leave encryption on.
//!
//! ```hcl,fail
//! resource "aws_ssm_document" "session" {
//!   name            = "SSM-SessionManagerRunShell"
//!   document_type   = "Session"
//!   document_format = "JSON"
//!   content         = jsonencode({ schemaVersion = "1.0", sessionType = "Standard_Stream", inputs = {} })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ssm_document" "session" {
//!   name            = "SSM-SessionManagerRunShell"
//!   document_type   = "Session"
//!   document_format = "JSON"
//!   content = jsonencode({
//!     schemaVersion = "1.0"
//!     sessionType   = "Standard_Stream"
//!     inputs        = { s3BucketName = "sessions", s3EncryptionEnabled = true }
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "content" {
//!   type = string
//! }
//!
//! resource "aws_ssm_document" "session" {
//!   name            = "SSM-SessionManagerRunShell"
//!   document_type   = "Session"
//!   document_format = "JSON"
//!   content         = var.content
//! }
//! ```

use super::session_encryption::{input, is_session};
use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SSM005",
    name: "session-logs",
    severity: Severity::Medium,
    resources: &["aws_ssm_document"],
    aliases: &["CKV_AWS_113"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ssm_document",
    ],
};

/// Judges a document.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if is_session(it) {
        let to = |place: &str, sealed: &str| {
            input(it, &[place], |name| !name.is_empty())
                .and(!input(it, &[sealed], |on| on == "false"))
        };
        let logged = to("s3BucketName", "s3EncryptionEnabled")
            .or_else(to("cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"));
        check.require(logged, "sessions are not logged, or in plain text", "sessions are logged");
    }
}
