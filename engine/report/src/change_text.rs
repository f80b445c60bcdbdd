//! What a change costs, for people: each resource that costs something else, why, and its lines.

use crate::Style;
use crate::style::Paint;
use cost::cents;
use cost::change::{Cause, Change, Difference, Figure, Kind, LineChange};
use rust_decimal::Decimal;
use std::fmt::Write;

/// The whole change.
pub fn change_text(change: &Change, style: &Style) -> String {
    let mut text = String::new();
    let arrow = arrow(style);
    let _ = writeln!(text, "{}\n", head(change, style));
    let width = change.resources.iter().map(|it| it.address.chars().count()).max().unwrap_or(0);
    for it in &change.resources {
        let (sign, paint) = match it.change {
            Kind::Added => ("+", Paint::Green),
            Kind::Removed => ("-", Paint::Red),
            Kind::Changed => ("~", Paint::Yellow),
        };
        let sums = match it.change {
            Kind::Changed => format!("{} {arrow} {}", cents(it.before), cents(it.after)),
            Kind::Added | Kind::Removed => String::new(),
        };
        let address = style.paint(Paint::Bold, &format!("{:<width$}", it.address));
        let line =
            format!("{} {address}  {:>10}  {sums}", style.paint(paint, sign), signed(it.delta));
        let _ = writeln!(text, "{}", line.trim_end());
        for why in reasons(it, arrow) {
            let _ = writeln!(text, "    {}", style.paint(Paint::Cyan, &why));
        }
        write_lines(&mut text, it, arrow);
    }
    if change.resources.is_empty() {
        text.push_str("nothing costs more or less than before\n");
    }
    let _ = write!(text, "{}", holes(change, style));
    if change.unchanged > 0 {
        let _ = writeln!(text, "\n{}", style.paint(Paint::Dim, &unchanged(change)));
    }
    text
}

/// `main: 88.38 -> 120.40 USD a month: +32.02 (+36.2 %)`
fn head(change: &Change, style: &Style) -> String {
    let (before, after) = (cents(change.before), cents(change.after));
    let delta = style.paint(Paint::Bold, &format!("{} {}", signed(change.delta), change.currency));
    let percent = percent(change).map(|percent| format!(" ({percent})")).unwrap_or_default();
    let part = if change.is_complete() { "" } else { ", as far as it can be priced" };
    format!(
        "{delta} a month{percent} against {}: {before} {} {after}{part}",
        change.against,
        arrow(style)
    )
}

/// The lines of one resource, in columns.
fn write_lines(text: &mut String, it: &Difference, arrow: &str) {
    let rows: Vec<[String; 3]> = it
        .components
        .iter()
        .map(|line| [line.name.clone(), figures(line, arrow), signed(line.delta)])
        .collect();
    let width = |of: fn(&[String; 3]) -> &str| {
        rows.iter().map(|row| of(row).chars().count()).max().unwrap_or_default()
    };
    let (names, figures) = (width(|row| &row[0]), width(|row| &row[1]));
    for [name, figure, delta] in &rows {
        let _ = writeln!(text, "      {name:<names$}  {figure:<figures$}  {delta:>10}");
    }
}

/// `365 -> 730 Hrs x 0.05`: what changed of a line, and what did not.
pub(crate) fn figures(line: &LineChange, arrow: &str) -> String {
    let whole = |figure: &Figure| {
        let (quantity, price) = (figure.quantity.normalize(), figure.unit_price.normalize());
        format!("{quantity} {} x {price}", figure.unit)
    };
    match (&line.before, &line.after) {
        (Some(was), Some(is)) if was.unit == is.unit => {
            let both = |was: Decimal, is: Decimal| {
                if was == is {
                    is.normalize().to_string()
                } else {
                    format!("{} {arrow} {}", was.normalize(), is.normalize())
                }
            };
            let (quantity, price) =
                (both(was.quantity, is.quantity), both(was.unit_price, is.unit_price));
            format!("{quantity} {} x {price}", is.unit)
        }
        (Some(was), Some(is)) => format!("{} {arrow} {}", whole(was), whole(is)),
        (was, is) => was.as_ref().or(is.as_ref()).map(whole).unwrap_or_default(),
    }
}

/// Why, a line a cause.
pub(crate) fn reasons(it: &Difference, arrow: &str) -> Vec<String> {
    let mut all: Vec<String> = it.causes.iter().map(|cause| reason(cause, it, arrow)).collect();
    if let Some(from) = &it.moved_from {
        all.push(format!("it was called {from}"));
    }
    all
}

fn reason(cause: &Cause, it: &Difference, arrow: &str) -> String {
    let own = cause.address == it.address;
    let name = match (own, cause.path.as_str()) {
        (true, path) => path.to_owned(),
        (false, "") => cause.address.clone(),
        (false, path) => format!("{}: {path}", cause.address),
    };
    let what = match (&cause.before, &cause.after) {
        _ if cause.path.is_empty() => {
            let word = if cause.after.is_some() { "new" } else { "gone" };
            if name.is_empty() { word.to_owned() } else { format!("{name} is {word}") }
        }
        (before, after) => {
            let text = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".into());
            format!("{name} {} {arrow} {}", text(before), text(after))
        }
    };
    match place(cause) {
        Some(place) => format!("{what}  {place}"),
        None => what,
    }
}

/// `main.tf:12:3`
pub(crate) fn place(cause: &Cause) -> Option<String> {
    let (file, line) = (cause.file.as_ref()?, cause.line?);
    Some(format!("{file}:{line}:{}", cause.column.unwrap_or(1)))
}

fn holes(change: &Change, style: &Style) -> String {
    let mut text = String::new();
    for hole in &change.holes {
        let when = match (hole.before, hole.after) {
            (true, true) => "not priced, then and now",
            (true, false) => "not priced then",
            _ => "not priced now",
        };
        let word = style.paint(Paint::Yellow, when);
        let line = if text.is_empty() { "\n" } else { "" };
        let _ = writeln!(text, "{line}{word} {}: {}", hole.address, hole.reason);
    }
    text
}

fn unchanged(change: &Change) -> String {
    match change.unchanged {
        1 => "1 resource costs what it cost".to_owned(),
        more => format!("{more} resources cost what they cost"),
    }
}

/// With its sign: `+36.50`.
pub(crate) fn signed(amount: Decimal) -> String {
    let text = cents(amount);
    if text.starts_with('-') {
        // What rounds to nothing is nothing.
        if text == "-0.00" { "0.00".into() } else { text }
    } else if text == "0.00" {
        text
    } else {
        format!("+{text}")
    }
}

/// `+36.2 %`
pub(crate) fn percent(change: &Change) -> Option<String> {
    let percent = change.percent.as_ref()?;
    let sign = if percent.starts_with('-') || percent == "0.0" { "" } else { "+" };
    Some(format!("{sign}{percent} %"))
}

fn arrow(style: &Style) -> &'static str {
    if style.unicode { "→" } else { "->" }
}
