//! Resolver endpoints: their network interfaces, and queries. <https://aws.amazon.com/route53/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::{HOURS, Quantity};

const INTERFACE: Rate = Rate::new("AmazonRoute53", "ResolverNetworkInterface", "Hrs");
const QUERIES: Rate = Rate::new("AmazonRoute53", "ResolverQueries", "Queries");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let addresses = written(bill.resource, "ip_address");
    let count = if addresses.is_unknown() {
        bill.assume("endpoint.zones").because("its addresses are not known yet")
    } else {
        Quantity::derived(addresses.elements().len(), "one for each address")
    };
    bill.line("resolver endpoints", &INTERFACE, count.times(HOURS));
    bill.used("DNS queries", &QUERIES, "resolver.queries_month");
}
