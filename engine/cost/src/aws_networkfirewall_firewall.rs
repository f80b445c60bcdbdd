//! Network firewalls: an endpoint in each subnet, and what passes.
//! <https://aws.amazon.com/network-firewall/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::{HOURS, Quantity};

const ENDPOINT: Rate = Rate::new("AWSNetworkFirewall", "Endpoint-Hours", "Hrs");
const DATA: Rate = Rate::new("AWSNetworkFirewall", "Traffic-GB-Processed", "GB");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let subnets = written(bill.resource, "subnet_mapping");
    let endpoints = if subnets.is_unknown() {
        bill.assume("endpoint.zones").because("its subnets are not known yet")
    } else {
        Quantity::derived(subnets.elements().len().max(1), "one for each subnet")
    };
    bill.line("network firewall endpoint", &ENDPOINT, endpoints.times(HOURS));
    bill.used("data processed", &DATA, "firewall.data_processed_gb_month");
}
