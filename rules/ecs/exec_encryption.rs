//! # What is typed in containers is logged in plain text
//!
//! The log of ECS Exec is not encrypted, or the session has no key of your own.
//!
//! **Why.** It holds whatever was typed and shown, passwords included.
//!
//! **Fix.** Set `kms_key_id`, and `cloud_watch_encryption_enabled` or `s3_bucket_encryption_enabled`.
//!
//! ```hcl,fail
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       logging = "OVERRIDE"
//!
//!       log_configuration {
//!         cloud_watch_log_group_name = "exec"
//!       }
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       kms_key_id = "arn:aws:kms:eu-west-3:123456789012:key/0123"
//!       logging    = "OVERRIDE"
//!
//!       log_configuration {
//!         cloud_watch_log_group_name     = "exec"
//!         cloud_watch_encryption_enabled = true
//!       }
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "key" {
//!   type = string
//! }
//!
//! resource "aws_ecs_cluster" "main" {
//!   name = "main"
//!
//!   configuration {
//!     execute_command_configuration {
//!       kms_key_id = var.key
//!       logging    = "OVERRIDE"
//!
//!       log_configuration {
//!         cloud_watch_log_group_name     = "exec"
//!         cloud_watch_encryption_enabled = true
//!       }
//!     }
//!   }
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::At;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS026",
    name: "exec-encryption",
    severity: Severity::Low,
    resources: &["aws_ecs_cluster"],
    aliases: &["CKV_AWS_224"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_cluster",
    ],
};

/// Judges a cluster.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let at = "configuration.execute_command_configuration";
    let none = !it.is_set(&format!("{at}.log_configuration"));
    let own = check.own_key(it.text(&format!("{at}.kms_key_id")));
    let log = ["cloud_watch_encryption_enabled", "s3_bucket_encryption_enabled"]
        .map(|name| it.flag(&format!("{at}.log_configuration.{name}")));
    let sealed = log.into_iter().fold(At::certain(false), At::or_else);
    check.require(
        own.and(sealed).or_else(none),
        "what is typed in containers is logged in plain text",
        "the log of ECS Exec is encrypted",
    );
}
