//! What the parts of a stack cost: its services, its modules, what carries a tag.

use crate::estimate::{Estimate, ResourceCost};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What to add up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The service that is paid: the offer code of the price list, `AmazonEC2`.
    Service,
    /// The module that the resource stands in; the root is `.`.
    Module,
    /// The resource's type.
    Type,
    /// The value of a tag; `(none)` where the resource lacks it.
    Tag(String),
}

impl Part {
    /// Reads `service`, `module`, `type` or `tag:NAME`.
    pub fn read(text: &str) -> Option<Self> {
        match (text, text.split_once(':')) {
            ("service", _) => Some(Self::Service),
            ("module", _) => Some(Self::Module),
            ("type", _) => Some(Self::Type),
            (_, Some(("tag", name))) if !name.is_empty() => Some(Self::Tag(name.to_owned())),
            _ => None,
        }
    }
}

/// The sums of a month by part, dearest first, then by name. They add up to the estimate's total.
pub fn totals(estimate: &Estimate, by: &Part) -> Vec<(String, Decimal)> {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for cost in &estimate.resources {
        for line in &cost.components {
            let part = match by {
                Part::Service => line.price_key.split('/').next().unwrap_or_default().to_owned(),
                Part::Module => module(cost),
                Part::Type => cost.ty.to_string(),
                Part::Tag(name) => cost.tags.get(name).cloned().unwrap_or_else(|| "(none)".into()),
            };
            *sums.entry(part).or_default() += line.monthly;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}

/// `module.a["x"].module.b` of an address in it.
fn module(cost: &ResourceCost) -> String {
    let at = cost.address.rfind(cost.ty.as_str()).unwrap_or_default();
    let path = cost.address.get(..at).unwrap_or_default().trim_end_matches('.');
    if path.is_empty() { ".".to_owned() } else { path.to_owned() }
}
