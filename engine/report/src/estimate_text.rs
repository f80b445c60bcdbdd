//! The bill for people: each resource with its lines, what is assumed, what could not be priced, one summary line.

use crate::style::Paint;
use crate::{Style, Trouble, problem};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use cost::{Basis, Estimate, cents};
use std::fmt::Write;
use syntax::Sources;

/// The whole bill.
pub fn estimate_text(estimate: &Estimate, sources: &Sources, style: &Style) -> String {
    let mut text: String = estimate
        .reports
        .iter()
        .map(|report| problem(&Trouble::from(report), sources, style))
        .collect();
    if !estimate.resources.is_empty() {
        let _ = writeln!(text, "{}", lines(estimate, style));
    }
    if !estimate.assumptions.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            style.paint(Paint::Bold, "assumed (change with --assume NAME=VALUE):")
        );
        for assumed in &estimate.assumptions {
            let address = assumed.address.as_ref().map(|a| format!(" for {a}")).unwrap_or_default();
            let name = style.paint(Paint::Cyan, assumed.name);
            let about = style.paint(Paint::Dim, assumed.about);
            let mut value = assumed.value.normalize().to_string();
            if assumed.low != assumed.high {
                let (low, high) = (assumed.low.normalize(), assumed.high.normalize());
                let _ = write!(value, " ({low} to {high})");
            }
            let _ = writeln!(text, "  {name} = {value} {}{address}  {about}", assumed.unit);
        }
        text.push('\n');
    }
    holes(&mut text, estimate, style);
    let _ = writeln!(text, "{}", total_text(estimate, style));
    text
}

/// Each resource with its lines. Colours come last: the table measures plain text.
fn lines(estimate: &Estimate, style: &Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut row = |cells: [String; 6]| {
        table.add_row(cells.into_iter().enumerate().map(|(column, text)| aligned(column, text)));
    };
    row(["", "quantity", "unit", "USD a unit", "USD a month", "basis"].map(str::to_owned));
    for resource in &estimate.resources {
        let empty = String::new;
        row([
            resource.address.clone(),
            empty(),
            empty(),
            empty(),
            cents(resource.monthly),
            empty(),
        ]);
        for line in &resource.components {
            let basis = match (line.basis, line.assumption) {
                (Basis::Assumed, Some(name)) => format!("assumed: {name}"),
                (Basis::Assumed, None) => "assumed".to_owned(),
                (Basis::Fixed, _) => "fixed".to_owned(),
                (Basis::Derived, _) => "derived".to_owned(),
            };
            row([
                format!("  {}", line.name),
                line.quantity.normalize().to_string(),
                line.unit.to_string(),
                line.unit_price.normalize().to_string(),
                cents(line.monthly),
                basis,
            ]);
        }
    }
    let mut notes = estimate.resources.iter().map(|resource| &resource.notes);
    let mut text = String::new();
    let mut waiting: &[String] = &[];
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        let heads = number > 0 && !line.starts_with("   ");
        if heads {
            write_notes(&mut text, waiting, style);
            waiting = notes.next().map(Vec::as_slice).unwrap_or_default();
        }
        let paint = if heads { Paint::Bold } else { Paint::Dim };
        let painted = if heads || number == 0 { style.paint(paint, line) } else { line.to_owned() };
        let _ = writeln!(text, "{painted}");
    }
    write_notes(&mut text, waiting, style);
    text
}

/// What else there is to say of a resource, under its lines.
fn write_notes(text: &mut String, notes: &[String], style: &Style) {
    for note in notes {
        let _ = writeln!(text, "   {}", style.paint(Paint::Dim, note));
    }
}

/// Figures stand to the right.
fn aligned(column: usize, text: String) -> Cell {
    let right = matches!(column, 1 | 3 | 4);
    Cell::new(text).set_alignment(if right { CellAlignment::Right } else { CellAlignment::Left })
}

/// What is in no sum.
fn holes(text: &mut String, estimate: &Estimate, style: &Style) {
    for missing in estimate.missing_prices.iter().filter(|line| !line.quantity.is_zero()) {
        let nearest = missing
            .nearest
            .as_ref()
            .map(|near| format!("; nearest known: {near}"))
            .unwrap_or_default();
        let word = style.paint(Paint::Red, "no price");
        let _ = writeln!(
            text,
            "{word} {}: {} ({}){nearest}",
            missing.address, missing.component, missing.price_key
        );
    }
    for unsupported in &estimate.unsupported {
        let word = style.paint(Paint::Yellow, "not priced");
        let _ = writeln!(text, "{word} {}: {}", unsupported.address, unsupported.reason);
    }
    if !(estimate.missing_prices.is_empty() && estimate.unsupported.is_empty()) {
        text.push('\n');
    }
}

/// `95.88 USD a month in eu-west-3: 88.38 fixed, 7.50 assumed; prices of 2025-12-02 or later`
pub fn total_text(estimate: &Estimate, style: &Style) -> String {
    let least = if estimate.is_complete() { "" } else { "at least " };
    let total = style.paint(Paint::Bold, &format!("{} USD", cents(estimate.total_monthly)));
    let region = estimate.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let mut text =
        format!("{least}{total} a month{region}: {} fixed", cents(estimate.fixed_monthly));
    let assumed = estimate.total_monthly - estimate.fixed_monthly;
    let _ = write!(text, ", {} assumed", cents(assumed));
    let (low, high) = (cents(estimate.minimum_monthly), cents(estimate.maximum_monthly));
    let same = [&low, &high].map(|bound| *bound == cents(estimate.total_monthly));
    match same {
        [true, true] => {}
        [true, false] => drop(write!(text, "; up to {high}")),
        [false, _] => drop(write!(text, "; from {low} to {high}")),
    }
    if let Some(date) = &estimate.prices.date {
        let _ = write!(text, "; prices of {date} or later");
    }
    match estimate.unsupported.len() {
        0 => {}
        1 => text.push_str("; 1 resource is not priced"),
        more => drop(write!(text, "; {more} resources are not priced")),
    }
    text
}
