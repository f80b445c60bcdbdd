//! Data that leaves or crosses regions without a resource that it is of: `aws_data_transfer.NAME` of a usage file.
//! <https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer>

use crate::assumption::Assumption;
use crate::bill::Line;
use crate::price::PriceKey;
use crate::quantity::Quantity;
use crate::usage::{Usage, type_of};
use stack::Str;

/// The type by which usage files speak of it. No provider has it.
pub(crate) const TYPE: &str = "aws_data_transfer";

/// What is called how, its usage type, its assumption, and how often a GB is billed.
const PARTS: [(&str, &str, &str, u32); 4] = [
    // Both zones pay.
    (
        "intra-region data transfer",
        "DataTransfer-Regional-Bytes",
        "transfer_out.intra_region_gb_month",
        2,
    ),
    (
        "outbound data transfer to Internet",
        "DataTransfer-Out-Bytes",
        "transfer_out.outbound_internet_gb_month",
        1,
    ),
    (
        "outbound data transfer to US East regions",
        "InterRegion-Out-Bytes(US East pair)",
        "transfer_out.outbound_us_east_to_us_east_gb_month",
        1,
    ),
    (
        "outbound data transfer to other regions",
        "InterRegion-Out-Bytes(other regions)",
        "transfer_out.outbound_other_regions_gb_month",
        1,
    ),
];

/// The names under which a usage speaks of it.
pub(crate) fn addresses(usage: &Usage) -> Vec<String> {
    usage.addresses().filter(|address| type_of(address) == TYPE).map(str::to_owned).collect()
}

/// The region that data leaves from, and the lines; `None` without a region.
pub(crate) fn lines(
    usage: &Usage,
    address: &str,
    default: Option<&str>,
) -> Option<(Str, Vec<Line>)> {
    let named = Assumption::find("transfer_out.region").and_then(|it| usage.word(address, it));
    let region = Str::from(named.or(default)?);
    let line = |(name, key, assumption, times): (&str, &str, &'static str, u32)| {
        let amount = usage.said(address, Assumption::find(assumption)?)?;
        let quantity = Quantity::between(amount, assumption).times(times);
        let key = PriceKey::new("AWSDataTransfer", region.clone(), key, "GB");
        Some(Line { name: name.to_owned(), key, quantity })
    };
    let lines = PARTS.into_iter().filter_map(line).collect();
    Some((region, lines))
}
