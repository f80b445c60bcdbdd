//! The bill for machines: version 1 of the contract. Money is a decimal string.

use cost::Estimate;

/// The whole document, ending in a line break.
pub fn estimate_json(estimate: &Estimate) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(estimate).map(|text| text + "\n")
}
