//! Records: queries by routing, once somebody speaks of them. Aliases of AWS resources cost nothing.
//! <https://aws.amazon.com/route53/pricing/>

use crate::bill::{Bill, Rate};

/// What is called how, its usage type, its assumption.
const QUERIES: [(&str, &str, &str); 3] = [
    ("standard queries", "DNS-Queries", "dns.standard_queries_month"),
    ("latency based routing queries", "LBR-Queries", "dns.latency_based_queries_month"),
    ("geo DNS queries", "Geo-Queries", "dns.geo_queries_month"),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    if bill.has("alias") {
        return;
    }
    for (name, usage, assumption) in QUERIES {
        if bill.says(assumption) {
            bill.used(name, &Rate::new("AmazonRoute53", usage, "Queries").at("global"), assumption);
        }
    }
}
