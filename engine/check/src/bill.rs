//! What a stack costs, as users' rules see it. Who prices it stands outside: rules only read the figures.

use stack::value::{Number, Refinement};
use stack::{Origin, Str, Type, Value};
use std::collections::BTreeMap;

/// The bill of a stack.
#[derive(Clone, Debug, Default)]
pub struct Bill {
    /// What all sums are in: `USD`.
    pub currency: Str,
    /// The whole month.
    pub whole: Sums,
    /// What each service takes, by its name in the price list: `AmazonEC2`. Likely figures.
    pub services: BTreeMap<String, Number>,
    /// What each resource takes, by address. One that is not there costs nothing.
    pub resources: BTreeMap<String, Sums>,
}

/// What something costs a month, in the bill's currency.
#[derive(Clone, Debug)]
pub struct Sums {
    /// At the assumptions in force.
    pub monthly: Number,
    /// With everything at its lower bound.
    pub minimum: Number,
    /// With everything at its upper bound.
    pub maximum: Number,
    /// What lacks a price, in words: then the sums are the least that it may be.
    pub lacks: Option<Str>,
}

impl Default for Sums {
    fn default() -> Self {
        let zero = || Number::count(0);
        Self { monthly: zero(), minimum: zero(), maximum: zero(), lacks: None }
    }
}

impl Bill {
    /// The names of what a rule sees as `cost`, and as `bill` but for its services.
    pub(crate) const NAMES: [&'static str; 4] = ["monthly", "minimum", "maximum", "currency"];

    /// `cost`: an instance's own.
    pub(crate) fn of(&self, address: &str) -> Value {
        let sums = self.resources.get(address).cloned().unwrap_or_default();
        Value::object(self.sums(&sums))
    }

    /// `bill`: the whole stack's.
    pub(crate) fn whole(&self) -> Value {
        let services = self.services.iter();
        let services = services.map(|(name, sum)| (name.clone(), Value::number(sum.clone())));
        let mut names = self.sums(&self.whole);
        names.push(("services", Value::map(Type::Number, services)));
        Value::object(names)
    }

    fn sums(&self, sums: &Sums) -> Vec<(&'static str, Value)> {
        let Sums { monthly, minimum, maximum, lacks } = sums;
        let value = |sum: &Number| match lacks {
            None => Value::number(sum.clone()),
            Some(why) => Value::refined(Type::Number, Origin::Unpriced(why.clone()), at_least(sum)),
        };
        let values = [monthly, minimum, maximum].map(value);
        let currency = Value::string(self.currency.clone());
        Self::NAMES.into_iter().zip(values.into_iter().chain([currency])).collect()
    }
}

fn at_least(sum: &Number) -> Refinement {
    Refinement { not_null: true, min: Some((sum.clone(), true)), ..Refinement::default() }
}
