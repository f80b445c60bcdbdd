//! `formatdate`, `plantimestamp`, `timeadd`, `timecmp`, `timestamp`.

mod duration;
mod moment;

use super::hash::at_apply;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Number, Value};
pub(super) use moment::Moment;
use std::fmt::Write;

/// A duration as Go writes it, `1h30m`; `None` for what is none, and for one that is not positive.
pub fn duration(text: &str) -> Option<std::time::Duration> {
    let nanoseconds = u64::try_from(duration::read(text).ok()?).ok()?;
    Some(std::time::Duration::from_nanos(nanoseconds)).filter(|time| !time.is_zero())
}

/// Whether a text is a duration as Go reads it.
pub(crate) fn is_duration(text: &str) -> bool {
    duration::read(text).is_ok()
}

const STRING: Returns = Returns::Always(Want::String);
const TIMESTAMP: Parameter = Parameter::new("timestamp", Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "formatdate",
        &[Parameter::new("format", Want::String), Parameter::new("time", Want::String)],
        STRING,
        format_date,
    )
    .never_null(),
    Function::new("plantimestamp", &[], STRING, |c| {
        Ok(c.environment.plan_time.map_or_else(|| at_apply("plantimestamp"), Value::string))
    }),
    Function::new("timeadd", &[TIMESTAMP, Parameter::new("duration", Want::String)], STRING, |c| {
        let moment = Moment::read(c.str(0)?)?;
        let later = moment.plus(duration::read(c.str(1)?)?).ok_or("the time is out of range")?;
        Ok(Value::string(later.to_string()))
    }),
    Function::new(
        "timecmp",
        &[Parameter::new("timestamp_a", Want::String), Parameter::new("timestamp_b", Want::String)],
        Returns::Always(Want::Number),
        |c| {
            let moment =
                |at: usize| Moment::read(c.str(at)?).map_err(|why| Trouble::argument(at, why));
            let order = moment(0)?.order(&moment(1)?);
            Ok(Value::number(Number::from(order as i64)))
        },
    )
    .never_null(),
    Function::new("timestamp", &[], STRING, |c| {
        Ok(c.environment.host.now().map_or_else(|| at_apply("timestamp"), Value::string))
    })
    .never_null(),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn format_date(call: &Call<'_>) -> Outcome {
    let moment = Moment::read(call.str(1)?).map_err(|why| Trouble::argument(1, why))?;
    let mut out = String::new();
    let mut rest = call.str(0)?;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(rest, &mut out)
                .ok_or_else(|| Trouble::argument(0, "a quote is not closed"))?;
            continue;
        }
        let same = |c: char| {
            if first.is_ascii_alphabetic() {
                c == first
            } else {
                !c.is_ascii_alphabetic() && c != '\''
            }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if first.is_ascii_alphabetic() {
            verb(&moment, first, token.len(), &mut out).ok_or_else(|| {
                Trouble::argument(0, format!("`{token}` means nothing in a date format"))
            })?;
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    Ok(Value::string(out))
}

/// Text in quotes, where two quotes are one; what follows it.
fn quoted<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    if let Some(after) = text.strip_prefix("''") {
        out.push('\'');
        return Some(after);
    }
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let (inner, after) = rest.split_once('\'')?;
        out.push_str(inner);
        match after.strip_prefix('\'') {
            Some(after) => {
                out.push('\'');
                rest = after;
            }
            None => return Some(after),
        }
    }
}

/// One run of a letter.
fn verb(moment: &Moment, letter: char, count: usize, out: &mut String) -> Option<()> {
    let padded = |n: i64, out: &mut String| match count {
        1 => write!(out, "{n}").ok(),
        2 => write!(out, "{n:02}").ok(),
        _ => None,
    };
    let hour = moment.hour;
    let half = if hour < 12 { "am" } else { "pm" };
    match (letter, count) {
        ('Y', 2) => write!(out, "{:02}", moment.year % 100).ok(),
        ('Y', 4) => write!(out, "{:04}", moment.year).ok(),
        ('M', 3) => month(moment)?.get(..3).map(|name| out.push_str(name)),
        ('M', 4) => month(moment).map(|name| out.push_str(name)),
        ('M', _) => padded(moment.month, out),
        ('D', _) => padded(moment.day, out),
        ('E', 3) => weekday(moment)?.get(..3).map(|name| out.push_str(name)),
        ('E', 4) => weekday(moment).map(|name| out.push_str(name)),
        ('h', _) => padded(hour, out),
        ('H', _) => padded(if hour % 12 == 0 { 12 } else { hour % 12 }, out),
        ('A', 2) => {
            out.push_str(&half.to_ascii_uppercase());
            Some(())
        }
        ('a', 2) => {
            out.push_str(half);
            Some(())
        }
        ('m', _) => padded(moment.minute, out),
        ('s', _) => padded(moment.second, out),
        ('Z', 1) => {
            out.push_str(&moment.zone());
            Some(())
        }
        ('Z', 3) if moment.offset == 0 => {
            out.push_str("UTC");
            Some(())
        }
        ('Z', 3 | 4) => {
            out.push_str(&moment.offset_text(""));
            Some(())
        }
        ('Z', 5) => {
            out.push_str(&moment.offset_text(":"));
            Some(())
        }
        _ => None,
    }
}

fn month(moment: &Moment) -> Option<&'static str> {
    MONTHS.get(usize::try_from(moment.month - 1).ok()?).copied()
}

fn weekday(moment: &Moment) -> Option<&'static str> {
    DAYS.get(usize::try_from(moment.weekday()).ok()?).copied()
}
