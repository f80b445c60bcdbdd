//! `aws_ecs_task_definition`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_task_definition>

use crate::{Attr, ContainerDefinition};

crate::typed::resource! {
    /// A task definition.
    EcsTaskDefinition<'a> = "aws_ecs_task_definition" {
        /// Its name, without revision.
        family: &'a str,
        /// Its containers, read from JSON.
        container_definitions: Vec<Attr<'a, ContainerDefinition<'a>>>,
        /// `EC2`, `FARGATE`, `EXTERNAL`.
        requires_compatibilities: Vec<Attr<'a, &'a str>>,
        /// `awsvpc`, `bridge` (default on EC2), `host` or `none`.
        network_mode: &'a str,
        /// CPU units (1024 a vCPU), or `.25 vCPU`.
        cpu: &'a str,
        /// MiB, or `1 GB`.
        memory: &'a str,
        /// What ECS itself may do to start a task.
        execution_role_arn: &'a str,
        /// What the containers may do.
        task_role_arn: &'a str,
        /// Which machines it runs on.
        runtime_platform: RuntimePlatform<'a>,
    }
}

crate::typed::block! {
    /// Which machines a task runs on.
    RuntimePlatform<'a> {
        /// `LINUX` (default) or a Windows edition.
        operating_system_family: &'a str,
        /// `X86_64` (default) or `ARM64`.
        cpu_architecture: &'a str,
    }
}
