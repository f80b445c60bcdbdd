//! Parameters: the standard tier is free. <https://aws.amazon.com/systems-manager/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

const STORED: Rate = Rate::new("AWSSystemsManager", "PS-Advanced-Param-Tier1", "Hrs");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(tier) = bill.choice("tier", "Standard") else { return };
    let advanced = !tier.eq_ignore_ascii_case("standard");
    if advanced {
        let hours = bill.said("ssm.parameter_storage_hours").unwrap_or(Quantity::fixed(HOURS));
        bill.line("parameter storage (advanced)", &STORED, hours);
    }
    let usage = match (bill.word("ssm.throughput_limit"), advanced) {
        (Some("higher"), _) => "PS-HigherThroughput-Request",
        (Some("advanced"), _) | (None, true) => "PS-Advanced-Request",
        _ => return,
    };
    bill.used(
        "API interactions",
        &Rate::new("AWSSystemsManager", usage, "Requests"),
        "ssm.api_interactions_month",
    );
}
