//! How many tasks a service may have.

use super::Finding;
use crate::aws_ecs_service::autoscaling;
use crate::bill::Bill;
use model::{AppautoscalingTarget, Attr, EcsService};
use rust_decimal::prelude::ToPrimitive;
use syntax::Report;

/// More tasks than any service of AWS may have (its quota is 5,000, and can be raised).
const MOST: u32 = 10_000;

pub(super) struct Limits<'m, 'a> {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) target: Option<&'m AppautoscalingTarget<'a>>,
}

/// `min_capacity` and `max_capacity`, or `desired_count` twice.
pub(super) fn read<'m, 'a>(
    service: &EcsService<'a>,
    bill: &Bill<'m, 'a>,
) -> Result<Limits<'m, 'a>, Finding> {
    let Some(target) = autoscaling(service, bill) else {
        let count = count(bill, &service.desired_count, "desired_count")?;
        return Ok(Limits { min: count, max: count, target: None });
    };
    let min = count(bill, &target.min_capacity, "min_capacity")?;
    let max = match &target.max_capacity {
        Attr::Unknown(_) => {
            let address = &target.resource.address;
            return Err(Finding::Not(format!("`max_capacity` of {address} is not known yet")));
        }
        known => count(bill, known, "max_capacity")?,
    };
    if min > max {
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
    Ok(Limits { min, max, target: Some(target) })
}

fn count<'a>(bill: &Bill<'_, 'a>, attr: &Attr<'a, i64>, name: &str) -> Result<u32, Finding> {
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
        Some(count) if count <= MOST => Ok(count),
        _ => Err(Finding::Not(format!("`{name}` is {amount}, more than {MOST} tasks"))),
    }
}
