//! Tasks, services, clusters.

pub mod awslogs_group;
pub mod circuit_breaker;
pub mod container_as_root;
pub mod container_insights;
pub mod container_logging;
pub mod container_port;
pub mod ecr_pull_route;
pub mod execution_role;
pub mod fargate_size;
pub mod image_digest;
pub mod image_outside_aws;
pub mod image_pull_route;
pub mod mutable_image_tag;
pub mod plain_text_secret;
pub mod privileged_container;
pub mod service_autoscaling;
pub mod stuck_rollout;
pub mod target_type;
pub mod task_ingress;
pub mod task_private_subnets;
pub mod task_public_ip;
pub mod tasks_per_zone;
pub mod writable_root_filesystem;
