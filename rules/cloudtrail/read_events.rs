//! # Reading of objects is not recorded
//!
//! The trail has no data events of S3 for reading.
//!
//! **Why.** Who took which object cannot be found out.
//!
//! **Fix.** Add an `event_selector` with a `data_resource` of type `AWS::S3::Object`, or an `advanced_event_selector`.
//!
//! ```hcl,fail
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//!   event_selector {
//!     data_resource {
//!       type   = "AWS::S3::Object"
//!       values = ["arn:aws:s3"]
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "kind" {
//!   type = string
//! }
//!
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//!   event_selector {
//!     data_resource {
//!       type   = var.kind
//!       values = ["arn:aws:s3"]
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CT002",
    name: "read-events",
    severity: Severity::Low,
    resources: &["aws_cloudtrail"],
    aliases: &[
        "AVD-AWS-0172",
        "aws-s3-enable-object-read-logging",
        "a8fc2180-b3ac-4c93-bd0d-a55b974e4b07",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudtrail",
    ],
};

/// Whether the trail records what is done to objects, for reading or writing.
pub(crate) fn records<'a>(it: &Instance<'a>, check: &mut Check<'a>, kind: &str) -> At<'a, bool> {
    let mut recorded = At::certain(false);
    for selector in check.blocks(it, "event_selector") {
        let wanted = selector
            .text("read_write_type")
            .is_null_or(|written| written == "All" || written == kind);
        for resource in check.blocks(&selector, "data_resource") {
            let objects = resource.text("type").is(|kind| kind == "AWS::S3::Object");
            // `arn:aws:s3` is every bucket; a bucket's own ARN needs the slash, or it names no object.
            let values = resource.texts("values").is(|values| {
                values.iter().all(|value| {
                    value
                        .known()
                        .is_none_or(|arn| arn.ends_with('/') || arn.matches(':').count() == 2)
                })
            });
            recorded = recorded.or_else(objects.and(values).and(wanted.clone()));
        }
    }
    for selector in check.blocks(it, "advanced_event_selector") {
        for field in check.blocks(&selector, "field_selector") {
            let by_type = field.text("field").is(|name| name == "resources.type");
            recorded = recorded.or_else(by_type.and(field.one_of("equals", &["AWS::S3::Object"])));
        }
    }
    recorded
}

/// Judges a trail.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let recorded = records(it, check, "ReadOnly");
    check.require(recorded, "reading of objects is not recorded", "reading of objects is recorded");
}
