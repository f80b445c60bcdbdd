//! Where the tasks of a service run: on Fargate, on Fargate Spot, or on machines that are billed by themselves.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html>

use crate::bill::{Bill, written};
use crate::quantity::{Basis, Quantity};
use crate::simulate::service::Spot;
use model::{Attr, CapacityProviderStrategy, EcsCluster, EcsService, Read, field};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use stack::Value;

/// Where tasks run.
#[derive(Debug)]
pub(crate) enum Launch {
    /// On Fargate, in these shares.
    Fargate(Vec<Share>),
    /// Not on Fargate, or not for money; why.
    Elsewhere(String),
    /// Not known; what of it.
    Unknown(String),
}

/// The tasks that one capacity provider gets: `base` of them first, then `weight` of every `weights`.
#[derive(Debug)]
pub(crate) struct Share {
    pub(crate) spot: bool,
    alone: bool,
    base: Decimal,
    weight: Decimal,
    weights: Decimal,
    bases: Decimal,
}

impl Share {
    fn all(spot: bool) -> Self {
        let (one, none) = (Decimal::ONE, Decimal::ZERO);
        Self { spot, alone: true, base: none, weight: one, weights: one, bases: none }
    }

    /// Its part of so many tasks; of the first ones, or of those above `first`.
    pub(crate) fn of(&self, tasks: &Quantity, first: Decimal, from_zero: bool) -> Quantity {
        if self.alone {
            return tasks.clone();
        }
        let part = |count: Decimal| {
            if from_zero {
                self.part(count)
            } else {
                self.part(first.saturating_add(count)) - self.part(first)
            }
        };
        let split = Quantity { basis: tasks.basis.max(Basis::Derived), ..tasks.clone().map(part) };
        let base = self.base.normalize();
        let first = (!base.is_zero()).then(|| {
            if base == Decimal::ONE {
                "the first task".to_owned()
            } else {
                format!("the first {base} tasks")
            }
        });
        let (weight, weights) = (self.weight.normalize(), self.weights.normalize());
        let spread = (!weights.is_zero()).then(|| format!("{weight} of every {weights} tasks"));
        let parts: Vec<String> = first.into_iter().chain(spread).collect();
        split.because(parts.join(", then "))
    }

    /// Which tasks run on Spot, for the simulation.
    pub(crate) fn spot(shares: &[Self]) -> Spot {
        let number = |n: Decimal| n.to_f32().unwrap_or_default();
        let spot = || shares.iter().filter(|share| share.spot);
        let rest = |share: &Self| share.weight.checked_div(share.weights).unwrap_or_default();
        Spot {
            first: shares.first().map_or(0.0, |share| number(share.bases)),
            of_first: if spot().any(|share| !share.base.is_zero()) { 1.0 } else { 0.0 },
            of_rest: number(spot().map(rest).sum()),
        }
    }

    fn part(&self, count: Decimal) -> Decimal {
        let rest = (count - self.bases).max(Decimal::ZERO);
        let spread = if self.weights.is_zero() {
            Decimal::ZERO
        } else {
            rest.saturating_mul(self.weight) / self.weights
        };
        count.min(self.base).saturating_add(spread)
    }
}

