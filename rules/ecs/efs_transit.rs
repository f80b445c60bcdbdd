//! # A task talks to its file system in plain text
//!
//! An EFS volume is mounted without encryption on the way.
//!
//! **Why.** Whoever sits on the way reads the files.
//!
//! **Fix.** Set `transit_encryption = "ENABLED"` in `efs_volume_configuration`.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!
//!   volume {
//!     name = "files"
//!
//!     efs_volume_configuration {
//!       file_system_id     = "fs-1"
//!       transit_encryption = "DISABLED"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!
//!   volume {
//!     name = "files"
//!
//!     efs_volume_configuration {
//!       file_system_id     = "fs-1"
//!       transit_encryption = "ENABLED"
//!     }
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "encryption" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "web" {
//!   family                = "web"
//!   container_definitions = jsonencode([{ name = "web", image = "web" }])
//!
//!   volume {
//!     name = "files"
//!
//!     efs_volume_configuration {
//!       file_system_id     = "fs-1"
//!       transit_encryption = var.encryption
//!     }
//!   }
//! }
//! ```

use check::{Check, Fix, Instance, Meta, Severity, Want};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS024",
    name: "efs-transit",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &[
        "CKV_AWS_97",
        "AVD-AWS-0035",
        "aws-ecs-enable-in-transit-encryption",
        "4d46ff3b-7160-41d1-a310-71d6d370b08f",
        "AC_AWS_0463",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_task_definition",
    ],
};

/// What puts it right.
pub const FIX: Fix = Fix::risky(
    "mount the file system with encryption",
    &[Want::beside("transit_encryption", "\"ENABLED\"")],
);

/// Judges a task definition.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for volume in check.blocks(it, "volume") {
        let efs = volume.is_set("efs_volume_configuration");
        let encrypted =
            volume.text("efs_volume_configuration.transit_encryption").is(|mode| mode == "ENABLED");
        check.require(
            encrypted.or_else(!efs),
            "the task talks to its file system in plain text",
            "the file system is mounted with encryption",
        );
    }
}
