//! Volumes: size, and what is provisioned beyond the class. <https://aws.amazon.com/ebs/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;
use stack::Value;

const REQUESTS: Rate = Rate::new("AmazonEC2", "EBS:VolumeIOUsage", "IOs");
/// Operations a second and MiB a second that a gp3 volume has without charge.
const GP3_INCLUDED: (i64, i64) = (3000, 125);

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let parts = ["type", "size", "iops", "throughput"].map(|name| written(bill.resource, name));
    volume("volume", parts, bill);
}

/// The lines of a volume block of an instance: `volume_type`, `volume_size` and so on. `None` when it names no size.
pub(crate) fn block(name: &str, block: &Value, bill: &mut Bill<'_, '_>) -> Option<()> {
    let parts = ["volume_type", "volume_size", "iops", "throughput"].map(|name| field(block, name));
    parts.get(1).filter(|size| decimal(size).is_some())?;
    volume(name, parts, bill);
    Some(())
}

fn volume(name: &str, [class, size, iops, throughput]: [&Value; 4], bill: &mut Bill<'_, '_>) {
    let Some(size) = decimal(size) else {
        return bill.unsupported(format!("the size of its {name} is not known yet"));
    };
    let (class, why) = match class.as_str() {
        Some(class) => (class, None),
        None => ("gp2", Some("no type is set: AWS takes gp2")),
    };
    let suffix = match class {
        "gp2" | "gp3" | "io2" | "st1" | "sc1" => format!(".{class}"),
        "io1" => ".piops".to_owned(),
        "standard" => String::new(),
        other => return bill.unsupported(format!("there is no volume type `{other}`")),
    };
    let rate = |what: &str| Rate::of("AmazonEC2", format!("EBS:{what}{suffix}"), "");
    let mut gib = Quantity::fixed(size);
    if let Some(why) = why {
        gib = gib.because(why);
    }
    bill.line(format!("{name}, {class}"), &rate("VolumeUsage"), gib);
    let (free_iops, free_throughput) = if class == "gp3" { GP3_INCLUDED } else { (0, 0) };
    let beyond = |value: &Value, free: i64| {
        decimal(value)
            .map(|amount| amount.saturating_sub(free.into()))
            .filter(|n| *n > Decimal::ZERO)
    };
    if let Some(iops) = beyond(iops, free_iops).filter(|_| matches!(class, "gp3" | "io1" | "io2")) {
        bill.line(format!("IOPS of the {name}"), &rate("VolumeP-IOPS"), Quantity::fixed(iops));
    }
    if let Some(more) = beyond(throughput, free_throughput).filter(|_| class == "gp3") {
        let gibps = Quantity::fixed(more / Decimal::from(1024));
        bill.line(format!("throughput of the {name}"), &rate("VolumeP-Throughput"), gibps);
    }
    if class == "standard" {
        bill.used(
            format!("requests of the {name}"),
            &REQUESTS,
            "volume.standard_io_requests_month",
        );
    }
}
