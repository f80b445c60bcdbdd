//! AWS through its SDK: the only room that names it. [`Aws`] is a [`plan::Provider`]; a resource type is a file.

mod args;
mod aws_eip;
mod aws_internet_gateway;
mod aws_nat_gateway;
mod aws_route;
mod aws_route_table;
mod aws_route_table_association;
mod aws_security_group;
mod aws_security_group_rule;
mod aws_subnet;
mod aws_vpc;
mod aws_vpc_security_group_egress_rule;
mod aws_vpc_security_group_ingress_rule;
mod client;
mod crc32;
mod data;
mod draft;
mod ec2;
mod failure;
mod inline_rules;
mod permission;
mod provider;
mod resource;
mod route;
mod tags;
mod vpc_security_group_rule;

pub use client::{Keys, Options};
pub use provider::Aws;
