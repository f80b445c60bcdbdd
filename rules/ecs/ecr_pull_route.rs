//! # Private tasks cannot reach ECR
//!
//! Tasks without a public address pull their image from ECR, and their subnet has neither a route to a NAT gateway nor the VPC
//! endpoints that ECR takes: interface endpoints for `ecr.api` and `ecr.dkr`, and a gateway endpoint for `s3` (where the
//! layers are) on the subnet's route table.
//!
//! **Why.** The task stops with `ResourceInitializationError` or `CannotPullContainerError`, and the deployment never ends
//! well.
//!
//! **Fix.** Add the endpoints (cheaper for much traffic, and nothing leaves the VPC) or a NAT route.
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
//! resource "aws_vpc_endpoint" "ecr_api" {
//!   vpc_id              = aws_vpc.main.id
//!   service_name        = "com.amazonaws.eu-west-3.ecr.api"
//!   vpc_endpoint_type   = "Interface"
//!   private_dns_enabled = true
//!   subnet_ids          = [aws_subnet.tasks.id]
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!   }])
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
//! resource "aws_subnet" "tasks" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.1.0/24"
//! }
//!
//! resource "aws_vpc_endpoint" "ecr" {
//!   for_each = toset(["ecr.api", "ecr.dkr"])
//!
//!   vpc_id              = aws_vpc.main.id
//!   service_name        = "com.amazonaws.eu-west-3.${each.key}"
//!   vpc_endpoint_type   = "Interface"
//!   private_dns_enabled = true
//!   subnet_ids          = [aws_subnet.tasks.id]
//! }
//!
//! resource "aws_vpc_endpoint" "s3" {
//!   vpc_id          = aws_vpc.main.id
//!   service_name    = "com.amazonaws.eu-west-3.s3"
//!   route_table_ids = [aws_vpc.main.main_route_table_id]
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!   }])
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
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!   }])
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
//! **Limits.** The endpoints' security groups and policies are not looked at.

use check::{Check, Meta, Severity};
use model::{
    Attr, EcsService, Registry, Subnet, Target, Vpc, VpcEndpoint, VpcEndpointRouteTableAssociation,
};
use reach::{Egress, Exposure, TableKey};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS012",
    name: "ecr-pull-route",
    severity: Severity::High,
    resources: &["aws_ecs_service"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"],
};

const OPEN: &str = "it is not known whether tasks can reach ECR";

/// Judges a service.
pub fn check<'a>(service: &EcsService<'a>, check: &mut Check<'a>) {
    let Attr::Known(network, _) = &service.network_configuration else { return };
    let mut images = check.images(service, OPEN);
    images.retain(|image| matches!(image.registry, Registry::Ecr { .. }));
    let Some(image) = images.first() else { return };
    let (model, reach) = (check.model(), check.reach());
    for place in check.subnets(service, OPEN) {
        let public = matches!(reach.exposure(model, place.subnet), Exposure::Public(..));
        if public && !matches!(network.assign_public_ip, Attr::Known(false, _) | Attr::Null(_)) {
            continue;
        }
        let missing = missing_endpoints(place.subnet, check);
        if missing == Some(Vec::new()) {
            continue;
        }
        match (reach.egress(model, place.subnet), missing) {
            (Egress::Nat(_), _) => {}
            (Egress::None(..), Some(missing)) => {
                let message = format!(
                    "tasks pull from ECR without a route to a NAT gateway and without {}",
                    missing.join(", ")
                );
                let row = check.fail(place.value, place.path, message);
                row.also(place.subnet.resource.header, "the subnet");
                if let Some(at) = image.value.blame.at {
                    row.also(at, "the image");
                }
            }
            (Egress::Unknown(value), _) => {
                check.unknown(value, place.path, OPEN);
            }
            (Egress::Other(hop, _), _) => {
                check.unknown(hop.value, place.path, OPEN).reason("the way out leaves this stack");
            }
            (Egress::None(..), None) => {
                check.unknown(place.value, place.path, OPEN).reason("a VPC endpoint is not known");
            }
        }
    }
}

/// The endpoints that the subnet lacks to pull from ECR; `None` when an endpoint is not known.
fn missing_endpoints<'a>(subnet: &Subnet<'a>, check: &Check<'a>) -> Option<Vec<&'static str>> {
    let model = check.model();
    let Target::Here(vpc) = model.target::<Vpc>(subnet.vpc_id.value()) else { return None };
    let (endpoints, open) = model.naming::<VpcEndpoint<'a>, _>(vpc, "vpc_id");
    let unknown = open.is_some() || endpoints.iter().any(|it| it.service_name.is_unknown());
    let serves = |it: &VpcEndpoint<'a>, service: &str| {
        it.service_name.known().is_some_and(|name| name.ends_with(service))
    };
    let interface = |service: &str| {
        endpoints.iter().any(|it| {
            serves(it, service)
                && it.vpc_endpoint_type.known() == Some(&"Interface")
                && it.private_dns_enabled.known() != Some(&false)
        })
    };
    let gateway = endpoints.iter().any(|it| serves(it, ".s3") && routed(it, subnet, check));
    let mut missing = Vec::new();
    if !interface(".ecr.api") {
        missing.push("an interface endpoint for `ecr.api`");
    }
    if !interface(".ecr.dkr") {
        missing.push("an interface endpoint for `ecr.dkr`");
    }
    if !gateway && !interface(".s3") {
        missing.push("a gateway endpoint for `s3` on its route table");
    }
    (missing.is_empty() || !unknown).then_some(missing)
}

/// Whether a gateway endpoint has a route in the subnet's table.
fn routed<'a>(endpoint: &VpcEndpoint<'a>, subnet: &Subnet<'a>, check: &Check<'a>) -> bool {
    let (model, routes) = (check.model(), check.reach().routes());
    let Ok(own) = routes.key_of(model, subnet) else { return false };
    let is_own = |key: Result<TableKey, _>| key.is_ok_and(|key| key == own);
    let inline = endpoint.route_table_ids.elements().iter();
    let (associations, _) =
        model.naming::<VpcEndpointRouteTableAssociation<'a>, _>(endpoint, "vpc_endpoint_id");
    inline.map(Attr::value).any(|table| is_own(routes.key(model, table)))
        || associations.iter().any(|it| is_own(routes.key(model, it.route_table_id.value())))
}
