//! Kafka clusters: brokers by class and hour, their storage. <https://aws.amazon.com/msk/pricing/>

use crate::autoscaling;
use crate::bill::{Bill, Rate, decimal};
use crate::quantity::HOURS;
use model::field;
use stack::Value;

const STORED: Rate = Rate::new("AmazonMSK", "Kafka.Storage.GP2", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let brokers = bill.count("number_of_broker_nodes", 0, "resource.instances");
    let Some(info) = bill.block("broker_node_group_info") else {
        return bill.unsupported("its brokers are not known yet");
    };
    let Some(class) = field(info, "instance_type").as_str() else {
        return bill.unsupported("`instance_type` of its brokers is not known yet");
    };
    let rate = Rate::of("AmazonMSK", class.replacen("kafka.", "Kafka.", 1), "Hrs");
    bill.line(format!("brokers, {class}"), &rate, brokers.clone().times(HOURS));
    let target = autoscaling::target(bill, "", "arn", "kafka:broker-storage:VolumeSize");
    if let Some(target) = target {
        let each = autoscaling::kept(target, bill);
        return bill.line("storage", &STORED, each.by(&brokers));
    }
    let nested =
        field(info, "storage_info").elements().next().and_then(|it| first(it, "ebs_storage_info"));
    let size = nested
        .map(|it| field(it, "volume_size"))
        .or(Some(field(info, "ebs_volume_size")))
        .and_then(decimal);
    match size {
        Some(gb) => bill.line("storage", &STORED, brokers.times(gb)),
        None => bill.unsupported("the size of its storage is not known yet"),
    }
}

fn first<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    field(value, name).elements().next()
}
