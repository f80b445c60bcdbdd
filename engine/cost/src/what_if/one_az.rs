//! One availability zone: what is there once a zone is there once.

use super::{Recipe, Said, addresses_of, instances, remove, set};
use crate::estimate::Estimate;
use model::{Model, NatGateway, Subnet};
use stack::{Kind, Origin, Stack, Value};
use std::collections::BTreeMap;

const RISKS: &[&str] = &[
    "when the zone fails, everything does",
    "what stands in another zone reaches the one NAT gateway or endpoint across zones, at 0.01 USD a GB each way: that is not in the bill",
];

pub(super) fn recipe(stack: &Stack, _bill: &Estimate) -> Recipe {
    let mut recipe = Recipe { risks: RISKS.to_vec(), ..Recipe::default() };
    gateways(stack, &mut recipe);
    for (_, resource) in instances(stack, "aws_vpc_endpoint") {
        let kind = resource.value.get("vpc_endpoint_type").and_then(Value::as_str);
        if kind == Some("Interface") {
            first_only(resource, "subnet_ids", &mut recipe);
        }
    }
    for ty in ["aws_lb", "aws_alb"] {
        for (_, resource) in instances(stack, ty) {
            match resource.value.get("load_balancer_type").and_then(Value::as_str) {
                Some("network") => first_only(resource, "subnets", &mut recipe),
                Some("application") | None => recipe.unchanged.push(Said::of(
                    &resource.address,
                    "an Application Load Balancer needs two zones",
                )),
                Some(_) => {}
            }
        }
    }
    for (_, resource) in instances(stack, "aws_db_instance") {
        if resource.value.get("multi_az").and_then(Value::as_bool) == Some(true) {
            let what = "multi_az true -> false: without its standby".to_owned();
            recipe.edits.push(set(&resource.address, "multi_az", Value::bool(false), what));
        }
    }
    if recipe.edits.is_empty() && recipe.unchanged.is_empty() {
        recipe.unchanged.push(Said::all("nothing is billed for each zone"));
    }
    recipe
}

/// Of the NAT gateways of a VPC, the first stays.
fn gateways(stack: &Stack, recipe: &mut Recipe) {
    let model = Model::new(stack);
    let mut by_network: BTreeMap<String, Vec<&NatGateway<'_>>> = BTreeMap::new();
    for gateway in model.all::<NatGateway<'_>>() {
        let subnet = model.of::<Subnet<'_>, _>(&gateway.subnet_id).here();
        let network = subnet.map(|subnet| named(subnet.vpc_id.value())).unwrap_or_default();
        by_network.entry(network).or_default().push(gateway);
    }
    for gateways in by_network.values() {
        let Some((first, others)) = gateways.split_first() else { continue };
        if others.is_empty() {
            let why = "it is the only one of its VPC already";
            recipe.unchanged.push(Said::of(&first.resource.address, why));
        }
        for gateway in others {
            let mut gone = vec![(*gateway.resource.address).clone()];
            gone.extend(addresses_of(&[gateway], &model));
            let what =
                format!("gone, with its address: {} serves all zones", first.resource.address);
            recipe.edits.push(remove(gone, Said::of(&gateway.resource.address, what)));
        }
    }
}

/// What a value names: its text, or the resource that decides it.
pub(super) fn named(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => text.to_string(),
        Kind::Unknown(unknown) => match &unknown.origin {
            Origin::Resource { address, .. } => address.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// A list of subnets is cut to its first.
fn first_only(resource: &stack::Resource, name: &'static str, recipe: &mut Recipe) {
    let written = model::attribute(resource, name);
    let (Some(first), Some(count)) = (written.index(0), written.len().filter(|count| *count > 1))
    else {
        return;
    };
    let one = match &written.kind {
        Kind::List(ty, _) => Kind::List(ty.clone(), [first.clone()].into()),
        Kind::Set(ty, _) => Kind::Set(ty.clone(), [first.clone()].into()),
        _ => return,
    };
    let what = format!("in 1 of {count} subnets");
    recipe.edits.push(set(&resource.address, name, Value::new(one), what));
}
