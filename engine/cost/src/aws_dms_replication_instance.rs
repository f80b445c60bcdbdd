//! Replication instances: hours by class, storage beyond what the class has. <https://aws.amazon.com/dms/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::Attr;
use rust_decimal::Decimal;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("replication_instance_class") else {
        return bill.unsupported("`replication_instance_class` is not known yet");
    };
    let zones = if bill.is("multi_az") { "Multi-AZ" } else { "" };
    let hours = if zones.is_empty() { "InstanceUsg" } else { "Multi-AZUsg" };
    let rate = |usage, unit| Rate::of("AWSDatabaseMigrationSvc", usage, unit);
    bill.hours(format!("instance, {class}"), &rate(format!("{hours}:{class}"), "Hrs"));
    let included: Decimal = if class.starts_with("dms.t") { 50.into() } else { 100.into() };
    let beyond = bill.number("allocated_storage").unwrap_or_default() - included;
    if beyond > Decimal::ZERO {
        let gb =
            Quantity::fixed(beyond).because(format!("beyond {included} GB that the class has"));
        bill.line("storage", &rate(format!("{zones}StorageUsage"), "GB-Mo"), gb);
    }
}
