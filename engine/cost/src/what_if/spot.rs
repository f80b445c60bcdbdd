//! Fargate Spot: the same tasks on spare capacity.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>

use super::{Edit, Recipe, Said, instances, lines, set};
use crate::change::with_value;
use crate::estimate::Estimate;
use stack::value::Step;
use stack::{Kind, Stack, Str, Type, Value};

const RISKS: &[&str] = &[
    "AWS takes Spot tasks back with two minutes' notice, and gives none where it has none to spare",
    "Spot prices move: these are one day's",
];

/// Every service on Fargate asks for Spot only.
pub(super) fn recipe(stack: &Stack, bill: &Estimate) -> Recipe {
    let mut recipe = Recipe { risks: RISKS.to_vec(), ..Recipe::default() };
    for (_, resource) in instances(stack, "aws_ecs_service") {
        let address = resource.address.to_string();
        let on_demand =
            |line: &str| line.starts_with("Fargate ") && !line.starts_with("Fargate Spot");
        let mut own = lines(bill, &address).filter(|line| on_demand(line)).peekable();
        if own.peek().is_none() {
            let spot = lines(bill, &address).any(|line| line.starts_with("Fargate Spot"));
            let why =
                if spot { "it is on Fargate Spot already" } else { "it runs no task on Fargate" };
            recipe.unchanged.push(Said::of(&resource.address, why));
        } else if own.any(|line| line.contains("Windows")) {
            let why = "Fargate Spot takes no Windows tasks";
            recipe.unchanged.push(Said::of(&resource.address, why));
        } else if let Some(edit) = on_spot(resource) {
            recipe.edits.push(edit);
        }
    }
    for ty in ["aws_instance", "aws_autoscaling_group", "aws_eks_node_group"] {
        for (_, resource) in instances(stack, ty) {
            let why = "banana knows no Spot prices of instances: they differ from zone to zone and hour to hour";
            recipe.unchanged.push(Said::of(&resource.address, why));
        }
    }
    if recipe.edits.is_empty() && recipe.unchanged.is_empty() {
        recipe.unchanged.push(Said::all("there is nothing that could run on Spot capacity"));
    }
    recipe
}

fn on_spot(resource: &stack::Resource) -> Option<Edit> {
    let blocks = resource.value.get("capacity_provider_strategy")?;
    let element = match blocks.ty() {
        Type::List(of) | Type::Set(of) => (*of).clone(),
        _ => return None,
    };
    let strategy = Value::object([
        ("base", Value::number(0_i64)),
        ("capacity_provider", Value::string("FARGATE_SPOT")),
        ("weight", Value::number(1_i64)),
    ]);
    let strategy = Value::new(match &blocks.kind {
        Kind::List(..) => Kind::List(element, [strategy].into()),
        _ => Kind::Set(element, [strategy].into()),
    });
    let what = "all its tasks on FARGATE_SPOT".to_owned();
    let Edit { said, make } = set(&resource.address, "capacity_provider_strategy", strategy, what);
    let address = (*resource.address).clone();
    let make = move |stack: &Stack| {
        let stack = make(stack)?;
        let null = Value::null(Type::String);
        let path = [Step::Attr(Str::from("launch_type"))];
        with_value(&stack, stack.find(&address)?, &path, &null, &null)
    };
    Some(Edit { said, make: Box::new(make) })
}
