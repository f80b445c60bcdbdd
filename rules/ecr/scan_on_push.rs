//! # Images are not scanned
//!
//! The repository does not look for known weaknesses when an image is pushed.
//!
//! **Why.** An image with a hole that everybody knows goes live, and nobody is told.
//!
//! **Fix.** Set `scan_on_push = true` in `image_scanning_configuration`, or scan the whole registry with
//! `aws_ecr_registry_scanning_configuration`.
//!
//! ```hcl,fail
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//!
//!   image_scanning_configuration {
//!     scan_on_push = true
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "on" {
//!   type = bool
//! }
//!
//! resource "aws_ecr_repository" "web" {
//!   name = "web"
//!
//!   image_scanning_configuration {
//!     scan_on_push = var.on
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECR002",
    name: "scan-on-push",
    severity: Severity::Medium,
    resources: &["aws_ecr_repository"],
    aliases: &[
        "CKV_AWS_163",
        "AVD-AWS-0030",
        "aws-ecr-enable-image-scans",
        "9630336b-3fed-4096-8173-b9afdfe346a7",
        "AC_AWS_0083",
        "ECR_REPO_SCAN_ON_PUSH",
    ],
    controls: &[("FSBP", "ECR.1")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-1"],
};

/// What puts it right.
pub const FIX: Fix = Fix::safe(
    "scan images when they are pushed",
    &[Want::set("image_scanning_configuration.scan_on_push", "true")],
);

/// Judges a repository.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let registry = check.model().instances("aws_ecr_registry_scanning_configuration");
    if registry.is_empty() {
        let scanned = it.flag("image_scanning_configuration.scan_on_push");
        check.require(
            scanned,
            "images are not scanned when pushed",
            "images are scanned when pushed",
        );
    }
}
