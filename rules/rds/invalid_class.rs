//! # There is no such instance class
//!
//! The instance class is written as none is: `db.`, a family, a dot, a size.
//!
//! **Why.** The apply fails half way.
//!
//! **Fix.** Write a class such as `db.t4g.micro`.
//!
//! ```hcl,fail
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "t4g.micro"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = "db.t4g.micro"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "class" {
//!   type = string
//! }
//!
//! resource "aws_db_instance" "main" {
//!   engine         = "postgres"
//!   instance_class = var.class
//! }
//! ```

use check::{Check, Instance, Meta, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS030",
    name: "invalid-class",
    severity: Severity::High,
    resources: &["aws_db_instance", "aws_rds_cluster_instance"],
    aliases: &["aws_db_instance_invalid_type"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html",
    ],
};

/// Sizes of instance classes.
pub(crate) const SIZES: [&str; 19] = [
    "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "3xlarge", "4xlarge",
    "6xlarge", "8xlarge", "9xlarge", "10xlarge", "12xlarge", "16xlarge", "18xlarge", "24xlarge",
    "32xlarge", "48xlarge",
];

/// Judges a database.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let right = it.text("instance_class").is_null_or(|class| {
        let parts: Vec<&str> = class.split('.').collect();
        match parts.as_slice() {
            ["db", "serverless"] => true,
            ["db", family, size, ..] => !family.is_empty() && SIZES.contains(size),
            _ => false,
        }
    });
    check.require(right, "there is no such instance class", "there is such an instance class");
}
