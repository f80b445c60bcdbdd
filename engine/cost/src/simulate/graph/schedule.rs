//! Scheduled actions: `cron(…)` and `rate(…)` over a month that starts on a Monday, the first.
//! <https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html>

use super::super::clock::{DAY, MINUTES};
use super::super::scaling::Scheduled;
use super::policies::belongs;
use crate::bill::written;
use model::{AppautoscalingTarget, Model, Read, field};
use syntax::Report;

/// All actions on a target, in the order of time.
pub(super) fn read<'a>(
    target: &AppautoscalingTarget<'a>,
    model: &Model<'a>,
    notes: &mut Vec<String>,
) -> Result<Vec<Scheduled>, Vec<Report>> {
    let (mut actions, mut reports) = (Vec::new(), Vec::new());
    for id in model.instances("aws_appautoscaling_scheduled_action") {
        let Some(resource) = model.stack().resource(*id) else { continue };
        if !belongs(resource, &<&str>::read(field(&resource.value, "resource_id")), target) {
            continue;
        }
        let address = &resource.address;
        let block = written(resource, "scalable_target_action").elements().next();
        let count = |name| {
            let value = block.map(|block| field(block, name));
            value.and_then(crate::bill::decimal).and_then(|n| n.to_string().parse::<u32>().ok())
        };
        let (min, max) = (count("min_capacity"), count("max_capacity"));
        if let (Some(least), Some(most)) = (min, max)
            && least > most
        {
            let message =
                format!("{address} sets `min_capacity` {least} above `max_capacity` {most}");
            let report = Report::error("scaling-limits", message);
            reports.push(report.at(resource.header, "this action").help("AWS refuses it"));
        }
        match times(written(resource, "schedule").as_str().unwrap_or_default()) {
            Ok(times) => {
                actions.extend(times.into_iter().map(|minute| Scheduled { minute, min, max }));
                let zone = written(resource, "timezone").as_str();
                if let Some(zone) = zone.filter(|zone| !matches!(*zone, "UTC" | "Etc/UTC")) {
                    notes.push(format!("{address}: `{zone}` is read as UTC"));
                }
            }
            Err(why) => notes.push(format!("{address} is not simulated: {why}")),
        }
    }
    actions.sort();
    if reports.is_empty() { Ok(actions) } else { Err(reports) }
}

/// The minutes of the month at which a schedule calls.
fn times(schedule: &str) -> Result<Vec<u32>, String> {
    let within = |name: &str| schedule.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(rate) = within("rate") {
        return every(rate).ok_or_else(|| format!("banana cannot read `{schedule}`"));
    }
    if within("at").is_some() {
        return Err("it calls once, at a date that the month of a simulation does not have".into());
    }
    let cron = within("cron").ok_or_else(|| format!("banana cannot read `{schedule}`"))?;
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let [minute, hour, day, month, weekday, year @ ..] = fields.as_slice() else {
        return Err(format!("`{schedule}` has too few fields"));
    };
    if *month != "*" || year.iter().any(|year| *year != "*") {
        return Err(format!("`{schedule}` speaks of months, and a simulation has only one"));
    }
    let bad = |what: &str| format!("banana cannot read the {what} of `{schedule}`");
    let minutes = matching(minute, 0, 59, &[]).ok_or_else(|| bad("minute"))?;
    let hours = matching(hour, 0, 23, &[]).ok_or_else(|| bad("hour"))?;
    let days = matching(day, 1, 31, &[]).ok_or_else(|| bad("day"))?;
    let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    let weekdays = matching(weekday, 1, 7, &names).ok_or_else(|| bad("weekday"))?;
    let calls = |minute: &u32| {
        let (day, of_day) = (minute / DAY, minute % DAY);
        minutes.contains(&(of_day % 60))
            && hours.contains(&(of_day / 60))
            && days.contains(&(day + 1))
            && weekdays.contains(&((day + 1) % 7 + 1))
    };
    Ok((0..MINUTES).filter(calls).collect())
}

fn every(rate: &str) -> Option<Vec<u32>> {
    let (count, unit) = rate.trim().split_once(' ')?;
    let minutes = match unit.trim().trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => DAY,
        _ => return None,
    };
    let step = count.parse::<u32>().ok()?.checked_mul(minutes).filter(|step| *step > 0)?;
    Some((0..MINUTES).step_by(step as usize).collect())
}

/// The values of a field: `*`, `?`, `5`, `MON-FRI`, `1,3`, `*/15`, `0/15`. Days are counted from Sunday, 1.
fn matching(field: &str, least: u32, most: u32, names: &[&str]) -> Option<Vec<u32>> {
    let number = |text: &str| {
        let day = names.iter().zip(least..).find(|(name, _)| name.eq_ignore_ascii_case(text));
        let number = day.map(|(_, at)| at).or_else(|| text.parse().ok())?;
        (least..=most).contains(&number).then_some(number)
    };
    let mut all = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<usize>().ok().filter(|s| *s > 0)?)),
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None if matches!(range, "*" | "?") => (least, most),
            None => (number(range)?, if step.is_some() { most } else { number(range)? }),
        };
        all.extend((from..=to).step_by(step.unwrap_or(1)));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_fall_on_the_minutes_that_they_name() {
        let of = |schedule: &str| times(schedule).unwrap();
        assert_eq!(of("cron(0 8 * * ? *)").len(), 31);
        assert_eq!(of("cron(0 8 * * ? *)")[..2], [480, 480 + 1440]);
        // Monday is the first day; the fifth is a Friday, and the weekend is left out.
        let weekdays = of("cron(30 7 ? * MON-FRI *)");
        assert_eq!(weekdays[..6], [450, 1890, 3330, 4770, 6210, 450 + 7 * 1440]);
        assert_eq!(of("cron(0 0 ? * SUN *)")[0], 6 * 1440);
        assert_eq!(of("cron(0/30 22 1 * ? *)"), [1320, 1350]);
        assert_eq!(of("cron(5,10 0-1 1 * ? *)"), [5, 10, 65, 70]);
        assert_eq!(of("rate(12 hours)").len(), 61);
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let said: Vec<String> = [
            "cron(61 8 * * ? *)",
            "cron(0 8 * 1 ? *)",
            "cron(0 8)",
            "at(2030-01-01T00:00:00)",
            "rate(0 hours)",
            "daily",
        ]
        .map(|schedule| times(schedule).unwrap_err())
        .to_vec();
        insta::assert_snapshot!(said.join("\n"), @r"
        banana cannot read the minute of `cron(61 8 * * ? *)`
        `cron(0 8 * 1 ? *)` speaks of months, and a simulation has only one
        `cron(0 8)` has too few fields
        it calls once, at a date that the month of a simulation does not have
        banana cannot read `rate(0 hours)`
        banana cannot read `daily`
        ");
    }
}
