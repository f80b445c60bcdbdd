//! # Private tasks cannot reach the image's registry
//!
//! Tasks without a public address pull their image from a registry outside AWS (or from a public gallery), and their subnet has
//! no way out: they need a route to the Internet through a NAT gateway that stands in a public subnet.
//!
//! **Why.** The task stops with `CannotPullContainerError`, every time, and the deployment never ends well. VPC endpoints do
//! not help: they lead to AWS only.
//!
//! **Fix.** Route `0.0.0.0/0` of the tasks' subnets to a NAT gateway, or keep the image in ECR and use VPC endpoints.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_subnet" "tasks" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.1.0/24"
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   network_configuration {
//!     subnets = [aws_subnet.tasks.id]
//!   }
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_subnet" "public" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.0.0/24"
//! }
//!
//! resource "aws_route_table" "public" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route" "internet" {
//!   route_table_id         = aws_route_table.public.id
//!   destination_cidr_block = "0.0.0.0/0"
//!   gateway_id             = aws_internet_gateway.main.id
//! }
//!
//! resource "aws_route_table_association" "public" {
//!   subnet_id      = aws_subnet.public.id
//!   route_table_id = aws_route_table.public.id
//! }
//!
//! resource "aws_eip" "nat" {
//!   domain = "vpc"
//! }
//!
//! resource "aws_nat_gateway" "main" {
//!   allocation_id = aws_eip.nat.id
//!   subnet_id     = aws_subnet.public.id
//! }
//!
//! resource "aws_subnet" "tasks" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.1.0/24"
//! }
//!
//! resource "aws_route" "nat" {
//!   route_table_id         = aws_vpc.main.main_route_table_id
//!   destination_cidr_block = "0.0.0.0/0"
//!   nat_gateway_id         = aws_nat_gateway.main.id
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
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
//! resource "aws_ecs_task_definition" "front" {
//!   family                = "front"
//!   container_definitions = jsonencode([{ name = "front", image = "example.com/front:1" }])
//! }
//!
//! resource "aws_ecs_service" "front" {
//!   name            = "front"
//!   task_definition = aws_ecs_task_definition.front.arn
//!
//!   network_configuration {
//!     subnets = var.subnets
//!   }
//! }
//! ```
//!
//! **Limits.** Routes are followed to IPv4 addresses. What lies behind a transit gateway or a network appliance is not here, so
//! the verdict is unknown. Tasks that do not use `awsvpc` share their instance's network and are not judged.

use check::{Check, Meta, Severity};
use model::{Attr, EcsService, Registry};
use reach::{Egress, Exposure};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS010",
    name: "image-pull-route",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    ],
};

const OPEN: &str = "it is not known whether tasks can reach their image's registry";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let Attr::Known(network, _) = &service.network_configuration else { return };
    let mut images = check.images(service, OPEN);
    images.retain(|image| !matches!(image.registry, Registry::Ecr { .. }));
    let Some(image) = images.first() else { return };
    let registry = image.host;
    let public = network.assign_public_ip;
    let (model, reach) = (check.model(), check.reach());
    for place in check.subnets(service, OPEN) {
        let subnet = &place.subnet.resource.address;
        let exposure = reach.exposure(model, place.subnet);
        if let (Exposure::Public(..), Attr::Known(true, _)) = (&exposure, public) {
            continue;
        }
        if let (Exposure::Public(..), Attr::Unknown(value)) = (&exposure, public) {
            check.unknown(value, "network_configuration[0].assign_public_ip", OPEN);
            continue;
        }
        let need = format!(
            "tasks in `{subnet}` pull from `{registry}`, outside AWS, and so need a route to a NAT gateway"
        );
        match reach.egress(model, place.subnet) {
            Egress::Nat(hop) => {
                let by = &hop.resource.address;
                check.pass(place.value, place.path, format!("{need}: `{by}` has it"));
            }
            Egress::Other(hop, kind) => {
                check.unknown(hop.value, place.path, OPEN).reason(format!(
                    "the way out is {kind}, and what lies behind it is not in this stack"
                ));
            }
            Egress::None(table, None) => {
                let row = check.fail(place.value, place.path, format!("{need}: there is none"));
                row.also(place.subnet.resource.header, "the subnet");
                if let Some(table) = table.resource {
                    row.also(table.header, "its route table");
                }
                if let Some(at) = image.value.blame.at {
                    row.also(at, "the image");
                }
            }
            Egress::None(_, Some(hop)) => {
                let message = format!(
                    "{need}: the one it has stands in a subnet without an internet gateway"
                );
                check
                    .fail(place.value, place.path, message)
                    .also(hop.value.blame.at.unwrap_or(hop.resource.header), "the route");
            }
            Egress::Unknown(value) => {
                check.unknown(value, place.path, OPEN);
            }
        }
    }
}
