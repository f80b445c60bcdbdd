//! Hosted zones, those of service discovery among them. <https://aws.amazon.com/route53/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const ZONE: Rate = Rate::new("AmazonRoute53", "HostedZone", "HostedZone");
const QUERIES: Rate = Rate::new("AmazonRoute53", "DNS-Queries", "Queries");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("hosted zone", &ZONE.at("global"), Quantity::fixed(1));
    bill.line("DNS queries", &QUERIES.at("global"), bill.assume("dns.queries_month"));
}
