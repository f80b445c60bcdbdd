//! A Savings Plan of a year. What it takes off is between AWS and its customer, or on a page that changes: the configuration says it.

use super::{Alternative, Said, Scenario};
use crate::estimate::Estimate;
use rust_decimal::Decimal;
use stack::Stack;

const RISKS: &[&str] = &[
    "the sum is owed for a year, used or not",
    "a plan covers a fixed sum an hour: what runs beyond it is paid at list price",
];

pub(super) fn alternative(
    stack: &Stack,
    bill: &Estimate,
    billing: Option<&dyn Fn(&Stack) -> Estimate>,
) -> Alternative {
    let name = Scenario::SavingsPlan1y.name();
    let before = bill.total_monthly;
    let Some(billing) = billing else {
        let why = "no rates of Savings Plans are known, and none is guessed: name them in banana.toml, `[[cost.discount]]` with `what-if = \"savings-plan-1y\"`";
        return Alternative {
            name,
            before,
            after: before,
            delta: Decimal::ZERO,
            changes: Vec::new(),
            unchanged: vec![Said::all(why)],
            risks: Vec::new(),
        };
    };
    let then = billing(stack);
    let mut changes = Vec::new();
    for (now, then) in bill.resources.iter().zip(&then.resources) {
        if now.monthly != then.monthly {
            let (was, is) = (crate::cents(now.monthly), crate::cents(then.monthly));
            changes.push(Said {
                address: now.address.clone(),
                what: format!("{was} -> {is} at the plan's rates"),
            });
        }
    }
    let unchanged = if changes.is_empty() {
        vec![Said::all("the plan's rates are for none of the prices that the bill asks for")]
    } else {
        Vec::new()
    };
    let risks = if changes.is_empty() { Vec::new() } else { RISKS.to_vec() };
    let after = then.total_monthly;
    Alternative { name, before, after, delta: after - before, changes, unchanged, risks }
}
