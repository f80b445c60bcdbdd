//! AWS: typed resources over a resolved stack, policy documents, and what refers to what. Pure.
//!
//! A type is one file named as Terraform names it; provider defaults are in [`stack::Resource::value`] already.

mod arn;
mod attr;
mod aws_appautoscaling_policy;
mod aws_appautoscaling_target;
mod aws_cloudwatch_log_group;
mod aws_default_route_table;
mod aws_default_security_group;
mod aws_ec2_managed_prefix_list;
mod aws_ecs_cluster;
mod aws_ecs_service;
mod aws_ecs_task_definition;
mod aws_egress_only_internet_gateway;
mod aws_eip;
mod aws_flow_log;
mod aws_iam_group_policy;
mod aws_iam_policy;
mod aws_iam_role;
mod aws_iam_role_policy;
mod aws_iam_role_policy_attachment;
mod aws_iam_user_policy;
mod aws_internet_gateway;
mod aws_lb;
mod aws_lb_listener;
mod aws_lb_listener_rule;
mod aws_lb_target_group;
mod aws_main_route_table_association;
mod aws_nat_gateway;
mod aws_route;
mod aws_route_table;
mod aws_route_table_association;
mod aws_security_group;
mod aws_security_group_rule;
mod aws_subnet;
mod aws_vpc;
mod aws_vpc_endpoint;
mod aws_vpc_endpoint_route_table_association;
mod aws_vpc_security_group_egress_rule;
mod aws_vpc_security_group_ingress_rule;
mod container;
pub mod data;
mod document;
mod image;
mod json;
mod model;
mod naming;
mod part;
mod policy;
mod tables;
mod typed;

pub use arn::Arn;
pub use attr::{ABSENT, Attr, Read, attribute, field, is_written};
pub use aws_appautoscaling_policy::AppautoscalingPolicy;
pub use aws_appautoscaling_target::AppautoscalingTarget;
pub use aws_cloudwatch_log_group::CloudwatchLogGroup;
pub use aws_default_route_table::DefaultRouteTable;
pub use aws_default_security_group::DefaultSecurityGroup;
pub use aws_ec2_managed_prefix_list::{Ec2ManagedPrefixList, PrefixListEntry};
pub use aws_ecs_cluster::{ClusterSetting, EcsCluster};
pub use aws_ecs_service::{
    CapacityProviderStrategy, CircuitBreaker, DeploymentAlarms, DeploymentController, EcsService,
    NetworkConfiguration, ServiceLoadBalancer,
};
pub use aws_ecs_task_definition::{EcsTaskDefinition, RuntimePlatform};
pub use aws_egress_only_internet_gateway::EgressOnlyInternetGateway;
pub use aws_eip::Eip;
pub use aws_flow_log::FlowLog;
pub use aws_iam_group_policy::IamGroupPolicy;
pub use aws_iam_policy::IamPolicy;
pub use aws_iam_role::{IamRole, InlinePolicy};
pub use aws_iam_role_policy::IamRolePolicy;
pub use aws_iam_role_policy_attachment::IamRolePolicyAttachment;
pub use aws_iam_user_policy::IamUserPolicy;
pub use aws_internet_gateway::InternetGateway;
pub use aws_lb::{AccessLogs, Lb, SubnetMapping};
pub use aws_lb_listener::{Forward, ForwardTarget, LbListener, ListenerAction, Redirect};
pub use aws_lb_listener_rule::LbListenerRule;
pub use aws_lb_target_group::{HealthCheck, LbTargetGroup};
pub use aws_main_route_table_association::MainRouteTableAssociation;
pub use aws_nat_gateway::NatGateway;
pub use aws_route::Route;
pub use aws_route_table::{InlineRoute, RouteTable};
pub use aws_route_table_association::RouteTableAssociation;
pub use aws_security_group::{InlineRule, SecurityGroup};
pub use aws_security_group_rule::SecurityGroupRule;
pub use aws_subnet::Subnet;
pub use aws_vpc::Vpc;
pub use aws_vpc_endpoint::VpcEndpoint;
pub use aws_vpc_endpoint_route_table_association::VpcEndpointRouteTableAssociation;
pub use aws_vpc_security_group_egress_rule::VpcSecurityGroupEgressRule;
pub use aws_vpc_security_group_ingress_rule::VpcSecurityGroupIngressRule;
pub use container::{
    ContainerDefinition, EnvironmentVariable, LogConfiguration, PortMapping, Secret,
};
pub use image::{Image, ImageFacts, Registry, Tag};
pub use json::Json;
pub use model::{Model, Target, Typed, named};
pub use part::{At, Part};
pub use policy::{Condition, PolicyDocument, Principal, Statement};
pub use tables::{TYPES, Tables};
pub use typed::Decode;
