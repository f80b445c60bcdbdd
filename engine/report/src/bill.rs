//! What `banana cost` tells, in whatever format.

use crate::estimate_text::trouble;
use crate::{Style, change_text, estimate_text, total_text, what_if_text};
use cost::Estimate;
use cost::change::Change;
use cost::what_if::Alternative;
use std::fmt::Write;
use syntax::Sources;

/// A bill and what goes with it.
#[derive(Debug)]
pub struct Bill<'b> {
    /// What each resource costs.
    pub estimate: &'b Estimate,
    /// What it is more or less than before, when it is held against something.
    pub change: Option<&'b Change>,
    /// What it would be otherwise, where that was asked for.
    pub alternatives: &'b [Alternative],
    /// Limits that it busts, in words.
    pub over: &'b [String],
}

/// For people. A change, or alternatives, are told instead of the whole bill.
pub fn bill_text(bill: &Bill<'_>, sources: &Sources, style: &Style) -> String {
    if bill.change.is_none() && bill.alternatives.is_empty() {
        return estimate_text(bill.estimate, sources, style);
    }
    let mut text = trouble(bill.estimate, sources, style);
    if let Some(change) = bill.change {
        text += &change_text(change, style);
        text.push('\n');
    }
    if !bill.alternatives.is_empty() {
        text += &what_if_text(bill.alternatives, &bill.estimate.currency, style);
        text.push('\n');
    }
    let _ = writeln!(text, "{}", total_text(bill.estimate, style));
    text
}
