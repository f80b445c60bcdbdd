//! AWS through its SDK: the only room that names it. [`Aws`] is a [`plan::Provider`]; a resource type is a file.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a closure says more than the path of an SDK type that is named nowhere else"
)]

mod args;
mod aws_acm_certificate;
mod aws_appautoscaling_policy;
mod aws_appautoscaling_target;
mod aws_cloudwatch_dashboard;
mod aws_cloudwatch_log_group;
mod aws_cloudwatch_metric_alarm;
mod aws_ecr_lifecycle_policy;
mod aws_ecr_repository;
mod aws_ecs_cluster;
mod aws_ecs_cluster_capacity_providers;
mod aws_ecs_service;
mod aws_ecs_task_definition;
mod aws_eip;
mod aws_iam_policy;
mod aws_iam_role;
mod aws_iam_role_policy;
mod aws_iam_role_policy_attachment;
mod aws_internet_gateway;
mod aws_kms_key;
mod aws_lb;
mod aws_lb_listener;
mod aws_lb_listener_rule;
mod aws_lb_target_group;
mod aws_nat_gateway;
mod aws_route;
mod aws_route_table;
mod aws_route_table_association;
mod aws_s3_bucket;
mod aws_secretsmanager_secret;
mod aws_security_group;
mod aws_security_group_rule;
mod aws_ssm_parameter;
mod aws_subnet;
mod aws_vpc;
mod aws_vpc_endpoint;
mod aws_vpc_security_group_egress_rule;
mod aws_vpc_security_group_ingress_rule;
mod builtin;
mod client;
mod crc32;
mod data;
mod dialect;
mod draft;
mod ec2;
mod ecs;
mod ecs_rollout;
mod elb;
mod elb_action;
mod elb_condition;
mod failure;
mod fleet;
mod iam;
mod ignored_tags;
mod inline_rules;
mod json_tags;
mod permission;
pub mod prices;
mod provider;
mod provider_block;
mod quota;
mod resource;
mod role_policies;
mod route;
mod s3;
mod s3_bucket;
pub mod signed;
mod tags;
mod vpc_security_group_rule;
mod wire;
mod xml;

pub use client::{Keys, Options, Role, WebIdentity};
pub use data::reads;
pub use fleet::Fleet;
pub use ignored_tags::IgnoredTags;
pub use provider::Aws;
pub use s3::{S3Settings, S3Store};
