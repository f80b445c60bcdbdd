//! Brokers: hours by engine, class and deployment; storage. <https://aws.amazon.com/amazon-mq/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("host_instance_type") else {
        return bill.unsupported("`host_instance_type` is not known yet");
    };
    let Some(engine) = bill.choice("engine_type", "ActiveMQ") else { return };
    let Some(mode) = bill.choice("deployment_mode", "SINGLE_INSTANCE") else { return };
    let engine = if engine.eq_ignore_ascii_case("rabbitmq") { "RabbitMQ" } else { "ActiveMQ" };
    let deployed = match mode.to_uppercase().as_str() {
        "CLUSTER_MULTI_AZ" => "Cluster",
        "ACTIVE_STANDBY_MULTI_AZ" => "Multi-AZ",
        _ => "Single",
    };
    // The price of a cluster is that of its three brokers.
    let rate = Rate::of("AmazonMQ", format!("{deployed}:{class}|{engine}"), "Hrs");
    bill.line(format!("{engine} broker, {class}"), &rate, Quantity::fixed(HOURS));
    let ebs =
        engine == "RabbitMQ" || matches!(bill.attr::<&str>("storage_type"), Attr::Known("ebs", _));
    let kind = if ebs { "EBS" } else { "EFS" };
    let rate = Rate::of("AmazonMQ", format!("TimedStorage-ByteHrs|{kind}"), "GB-Mo");
    let brokers = if deployed == "Cluster" { 3 } else { 1 };
    bill.line(format!("storage, {kind}"), &rate, bill.assume("mq.storage_size_gb").times(brokers));
}
