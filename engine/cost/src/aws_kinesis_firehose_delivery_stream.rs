//! Delivery streams: data ingested, converted, and delivered into a VPC.
//! <https://aws.amazon.com/firehose/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::field;
use stack::Value;

const INGESTED: Rate = Rate::new("AmazonKinesisFirehose", "BilledBytes", "GB");
const CONVERTED: Rate = Rate::new("AmazonKinesisFirehose", "BilledBytes-FormatConversion", "GB");
const INTO_VPC: Rate = Rate::new("AmazonKinesisFirehose", "BilledBytes-VPC", "GB");
const VPC_HOURS: Rate = Rate::new("AmazonKinesisFirehose", "VPCHours", "Hrs");

const DESTINATIONS: [&str; 3] = [
    "elasticsearch_configuration",
    "opensearch_configuration",
    "opensearchserverless_configuration",
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    const GB: &str = "firehose.data_ingested_gb_month";
    bill.used("data ingested", &INGESTED, GB);
    let first = |outer: Option<&'_ Value>, name: &str| {
        outer.map(|it| field(it, name)).and_then(|it| it.elements().next()).cloned()
    };
    let extended = bill.block("extended_s3_configuration");
    let conversion = first(extended, "data_format_conversion_configuration");
    if conversion.is_some_and(|it| field(&it, "enabled").as_bool() != Some(false)) {
        bill.used("format conversion", &CONVERTED, GB);
    }
    let vpc = DESTINATIONS.iter().find_map(|name| first(bill.block(name), "vpc_config"));
    if let Some(vpc) = vpc {
        bill.used("VPC data", &INTO_VPC, GB);
        let subnets = field(&vpc, "subnet_ids");
        let zones = if subnets.is_unknown() {
            bill.assume("endpoint.zones").because("its subnets are not known yet")
        } else {
            Quantity::derived(subnets.elements().len(), "one for each subnet that it delivers into")
        };
        bill.line("VPC AZ delivery", &VPC_HOURS, zones.times(HOURS));
    }
}
