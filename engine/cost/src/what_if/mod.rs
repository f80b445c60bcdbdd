//! What the month would cost if the stack were built otherwise. Each alternative is made as a stack and billed anew; what cannot be made
//! so, or has no price then, is left as it is, and says why.

mod arm;
mod endpoints;
mod one_az;
mod savings_plan;
mod spot;

use crate::change::with_value;
use crate::estimate::{Estimate, MissingLine};
use crate::money::as_cents;
use rust_decimal::Decimal;
use serde::Serialize;
use stack::value::Step;
use stack::{Address, ResourceId, Stack, Str, Value};
use std::collections::BTreeSet;

/// An alternative that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scenario {
    /// Fargate tasks on Fargate Spot.
    Spot,
    /// Graviton instead of x86.
    Arm,
    /// VPC endpoints instead of NAT gateways.
    NoNatWithEndpoints,
    /// One availability zone.
    OneAz,
    /// A Savings Plan of one year, at rates that the configuration names.
    SavingsPlan1y,
}

impl Scenario {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Spot, Self::Arm, Self::NoNatWithEndpoints, Self::OneAz, Self::SavingsPlan1y];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spot => "spot",
            Self::Arm => "arm",
            Self::NoNatWithEndpoints => "no-nat-with-endpoints",
            Self::OneAz => "one-az",
            Self::SavingsPlan1y => "savings-plan-1y",
        }
    }
}

/// What an alternative comes to.
#[derive(Clone, Debug, Serialize)]
pub struct Alternative {
    /// Its name.
    pub name: &'static str,
    /// The month as the stack is.
    #[serde(serialize_with = "as_cents")]
    pub before: Decimal,
    /// The month then.
    #[serde(serialize_with = "as_cents")]
    pub after: Decimal,
    /// The difference.
    #[serde(serialize_with = "as_cents")]
    pub delta: Decimal,
    /// What is otherwise then. Empty when it does not apply.
    pub changes: Vec<Said>,
    /// What stays as it is, and why.
    pub unchanged: Vec<Said>,
    /// What it risks.
    pub risks: Vec<&'static str>,
}

/// Something said of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The resource; empty for the stack as a whole.
    pub address: String,
    /// Lower case, no final period.
    pub what: String,
}

impl Said {
    fn of(address: &Address, what: impl Into<String>) -> Self {
        Self { address: address.to_string(), what: what.into() }
    }

    fn all(what: impl Into<String>) -> Self {
        Self { address: String::new(), what: what.into() }
    }
}

/// Makes the bill of a stack.
pub type Billing<'b> = &'b dyn Fn(&Stack) -> Estimate;

/// A stack with something changed; `None` when it cannot be made.
type Make = Box<dyn Fn(&Stack) -> Option<Stack>>;

/// A change of a stack that an alternative is made of.
struct Edit {
    said: Said,
    make: Make,
}

/// What a scenario would do.
#[derive(Default)]
struct Recipe {
    edits: Vec<Edit>,
    unchanged: Vec<Said>,
    risks: Vec<&'static str>,
}

/// What the month would cost: `now` makes a bill as it is paid now, `plan` with the discounts of a Savings Plan, where its rates are known.
pub fn what_if(
    stack: &Stack,
    scenario: Scenario,
    now: Billing<'_>,
    plan: Option<Billing<'_>>,
) -> Alternative {
    let bill = now(stack);
    if scenario == Scenario::SavingsPlan1y {
        return savings_plan::alternative(stack, &bill, plan);
    }
    let Recipe { edits, mut unchanged, risks } = match scenario {
        Scenario::Spot => spot::recipe(stack, &bill),
        Scenario::Arm => arm::recipe(stack, &bill),
        Scenario::NoNatWithEndpoints => endpoints::recipe(stack, &bill),
        Scenario::OneAz | Scenario::SavingsPlan1y => one_az::recipe(stack, &bill),
    };
    let (mut current, mut latest, mut changes) = (stack.clone(), bill.clone(), Vec::new());
    for Edit { said, make } in edits {
        let Some(next) = make(&current) else { continue };
        let estimate = now(&next);
        if let Some(why) = new_hole(&latest, &estimate) {
            unchanged.push(Said { what: why, ..said });
        } else {
            changes.push(said);
            (current, latest) = (next, estimate);
        }
    }
    let risks = if changes.is_empty() { Vec::new() } else { risks };
    let (before, after) = (bill.total_monthly, latest.total_monthly);
    let delta = after - before;
    Alternative { name: scenario.name(), before, after, delta, changes, unchanged, risks }
}

/// What cannot be priced any more, or more of it than before: what vanishes from the sum so is no saving.
fn new_hole(before: &Estimate, after: &Estimate) -> Option<String> {
    let had = |line: &MissingLine| {
        let same =
            |old: &&MissingLine| old.address == line.address && old.price_key == line.price_key;
        let all = before.missing_prices.iter().filter(same);
        all.fold(Decimal::ZERO, |sum, old| sum.saturating_add(old.quantity))
    };
    let mut lines = after.missing_prices.iter();
    let missing = lines.find(|line| line.quantity > had(line));
    let mut parts = after.unsupported.iter();
    let part = || parts.find(|part| !before.unsupported.contains(part)).map(|it| it.reason.clone());
    missing.map(|line| line.price.to_string()).or_else(part)
}

/// An edit that sets an attribute of an instance.
fn set(address: &Address, name: &'static str, value: Value, what: String) -> Edit {
    let said = Said::of(address, what);
    let address = address.clone();
    let make = move |stack: &Stack| {
        let id = stack.find(&address)?;
        with_value(stack, id, &[Step::Attr(Str::from(name))], &value, &value)
    };
    Edit { said, make: Box::new(make) }
}

/// The lines that a resource has in a bill.
fn lines<'e>(estimate: &'e Estimate, address: &str) -> impl Iterator<Item = &'e str> {
    let costs = estimate.resources.iter().filter(move |cost| cost.address == address);
    costs.flat_map(|cost| cost.components.iter().map(|line| line.name.as_str()))
}

/// Instances of a managed type, by address.
fn instances<'s>(
    stack: &'s Stack,
    ty: &'static str,
) -> impl Iterator<Item = (ResourceId, &'s stack::Resource)> {
    let all = (0..).map(ResourceId).zip(&stack.resources);
    all.filter(move |(_, r)| r.address.ty == ty && r.address.mode == stack::Mode::Managed)
}

/// An edit that takes instances out, in one.
fn remove(addresses: Vec<Address>, said: Said) -> Edit {
    let make = move |stack: &Stack| {
        let gone: BTreeSet<ResourceId> =
            addresses.iter().map(|address| stack.find(address)).collect::<Option<_>>()?;
        Some(crate::change::without(stack, &gone))
    };
    Edit { said, make: Box::new(make) }
}

/// The elastic addresses that nothing but these gateways uses.
fn addresses_of(gateways: &[&model::NatGateway<'_>], model: &model::Model<'_>) -> Vec<Address> {
    let mut found = Vec::new();
    for gateway in gateways {
        let Some(eip) = model.of::<model::Eip<'_>, _>(&gateway.allocation_id).here() else {
            continue;
        };
        let users =
            model.stack().resources.iter().filter(|r| r.edges.iter().any(|e| e.to == eip.id));
        let ours = |r: &stack::Resource| gateways.iter().any(|g| g.resource.address == r.address);
        if users.into_iter().all(ours) {
            found.push((*eip.resource.address).clone());
        }
    }
    found.sort();
    found.dedup();
    found
}
