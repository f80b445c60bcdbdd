//! What a plan adds to the month and takes off it.

use crate::change_text::signed;
use cost::change::{Change as Bill, Hole};
use plan::{Action, Change, Plan};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The difference of the bills before and after a plan.
pub(super) struct Money<'b> {
    bill: &'b Bill,
    deltas: BTreeMap<&'b str, Decimal>,
    /// What the plan touches and cannot be priced: no difference is whole without it.
    holes: BTreeMap<&'b str, &'b Hole>,
}

impl<'b> Money<'b> {
    pub(super) fn new(bill: &'b Bill, plan: &Plan) -> Self {
        let touched = plan.changes.iter().filter(|c| c.action != Action::NoOp);
        let touched: BTreeSet<String> = touched.map(|c| c.address.to_string()).collect();
        let deltas = bill.resources.iter().map(|it| (it.address.as_str(), it.delta)).collect();
        let holes = bill.holes.iter().filter(|hole| touched.contains(&hole.address));
        let holes = holes.map(|hole| (hole.address.as_str(), hole)).collect();
        Self { bill, deltas, holes }
    }

    /// `+32.85 USD a month`; `None` for what costs nothing, or what it did.
    pub(super) fn of(&self, change: &Change) -> Option<String> {
        if change.deposed.is_some() {
            return None;
        }
        let address = change.address.to_string();
        let delta = self.deltas.get(address.as_str()).map(|delta| self.sum(*delta));
        let hole = self.holes.get(address.as_str()).map(|hole| hole.reason.as_str());
        match (delta, hole) {
            (Some(delta), Some(hole)) => Some(format!("{delta}, without {hole}")),
            (None, Some(hole)) => Some(format!("price not known: {hole}")),
            (delta, None) => delta,
        }
    }

    /// The same of the whole plan; `None` where nothing in it has a price.
    pub(super) fn month(&self) -> Option<String> {
        let bill = self.bill;
        let nothing = bill.before.is_zero() && bill.after.is_zero();
        let delta = match bill.resources.is_empty() {
            true if nothing => None,
            true => Some("the month costs what it cost".to_owned()),
            false => Some(self.sum(bill.delta)),
        };
        let unknown = match self.holes.len() {
            0 => return delta,
            1 => "1 resource whose price is not known".to_owned(),
            more => format!("{more} resources whose price is not known"),
        };
        Some(match delta {
            Some(delta) => format!("{delta}, and {unknown}"),
            None => unknown,
        })
    }

    fn sum(&self, amount: Decimal) -> String {
        format!("{} {} a month", signed(amount), self.bill.currency)
    }
}
