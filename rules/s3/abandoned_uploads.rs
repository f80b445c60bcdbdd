//! # Abandoned uploads stay for ever
//!
//! No rule of the lifecycle configuration ends multipart uploads that were never finished.
//!
//! **Why.** Their parts are billed, and no listing of the bucket shows them.
//!
//! **Fix.** Add `abort_incomplete_multipart_upload` to a rule that is enabled and holds for the whole bucket.
//!
//! ```hcl,fail
//! resource "aws_s3_bucket_lifecycle_configuration" "logs" {
//!   bucket = "logs"
//!
//!   rule {
//!     id     = "old"
//!     status = "Enabled"
//!
//!     expiration {
//!       days = 90
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_s3_bucket_lifecycle_configuration" "logs" {
//!   bucket = "logs"
//!
//!   rule {
//!     id     = "old"
//!     status = "Enabled"
//!
//!     expiration {
//!       days = 90
//!     }
//!
//!     abort_incomplete_multipart_upload {
//!       days_after_initiation = 7
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "items" {
//!   type = list(string)
//! }
//!
//! resource "aws_s3_bucket_lifecycle_configuration" "logs" {
//!   bucket = "logs"
//!
//!   rule {
//!     id     = "old"
//!     status = "Enabled"
//!
//!     expiration {
//!       days = 90
//!     }
//!
//!     dynamic "abort_incomplete_multipart_upload" {
//!       for_each = var.items
//!
//!       content {
//!         days_after_initiation = 7
//!       }
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "S3018",
    name: "abandoned-uploads",
    severity: Severity::Low,
    resources: &["aws_s3_bucket_lifecycle_configuration"],
    aliases: &["CKV_AWS_300"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket_lifecycle_configuration",
    ],
};

/// Judges a lifecycle configuration.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let rules = it.blocks("rule");
    let mut ended = At::certain(false);
    for rule in rules.attr.known().into_iter().flatten() {
        let enabled = rule.text("status").is(|status| status == "Enabled");
        let whole = !rule
            .is_set("filter.prefix")
            .or_else(rule.is_set("prefix"))
            .or_else(rule.is_set("filter.tag"))
            .or_else(rule.is_set("filter.and"));
        ended =
            ended.or_else(rule.is_set("abort_incomplete_multipart_upload").and(enabled).and(whole));
    }
    if let Attr::Unknown(value) = rules.attr {
        ended = ended.or_else(At { path: rules.path, attr: Attr::Unknown(value) });
    }
    check.require(
        At { path: "rule".into(), ..ended },
        "uploads that were never finished stay for ever",
        "uploads that were never finished end",
    );
}
