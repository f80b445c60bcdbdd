//! Search domains: data nodes, masters, warm nodes by the hour; storage. <https://aws.amazon.com/opensearch-service/pricing/>

use crate::bill::{Bill, Rate, decimal};
use crate::quantity::{HOURS, Quantity};
use model::field;
use rust_decimal::Decimal;
use stack::Value;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let cluster = bill.block("cluster_config");
    let text = |name| cluster.and_then(|it| field(it, name).as_str());
    let number = |name| cluster.and_then(|it| decimal(field(it, name)));
    let count = number("instance_count").unwrap_or(Decimal::ONE);
    let classed = cluster.map(|it| field(it, "instance_type"));
    if classed.is_some_and(Value::is_unknown) {
        return bill.unsupported("`instance_type` is not known yet");
    }
    let suffix = if bill.resource.address.ty == "aws_opensearch_domain" {
        "search"
    } else {
        "elasticsearch"
    };
    let class = text("instance_type").map_or_else(|| format!("m4.large.{suffix}"), str::to_owned);
    nodes("instances", &class, count, bill);
    storage(count, bill);
    let yes = |name| cluster.is_some_and(|it| field(it, name).as_bool() == Some(true));
    if yes("dedicated_master_enabled") {
        let class = text("dedicated_master_type").unwrap_or(&class).to_owned();
        nodes(
            "dedicated masters",
            &class,
            number("dedicated_master_count").unwrap_or(3.into()),
            bill,
        );
    }
    if yes("warm_enabled") {
        let class =
            text("warm_type").map_or_else(|| format!("ultrawarm1.medium.{suffix}"), str::to_owned);
        nodes("UltraWarm instances", &class, number("warm_count").unwrap_or(2.into()), bill);
    }
}

fn nodes(name: &str, class: &str, count: Decimal, bill: &mut Bill<'_, '_>) {
    let plain = class.trim_end_matches(".elasticsearch").trim_end_matches(".search");
    let rate = Rate::of("AmazonES", format!("ESInstance:{plain}"), "Hrs");
    bill.line(format!("{name}, {class}"), &rate, Quantity::fixed(count).times(HOURS));
}

/// Volumes of the data nodes; gp3 beyond 3 TB has more throughput included.
fn storage(count: Decimal, bill: &mut Bill<'_, '_>) {
    let volumes = bill.block("ebs_options");
    if volumes.is_some_and(|it| field(it, "ebs_enabled").as_bool() == Some(false)) {
        return;
    }
    let number = |name| volumes.and_then(|it| decimal(field(it, name)));
    let class = volumes.and_then(|it| field(it, "volume_type").as_str()).unwrap_or("gp2");
    let size = number("volume_size").unwrap_or(8.into());
    let rate = |what: &str, unit| Rate::of("AmazonES", format!("ES:{what}"), unit);
    let each = |amount: Decimal| Quantity::fixed(amount).times(count);
    let usage = match class {
        "gp3" => "GP3-Storage",
        "io1" => "PIOPS-Storage",
        "standard" => "Magnetic-Storage",
        _ => "GP2-Storage",
    };
    bill.line(format!("storage, {class}"), &rate(usage, "GB-Mo"), each(size));
    if class == "io1" {
        let iops = number("iops").unwrap_or(Decimal::ONE_THOUSAND);
        bill.line(format!("IOPS, {class}"), &rate("PIOPS", "IOPS-Mo"), each(iops));
    }
    if class == "gp3" {
        let steps =
            if size < 3000.into() { Decimal::ONE } else { (size / Decimal::from(3000)).ceil() };
        let (free_iops, free_throughput) = if size < 170.into() {
            (3000.into(), 125.into())
        } else {
            (Decimal::from(3000).max(size * Decimal::from(3)), Decimal::from(250) * steps)
        };
        let beyond =
            |name, free: Decimal| number(name).map(|it| it - free).filter(|it| *it > Decimal::ZERO);
        if let Some(iops) = beyond("iops", free_iops) {
            bill.line(format!("IOPS, {class}"), &rate("GP3-PIOPS", "IOPS-Mo"), each(iops));
        }
        if let Some(more) = beyond("throughput", free_throughput) {
            bill.line(
                format!("throughput, {class}"),
                &rate("GP3-Provisioned-Throughput", "MiBps-Mo"),
                each(more),
            );
        }
    }
}
