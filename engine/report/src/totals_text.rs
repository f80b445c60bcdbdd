//! What the parts of a stack cost, for people: one line a part, dearest first.

use crate::Style;
use crate::style::Paint;
use cost::{Estimate, Part, cents, totals};
use std::fmt::Write;

/// The sums by part, with their share of the total.
pub fn totals_text(estimate: &Estimate, by: &Part, style: &Style) -> String {
    let heading = match by {
        Part::Service => "by service:".to_owned(),
        Part::Module => "by module:".to_owned(),
        Part::Type => "by type:".to_owned(),
        Part::Tag(name) => format!("by tag `{name}`:"),
    };
    let mut text = style.paint(Paint::Bold, &heading) + "\n";
    let sums = totals(estimate, by);
    let width = sums.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, sum) in sums {
        let share = sum
            .checked_mul(100.into())
            .and_then(|sum| sum.checked_div(estimate.total_monthly))
            .map(|share| format!("  {share:>5.1} %"))
            .unwrap_or_default();
        let _ = writeln!(text, "  {name:<width$}  {:>12}{share}", cents(sum));
    }
    text.push('\n');
    text
}
