//! What the month would cost otherwise, for people: a line an alternative, what it changes, what it leaves, what it risks.

use crate::Style;
use crate::change_text::signed;
use crate::style::Paint;
use cost::cents;
use cost::what_if::{Alternative, Said};
use std::fmt::Write;

/// All alternatives, each against the stack as it is.
pub fn what_if_text(alternatives: &[Alternative], currency: &str, style: &Style) -> String {
    let mut text = String::new();
    let width = alternatives.iter().map(|it| it.name.len()).max().unwrap_or_default();
    for it in alternatives {
        let name = style.paint(Paint::Bold, &format!("{:<width$}", it.name));
        if it.changes.is_empty() {
            let _ = writeln!(text, "{name}  does not apply");
        } else {
            let delta = signed(it.delta);
            let paint = if delta.starts_with('-') { Paint::Green } else { Paint::Yellow };
            let delta = style.paint(paint, &format!("{delta:>10}"));
            let _ = writeln!(text, "{name}  {delta} {currency} a month: {}", cents(it.after));
        }
        for said in &it.changes {
            let _ = writeln!(text, "    {}", sentence(said));
        }
        for said in &it.unchanged {
            let word = if it.changes.is_empty() { "" } else { "as it is: " };
            let _ = writeln!(
                text,
                "    {}",
                style.paint(Paint::Dim, &format!("{word}{}", sentence(said)))
            );
        }
        for risk in &it.risks {
            let _ = writeln!(text, "    {} {risk}", style.paint(Paint::Yellow, "risk:"));
        }
    }
    text
}

/// `aws_ecs_service.front: all its tasks on FARGATE_SPOT`
pub(crate) fn sentence(said: &Said) -> String {
    if said.address.is_empty() {
        said.what.clone()
    } else {
        format!("{}: {}", said.address, said.what)
    }
}
