//! # Writing of objects is not recorded
//!
//! The trail has no data events of S3 for writing.
//!
//! **Why.** Who changed or deleted which object cannot be found out.
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

use super::read_events::records;
use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CT003",
    name: "write-events",
    severity: Severity::Low,
    resources: &["aws_cloudtrail"],
    aliases: &["AVD-AWS-0171", "aws-s3-enable-object-write-logging"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudtrail",
    ],
};

/// Judges a trail.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let recorded = records(it, check, "WriteOnly");
    check.require(recorded, "writing of objects is not recorded", "writing of objects is recorded");
}
