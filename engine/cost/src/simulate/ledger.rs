//! From months to money: the lines of the bill that a simulation computes itself, and what they cost at any quantity.

use crate::bill::{Bill, Line};
use crate::price::{MissingPrice, Price, PriceSource};
use crate::types;
use crate::usage::Usage;
use model::Model;
use rust_decimal::prelude::ToPrimitive;
use stack::{ResourceId, Str};

/// A line of the bill: what it costs when so much of something is used.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    /// Lowest first: where a step starts, and what a unit costs in it.
    tiers: Vec<(f64, f64)>,
    /// Units that are billed whatever happens.
    constant: f64,
    /// Units for each one that is used.
    each: f64,
    /// What the estimate has for it.
    pub(crate) estimated: f64,
}

impl Charge {
    fn new(price: &Price, constant: f64, each: f64, estimated: f64) -> Option<Self> {
        let free = price.tiers.first()?.start;
        let tier =
            |tier: &crate::price::Tier| Some(((tier.start - free).to_f64()?, tier.price.to_f64()?));
        let tiers = price.tiers.iter().map(tier).collect::<Option<Vec<_>>>()?;
        let mut charge = Self { tiers, constant, each, estimated: 0.0 };
        charge.estimated = charge.units(estimated);
        Some(charge)
    }

    /// What a month costs in which so much is used.
    pub(crate) fn of(&self, used: f64) -> f64 {
        self.units(self.constant + self.each * used)
    }

    fn units(&self, quantity: f64) -> f64 {
        let mut next = self.tiers.iter().skip(1).map(|(start, _)| *start);
        let cost = |(start, price): &(f64, f64)| {
            let end = next.next().unwrap_or(f64::INFINITY);
            (quantity.min(end) - start).max(0.0) * price
        };
        self.tiers.iter().map(cost).sum()
    }
}

/// Other ways to say how much of a load balancer's capacity is used.
pub(crate) const DIMENSIONS: [&str; 4] = [
    "lb.new_connections_per_second",
    "lb.active_connections",
    "lb.processed_gb_month",
    "lb.rule_evaluations_per_second",
];

/// Reads charges from the same bills that the estimate is made of.
pub(crate) struct Ledger<'l, 'a> {
    pub(crate) model: &'l Model<'a>,
    pub(crate) prices: &'l dyn PriceSource,
    pub(crate) usage: &'l Usage,
}

impl<'a> Ledger<'_, 'a> {
    /// The lines of a resource that an assumption decides, as a function of it.
    pub(crate) fn assumed(
        &self,
        id: ResourceId,
        region: &Str,
        assumption: &'static str,
    ) -> Result<Vec<Charge>, MissingPrice> {
        let address = self.model.stack().resource(id).map(|r| r.address.to_string());
        let address = address.unwrap_or_default();
        let at = |value: &str| {
            let mut usage = self.usage.clone();
            let others: &[&str] = if assumption == "lb.lcu" { &DIMENSIONS } else { &[] };
            let none = others.iter().map(|other| format!("{address}:{other}=0"));
            for said in none.chain([format!("{address}:{assumption}={value}")]) {
                // The names are those of assumptions, so that all are taken.
                let _ = usage.set(&said);
            }
            self.lines(id, region, &usage)
        };
        let (now, none, one) = (self.lines(id, region, self.usage), at("0"), at("1"));
        now.iter()
            .zip(none.iter().zip(&one))
            .filter(|(_, (none, one))| none.quantity.amount != one.quantity.amount)
            .filter_map(|(now, (none, one))| {
                let [now_is, none_is, one_is] = [now, none, one].map(amount);
                let price = match self.prices.price(&now.key) {
                    Ok(price) => price,
                    Err(missing) => return Some(Err(missing)),
                };
                Charge::new(&price, none_is, one_is - none_is, now_is).map(Ok)
            })
            .collect()
    }

    fn lines(&self, id: ResourceId, region: &Str, usage: &Usage) -> Vec<Line> {
        let Some(resource) = self.model.stack().resource(id) else { return Vec::new() };
        let mut bill = Bill::new(self.model, usage, id, resource, region.clone());
        types::write(id, &mut bill);
        bill.lines
    }

    /// What a service's tasks cost in the estimate: everything on its bill but data.
    pub(crate) fn tasks(&self, id: ResourceId, region: &Str) -> Result<f64, MissingPrice> {
        let mut lines = self.lines(id, region, self.usage);
        let data =
            |line: &Line| line.quantity.assumption.is_some_and(|name| name.ends_with("_gb_month"));
        lines.retain(|line| !data(line));
        self.sum(&lines)
    }

    /// What a task costs that runs all month.
    pub(crate) fn task(
        &self,
        service: &model::EcsService<'a>,
        spot: bool,
        region: &Str,
    ) -> Result<f64, MissingPrice> {
        let mut bill =
            Bill::new(self.model, self.usage, service.id, service.resource, region.clone());
        crate::aws_ecs_service::one_task(service, spot, &mut bill);
        self.sum(&bill.lines)
    }

    fn sum(&self, lines: &[Line]) -> Result<f64, MissingPrice> {
        let cost = |line: &Line| {
            let price = self.prices.price(&line.key)?;
            let charge = Charge::new(&price, 0.0, 0.0, amount(line));
            Ok(charge.map_or(0.0, |charge| charge.estimated))
        };
        lines.iter().map(cost).sum()
    }
}

fn amount(line: &Line) -> f64 {
    line.quantity.amount.to_f64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Tier;

    #[test]
    fn steps_cost_what_the_price_says() {
        let tier = |start: i64, end: Option<i64>, price: &str| Tier {
            start: start.into(),
            end: end.map(Into::into),
            price: price.parse().unwrap(),
        };
        let price = Price {
            unit: "GB".into(),
            tiers: vec![tier(100, Some(10_240), "0.09"), tier(10_240, None, "0.085")],
            date: "2025-12-02".into(),
            source: "test".into(),
        };
        let charge = Charge::new(&price, 10.0, 2.0, 0.0).unwrap();
        assert!((charge.of(0.0) - 0.9).abs() < 1e-9);
        assert!((charge.of(5_065.0) - (10_140.0 * 0.09)).abs() < 1e-9);
        assert!((charge.of(5_565.0) - (10_140.0 * 0.09 + 1000.0 * 0.085)).abs() < 1e-9);
    }
}
