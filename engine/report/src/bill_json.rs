//! The bill for machines: version 1 of the contract. Money is a decimal string.

use crate::Bill;
use cost::Estimate;
use cost::change::Change;
use cost::what_if::Alternative;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'b> {
    #[serde(flatten)]
    estimate: &'b Estimate,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<&'b Change>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'b [Alternative],
}

/// The whole document, ending in a line break.
pub fn bill_json(bill: &Bill<'_>) -> Result<String, serde_json::Error> {
    let document =
        Document { estimate: bill.estimate, diff: bill.change, what_if: bill.alternatives };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