/// Where a service's tasks run: its launch type, its own strategy, its cluster's strategy, and EC2 when none of them speaks.
pub(crate) fn launch<'a>(service: &EcsService<'a>, bill: &Bill<'_, 'a>) -> Launch {
    match bill.attr::<&str>("launch_type") {
        Attr::Known("FARGATE", _) => return Launch::Fargate(vec![Share::all(false)]),
        Attr::Known("EC2", _) => return own_machines(),
        Attr::Known("EXTERNAL", _) => {
            return Launch::Elsewhere("its tasks run on machines outside AWS".into());
        }
        Attr::Known(other, _) => {
            return Launch::Unknown(format!("there is no launch type `{other}`"));
        }
        Attr::Unknown(_) => return Launch::Unknown("`launch_type` is not known yet".into()),
        Attr::Null(_) => {}
    }
    let own = written(bill.resource, "capacity_provider_strategy");
    if own.is_unknown() || !own.is_empty() {
        return strategy(own);
    }
    let Some(cluster) = bill.model.of::<EcsCluster<'_>, _>(&service.cluster).here() else {
        return Launch::Unknown(
            "it names no launch type, and its cluster's capacity providers are not in the stack"
                .into(),
        );
    };
    bill.model
        .stack()
        .resources
        .iter()
        .filter(|resource| resource.address.ty == "aws_ecs_cluster_capacity_providers")
        .filter(|resource| {
            let named = bill.model.target::<EcsCluster<'_>>(field(&resource.value, "cluster_name"));
            let referred = resource.edges.iter().any(|edge| edge.to == cluster.id);
            referred || named.here().is_some_and(|named| named.id == cluster.id)
        })
        .map(|resource| written(resource, "default_capacity_provider_strategy"))
        .find(|default| default.is_unknown() || !default.is_empty())
        .map_or_else(own_machines, strategy)
}

fn own_machines() -> Launch {
    Launch::Elsewhere("its tasks run on EC2 instances, which are billed by themselves".into())
}

/// The shares of a capacity provider strategy.
fn strategy(blocks: &Value) -> Launch {
    let unknown = || Launch::Unknown("its capacity provider strategy is not known yet".into());
    let mut providers = Vec::new();
    for block in blocks.elements() {
        let Attr::Known(item, _) = CapacityProviderStrategy::read(block) else { return unknown() };
        let number = |attr: &Attr<'_, i64>| match attr {
            Attr::Known(n, _) => Some(Decimal::from(*n.max(&0))),
            Attr::Null(_) => Some(Decimal::ZERO),
            Attr::Unknown(_) => None,
        };
        let (Attr::Known(name, _), Some(base), Some(weight)) =
            (item.capacity_provider, number(&item.base), number(&item.weight))
        else {
            return unknown();
        };
        providers.push((name, base, weight));
    }
    if blocks.is_unknown() {
        return unknown();
    }
    let fargate = |name: &str| matches!(name, "FARGATE" | "FARGATE_SPOT");
    if !providers.iter().any(|(name, ..)| fargate(name)) {
        return own_machines();
    }
    let sum = |of: fn(&(&str, Decimal, Decimal)) -> Decimal| {
        providers.iter().map(of).fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let (bases, weights) = (sum(|(_, base, _)| *base), sum(|(.., weight)| *weight));
    let share = |(name, base, weight): &(&str, Decimal, Decimal)| Share {
        spot: *name == "FARGATE_SPOT",
        alone: providers.len() == 1,
        base: *base,
        weight: *weight,
        weights,
        bases,
    };
    Launch::Fargate(providers.iter().filter(|(name, ..)| fargate(name)).map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the strategy, every task runs somewhere, and only once.
        #[test]
        fn shares_add_up(
            tasks in 0u32..1000,
            extra in 0u32..1000,
            base in 0u32..20,
            weights in prop::collection::vec(0u32..10, 1..4),
        ) {
            let sum: u32 = weights.iter().sum();
            prop_assume!(sum > 0);
            let shares: Vec<Share> = weights
                .iter()
                .enumerate()
                .map(|(at, weight)| Share {
                    spot: at > 0,
                    alone: false,
                    base: if at == 0 { base.into() } else { Decimal::ZERO },
                    weight: (*weight).into(),
                    weights: sum.into(),
                    bases: base.into(),
                })
                .collect();
            let add = |count: u32, from_zero: bool| {
                let tasks_of = |s: &Share| s.of(&Quantity::fixed(count), tasks.into(), from_zero).amount;
                shares.iter().map(tasks_of).sum::<Decimal>()
            };
            let near = |a: Decimal, b: u32| (a - Decimal::from(b)).abs() < Decimal::new(1, 15);
            prop_assert!(near(add(tasks, true), tasks));
            prop_assert!(near(add(extra, false), extra));
        }
    }
}
