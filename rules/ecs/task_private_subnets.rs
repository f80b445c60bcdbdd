//! # Tasks stand in a public subnet
//!
//! A subnet is public when its route table sends part of the Internet to an internet gateway. The routes decide, not the
//! subnet's name or tags: its own table, else its VPC's main one, with the longest prefix winning.
//!
//! **Why.** A task in a public subnet is one security group rule away from the Internet, and it reaches the Internet only with
//! a public address of its own. Behind a load balancer it needs neither.
//!
//! **Fix.** Put the service into subnets whose default route goes to a NAT gateway (or that have none), and leave the public
//! subnets to the load balancer.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_subnet" "private" { # only by name
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.1.0/24"
//! }
//!
//! resource "aws_route_table" "main" {
//!   vpc_id = aws_vpc.main.id
//!
//!   route {
//!     cidr_block = "0.0.0.0/0"
//!     gateway_id = aws_internet_gateway.main.id
//!   }
//! }
//!
//! resource "aws_route_table_association" "main" {
//!   subnet_id      = aws_subnet.private.id
//!   route_table_id = aws_route_table.main.id
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = [aws_subnet.private.id]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_subnet" "tasks" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.1.0/24"
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = [aws_subnet.tasks.id]
//!   }
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "subnets" {
//!   type = list(string)
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = "front:1"
//!
//!   network_configuration {
//!     subnets = var.subnets
//!   }
//! }
//! ```
//!
//! **Limits.** A subnet that another stack makes cannot be judged: its routes are not here.

use check::{Check, Meta, Severity};
use model::EcsService;
use reach::Exposure;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS001",
    name: "task-private-subnets",
    severity: Severity::Medium,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html",
    ],
};

const OPEN: &str = "it is not known whether the tasks' subnets are public";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let (model, reach) = (check.model(), check.reach());
    for place in check.subnets(service, OPEN) {
        match reach.exposure(model, place.subnet) {
            Exposure::Public(to, hop) => {
                let subnet = place.subnet.resource;
                let message = format!("tasks stand in the public subnet `{}`", subnet.address);
                let route = hop.value.blame.at.unwrap_or(hop.resource.header);
                check
                    .fail(place.value, place.path, message)
                    .also(subnet.header, "the subnet")
                    .also(route, "its way to the Internet")
                    .witness(format!("a packet to {to} leaves by an internet gateway"));
            }
            Exposure::Private(_) => {}
            Exposure::Unknown(value) => {
                check.unknown(value, place.path, OPEN);
            }
        }
    }
}
