//! # Sessions are not encrypted with a key of your own
//!
//! The document that sets Session Manager up names no KMS key.
//!
//! **Why.** What is typed in a session, passwords included, has TLS around it and nothing else.
//!
//! **Fix.** Set `kmsKeyId` in the document's `inputs`.
//!
//! ```hcl,fail
//! resource "aws_ssm_document" "session" {
//!   name            = "SSM-SessionManagerRunShell"
//!   document_type   = "Session"
//!   document_format = "JSON"
//!   content = jsonencode({
//!     schemaVersion = "1.0"
//!     sessionType   = "Standard_Stream"
//!     inputs        = { kmsKeyId = "" }
//!   })
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
//!     inputs        = { kmsKeyId = "alias/session" }
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

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr, Json};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "SSM004",
    name: "session-encryption",
    severity: Severity::Medium,
    resources: &["aws_ssm_document"],
    aliases: &["CKV_AWS_112", "ce60cc6b-6831-4bd7-84a2-cc7f8ee71433"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ssm_document",
    ],
};

/// A setting of a session document, when it can be read.
pub(crate) fn input<'a>(
    it: &Instance<'a>,
    names: &[&str],
    wanted: impl Fn(&str) -> bool,
) -> At<'a, bool> {
    let content = it.text("content");
    let attr = match content.attr {
        Attr::Null(value) => Attr::Known(false, value),
        Attr::Known(text, value)
            if it.text("document_format").is(|format| format == "YAML").is_true() =>
        {
            Attr::Known(names.iter().any(|name| in_yaml(text, name).is_some_and(&wanted)), value)
        }
        Attr::Known(_, value) | Attr::Unknown(value) => {
            let inputs = Json::read(value).get("inputs");
            names.iter().map(|name| inputs.get(name).text()).fold(
                Attr::Known(false, value),
                |found, input| match (&found, input) {
                    (Attr::Known(true, _), _) => found,
                    (_, Attr::Known(text, at)) if wanted(&text) => Attr::Known(true, at),
                    (_, Attr::Unknown(at)) => Attr::Unknown(at),
                    _ => found,
                },
            )
        }
    };
    At { path: content.path, attr }
}

/// A setting in YAML: each stands on a line of its own.
fn in_yaml<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut lines = text.lines().filter_map(|line| line.trim().split_once(':'));
    let value = lines.find(|(key, _)| key.trim_matches(['"', '\'']) == name)?.1;
    Some(value.trim().trim_matches(['"', '\'']))
}

/// True when the document sets Session Manager up.
pub(crate) fn is_session(it: &Instance<'_>) -> bool {
    it.text("document_type").is(|kind| kind == "Session").is_true()
}

/// Judges a document.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    if is_session(it) {
        let encrypted = input(it, &["kmsKeyId"], |key| !key.is_empty());
        check.require(
            encrypted,
            "sessions are not encrypted with a key of your own",
            "sessions are encrypted with a key of your own",
        );
    }
}
