//! How many tasks a service may have.

use super::super::inputs::{Drawn, Input};
use super::super::triangular::Triangular;
use super::Finding;
use crate::aws_ecs_service::autoscaling;
use crate::bill::Bill;
use model::{AppautoscalingTarget, Attr, EcsService};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use syntax::Report;

/// More tasks than any service of AWS may have (its quota is 5,000, and can be raised).
const MOST: u32 = 10_000;

/// How many tasks there may be. What is not known yet is an input of the simulation instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) min: Option<u32>,
    /// What the estimate takes for an unknown `min`.
    pub(crate) assumed: Option<Triangular>,
    pub(crate) max: Option<u32>,
    /// Without autoscaling there are as many as there are at least.
    pub(crate) scales: bool,
}

impl Limits {
    /// True when the stack knows all of them.
    pub(crate) fn is_known(&self) -> bool {
        self.min.is_some() && self.max.is_some()
    }

    /// Those of a scenario, in order whatever was drawn.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within limits")]
    pub(crate) fn of(&self, drawn: &Drawn) -> (u32, u32) {
        let whole = |input| drawn.get(input).round() as u32;
        let min = self.min.unwrap_or_else(|| whole(Input::MinTasks));
        match self.max {
            Some(max) => (min.min(max), max),
            None if self.scales => (min, whole(Input::MaxTasks).max(min)),
            None => (min, min),
        }
    }
}

/// `min_capacity` and `max_capacity`, or `desired_count` twice.
pub(super) fn read<'m, 'a>(
    service: &EcsService<'a>,
    bill: &Bill<'m, 'a>,
) -> Result<(Limits, Option<&'m AppautoscalingTarget<'a>>), Finding> {
    let Some(target) = autoscaling(service, bill) else {
        let min = count(bill, &service.desired_count, "desired_count")?;
        let assumed = assumed(bill, &service.desired_count);
        return Ok((Limits { min, assumed, max: min, scales: false }, None));
    };
    let min = count(bill, &target.min_capacity, "min_capacity")?;
    let max = count(bill, &target.max_capacity, "max_capacity")?;
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format!("`min_capacity` is {min}, more than `max_capacity`, which is {max}");
        let report = Report::error("scaling-limits", message);
        let report = match target.min_capacity.value().blame.at {
            Some(at) => report.at(at, "the least"),
            None => report.at(target.resource.header, "this target"),
        };
        let report = match target.max_capacity.value().blame.at {
            Some(at) => report.also(at, "the most"),
            None => report,
        };
        return Err(Finding::Wrong(vec![report.help("AWS refuses such a target")]));
    }
    let assumed = assumed(bill, &target.min_capacity);
    Ok((Limits { min, assumed, max, scales: true }, Some(target)))
}

/// What the estimate assumes of a count that is not known yet.
fn assumed<'a>(bill: &Bill<'_, 'a>, attr: &Attr<'a, i64>) -> Option<Triangular> {
    let quantity = bill.assume("ecs.tasks");
    let number = |n: Decimal| n.to_f64().unwrap_or_default();
    let likely = number(quantity.amount);
    let [low, high] = [quantity.least, quantity.most].map(|end| end.map_or(likely, number));
    matches!(attr, Attr::Unknown(_)).then_some(Triangular { low, likely, high })
}

/// `None` when it is not known yet.
fn count<'a>(
    bill: &Bill<'_, 'a>,
    attr: &Attr<'a, i64>,
    name: &str,
) -> Result<Option<u32>, Finding> {
    if matches!(attr, Attr::Unknown(_)) {
        return Ok(None);
    }
    let amount = bill.or_assume(attr, name, 0, "ecs.tasks").amount;
    if let Attr::Known(negative, value) = attr
        && *negative < 0
    {
        let report = Report::error("scaling-limits", format!("`{name}` is {negative}"));
        let report = report.help("a service has 0 tasks at least");
        return Err(Finding::Wrong(vec![match value.blame.at {
            Some(at) => report.at(at, "here"),
            None => report,
        }]));
    }
    match amount.to_u32() {
        Some(count) if count <= MOST => Ok(Some(count)),
        _ => Err(Finding::Not(format!("`{name}` is {amount}, more than {MOST} tasks"))),
    }
}
