//! Groups of machines: so many as are desired, between their bounds, of what a template or configuration says.
//! <https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html>

use crate::bill::{Bill, decimal, written};
use crate::machine::{Machine, Volumes, template};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;
use stack::{Resource, Value};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let count = count(bill);
    if let Some(configuration) = launch_configuration(bill) {
        let machine = Machine::of(configuration);
        machine.lines("", &count, bill);
        return Volumes::of(configuration).lines(&count, bill);
    }
    let mixed = bill.block("mixed_instances_policy");
    let inner = mixed.and_then(|mixed| field(mixed, "launch_template").elements().next());
    let named = match inner {
        Some(inner) => field(inner, "launch_template_specification").elements().next(),
        None => bill.block("launch_template"),
    };
    let Some(template) = named.and_then(|block| template(block, bill)) else {
        return bill.unsupported("its launch template is not part of the stack");
    };
    let mut machine = Machine::of(template);
    // Desired capacity counts in weights; every machine is taken for one of the first class.
    let first = inner.and_then(|inner| field(inner, "override").elements().next());
    let weight = first
        .and_then(|it| decimal(field(it, "weighted_capacity")))
        .filter(|it| *it > Decimal::ONE);
    let count = match weight {
        Some(weight) => {
            count.map(|all| (all / weight).ceil()).because(format!("each counts as {weight}"))
        }
        None => count,
    };
    let mut classes = inner.map(|inner| field(inner, "override").elements()).into_iter().flatten();
    if let Some(class) = classes.find_map(|it| field(it, "instance_type").as_str()) {
        machine.class = Some(class);
    }
    let spread = mixed.and_then(|mixed| field(mixed, "instances_distribution").elements().next());
    match spread {
        Some(spread) => {
            let (demand, spot) = shares(spread, &count);
            if !demand.amount.is_zero() {
                machine.lines("", &demand, bill);
            }
            if !spot.amount.is_zero() {
                machine.spot = true;
                machine.lines("", &spot, bill);
            }
        }
        None => machine.lines("", &count, bill),
    }
    Volumes::of_template(template).lines(&count, bill);
}

/// How many machines: what somebody says, what is desired, or the minimum; between the group's bounds.
fn count(bill: &Bill<'_, '_>) -> Quantity {
    if let Some(said) = bill.said("machine.instances") {
        return said;
    }
    let bound = |name| bill.number(name);
    let Some(desired) = bound("desired_capacity").or_else(|| bound("min_size")) else {
        return bill.assume("resource.instances").because("its size is not known yet");
    };
    let least = bound("min_size").unwrap_or(desired).min(desired);
    Quantity::fixed(desired)
        .at_least(least)
        .at_most(bound("max_size").unwrap_or(desired).max(desired))
}

fn launch_configuration<'a>(bill: &Bill<'_, 'a>) -> Option<&'a Resource> {
    let value = written(bill.resource, "launch_configuration");
    let named = || bill.model.called("aws_launch_configuration", value.as_str()?);
    let id = bill.model.refers(value).or_else(named)?;
    bill.model.stack().resources.get(usize::try_from(id.0).ok()?)
}

/// Machines on demand and on Spot: a base on demand, then a share of the rest.
fn shares(spread: &Value, count: &Quantity) -> (Quantity, Quantity) {
    let number = |name| decimal(field(spread, name));
    let base = number("on_demand_base_capacity").unwrap_or_default();
    let percent =
        number("on_demand_percentage_above_base_capacity").unwrap_or(Decimal::ONE_HUNDRED);
    let demand = move |all: Decimal| {
        let base = base.min(all);
        base + ((all - base) * percent / Decimal::ONE_HUNDRED).ceil()
    };
    let note = format!("{percent} % above the first {base} on demand");
    (
        count.clone().map(demand).because(note.clone()),
        count.clone().map(|all| all - demand(all)).because(note),
    )
}
