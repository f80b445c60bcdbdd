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

/// Reads charges from the same bills that the estimate is made of.
pub(crate) struct Ledger<'l, 'a> {
    pub(crate) model: &'l Model<'a>,
    pub(crate) prices: &'l dyn PriceSource,
    pub(crate) usage: &'l Usage,
}

impl<'a> Ledger<'_, 'a> {
    /// The lines of a resource that rest on an assumption, as a function of what it is.
    pub(crate) fn assumed(
        &self,
        id: ResourceId,
        region: &Str,
        assumption: &'static str,
    ) -> Result<Vec<Charge>, MissingPrice> {
        let lines = |usage: &Usage| self.lines(id, region, usage, assumption);
        let at = |value: &str| {
            let mut usage = self.usage.clone();
            let address = self.model.stack().resource(id).map(|r| r.address.to_string());
            let said = format!("{}:{assumption}={value}", address.unwrap_or_default());
            // The name is one of the list, so that it is taken.
            usage.set(&said).map(|()| usage).unwrap_or_default()
        };
        let (now, none, one) = (lines(self.usage), lines(&at("0")), lines(&at("1")));
        now.iter()
            .zip(none.iter().zip(&one))
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

    fn lines(
        &self,
        id: ResourceId,
        region: &Str,
        usage: &Usage,
        assumption: &'static str,
    ) -> Vec<Line> {
        let Some(resource) = self.model.stack().resource(id) else { return Vec::new() };
        let mut bill = Bill::new(self.model, usage, resource, region.clone());
        types::write(id, &mut bill);
        bill.lines.retain(|line| line.quantity.assumption == Some(assumption));
        bill.lines
    }

    /// What a service's tasks cost in the estimate: everything on its bill but data.
    pub(crate) fn tasks(&self, id: ResourceId, region: &Str) -> Result<f64, MissingPrice> {
        let Some(resource) = self.model.stack().resource(id) else { return Ok(0.0) };
        let mut bill = Bill::new(self.model, self.usage, resource, region.clone());
        types::write(id, &mut bill);
        bill.lines.retain(|line| line.quantity.assumption != Some("ecs.egress_gb_month"));
        self.sum(&bill.lines)
    }

    /// What a task costs that runs all month.
    pub(crate) fn task(
        &self,
        service: &model::EcsService<'a>,
        spot: bool,
        region: &Str,
    ) -> Result<f64, MissingPrice> {
        let mut bill = Bill::new(self.model, self.usage, service.resource, region.clone());
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
