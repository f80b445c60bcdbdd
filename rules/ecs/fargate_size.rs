//! # Fargate has no task of this size
//!
//! Fargate offers fixed pairs of CPU and memory, and the task definition asks for another, or leaves one out.
//!
//! **Why.** Registering the task definition fails when it is applied; the provider does not notice before.
//!
//! **Fix.** Take a pair of the table: 256 (0.25 vCPU) goes with 512, 1024 and 2048 MiB; 512 with 1024 to 4096 by 1024; 1024 with
//! 2048 to 8192 by 1024; 2048 with 4096 to 16384 by 1024; 4096 with 8192 to 30720 by 1024; 8192 with 16384 to 61440 by 4096;
//! 16384 with 32768 to 122880 by 8192.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family                   = "front"
//!   requires_compatibilities = ["FARGATE"]
//!   network_mode             = "awsvpc"
//!   cpu                      = 256
//!   memory                   = 4096
//!   container_definitions    = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family                   = "front"
//!   requires_compatibilities = ["FARGATE"]
//!   network_mode             = "awsvpc"
//!   cpu                      = ".5 vCPU"
//!   memory                   = "2 GB"
//!   container_definitions    = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "memory" {
//!   type = number
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                   = "front"
//!   requires_compatibilities = ["FARGATE"]
//!   network_mode             = "awsvpc"
//!   cpu                      = 256
//!   memory                   = var.memory
//!   container_definitions    = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//! ```

use check::{Check, Meta, Severity};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS016",
    name: "fargate-size",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size",
    ],
};

/// CPU units; least, greatest and step of the memory in MiB. 256 has no 1536 and no 3072: its step doubles.
const SIZES: [(u32, u32, u32, u32); 7] = [
    (256, 512, 2048, 512),
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];
const OPEN: &str = "it is not known whether Fargate has tasks of this size";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    let fargate = task.requires_compatibilities.elements().iter();
    if !fargate.filter_map(Attr::known).any(|platform| *platform == "FARGATE") {
        return;
    }
    let (cpu, memory) = match (task.cpu, task.memory) {
        (Attr::Null(value), _) => {
            check.fail(value, "cpu", "a task on Fargate must say its `cpu`");
            return;
        }
        (_, Attr::Null(value)) => {
            check.fail(value, "memory", "a task on Fargate must say its `memory`");
            return;
        }
        (Attr::Unknown(value), _) => {
            check.unknown(value, "cpu", OPEN);
            return;
        }
        (_, Attr::Unknown(value)) => {
            check.unknown(value, "memory", OPEN);
            return;
        }
        (Attr::Known(cpu, _), Attr::Known(memory, _)) => (cpu, memory),
    };
    let units = amount(cpu, "vcpu");
    let Some((_, least, greatest, step)) = SIZES.into_iter().find(|size| Some(size.0) == units)
    else {
        check.fail(task.cpu.value(), "cpu", format!("Fargate has no task with `{cpu}` CPU units"));
        return;
    };
    let offered = amount(memory, "gb").is_some_and(|mib| {
        (least..=greatest).contains(&mib)
            && mib.is_multiple_of(step)
            && (units, mib) != (Some(256), 1536)
    });
    if !offered {
        let message = format!(
            "Fargate has no task with `{cpu}` CPU units and `{memory}` MiB: it takes {least} to {greatest} MiB"
        );
        check.fail(task.memory.value(), "memory", message);
    }
}

/// A plain number, or a decimal number of units of 1024: `.5 vCPU`, `2 GB`.
fn amount(text: &str, unit: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else { return text.parse().ok() };
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let (part, scale) = match part.len() {
        0 => (0, 1),
        digits @ 1..=4 => (part.parse::<u32>().ok()?, 10_u32.pow(u32::try_from(digits).ok()?)),
        _ => return None,
    };
    whole.checked_mul(1024)?.checked_add(part * 1024 / scale)
}
