//! Streams: shards by the hour, or by the stream and what passes. <https://aws.amazon.com/kinesis/data-streams/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::HOURS;
use model::field;

/// What is called how, its usage type, its unit, its assumption.
type Part = (&'static str, &'static str, &'static str, &'static str);

const ON_DEMAND: [Part; 5] = [
    ("data ingested", "OnDemand-BilledIncomingBytes", "GB", "kinesis.on_demand_data_in_gb_month"),
    ("data retrieval", "OnDemand-BilledOutgoingBytes", "GB", "kinesis.on_demand_data_out_gb_month"),
    (
        "enhanced fan out (EFO) data retrieval",
        "OnDemand-BilledOutgoingEFOBytes",
        "GB",
        "kinesis.on_demand_efo_data_out_gb_month",
    ),
    (
        "extended retention (24H to 7D)",
        "OnDemand-ExtendedRetention-ByteHrs",
        "GB-Mo",
        "kinesis.on_demand_extended_retention_gb_month",
    ),
    (
        "long term retention (7D+)",
        "OnDemand-LongTermRetention-ByteHrs",
        "GB-Mo",
        "kinesis.on_demand_long_term_retention_gb_month",
    ),
];
const PROVISIONED: [Part; 6] = [
    (
        "put request unit",
        "PutRequestPayloadUnits",
        "PutRequest",
        "kinesis.provisioned_put_units_month",
    ),
    (
        "extended retention (24H to 7D)",
        "Extended-ShardHour",
        "ShardHour",
        "kinesis.provisioned_extended_retention_gb_month",
    ),
    (
        "long term retention (7D+)",
        "LongTermRetention-ByteHrs",
        "GB-Mo",
        "kinesis.provisioned_long_term_retention_gb_month",
    ),
    (
        "extended retention retrieval (7D+)",
        "LongTermRetrieval-Bytes",
        "GB",
        "kinesis.provisioned_long_term_retrieval_gb_month",
    ),
    (
        "enhanced fan out (EFO) data retrieval",
        "ReadBytes",
        "GB",
        "kinesis.provisioned_efo_data_out_gb_month",
    ),
    (
        "enhanced fan out (EFO)",
        "EnhancedFanoutHour",
        "ConsumerShardHour",
        "kinesis.provisioned_efo_consumer_hours_month",
    ),
];

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let rate = |usage, unit| Rate::new("AmazonKinesis", usage, unit);
    let mode =
        bill.block("stream_mode_details").and_then(|block| field(block, "stream_mode").as_str());
    let parts: &[Part] = if mode == Some("ON_DEMAND") {
        bill.hours("stream", &rate("OnDemand-StreamHour", "StreamHr"));
        &ON_DEMAND
    } else {
        let shards = bill.count("shard_count", 1, "resource.instances");
        bill.line("shards", &rate("Storage-ShardHour", "ShardHour"), shards.times(HOURS));
        &PROVISIONED
    };
    for (name, usage, unit, assumption) in parts {
        bill.used(*name, &rate(usage, unit), assumption);
    }
}
