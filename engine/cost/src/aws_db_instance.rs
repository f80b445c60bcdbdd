//! Databases: hours by engine and class, storage. <https://aws.amazon.com/rds/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::{HOURS, Quantity};
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_class") else {
        return bill.unsupported("`instance_class` is not known yet");
    };
    let engine = match bill.attr::<&str>("engine") {
        Attr::Known("postgres", _) => "PostgreSQL",
        Attr::Known("mysql", _) => "MySQL",
        Attr::Known("mariadb", _) => "MariaDB",
        Attr::Known(other, _) => {
            return bill.unsupported(format!("engine `{other}` is not priced"));
        }
        Attr::Null(_) | Attr::Unknown(_) => {
            return bill.unsupported(
                "its engine follows from the database or snapshot that it is made from",
            );
        }
    };
    let multi = match bill.attr::<bool>("multi_az") {
        Attr::Known(multi, _) => multi,
        Attr::Null(_) => false,
        Attr::Unknown(_) => return bill.unsupported("`multi_az` is not known yet"),
    };
    let usage = if multi { "Multi-AZUsage" } else { "InstanceUsage" };
    let rate = Rate::of("AmazonRDS", format!("{usage}:{class}|{engine}"), "Hrs");
    let zones = if multi { ", two zones" } else { "" };
    bill.line(format!("{engine} {class}{zones}"), &rate, Quantity::fixed(HOURS));
    storage(multi, bill);
}

fn storage(multi: bool, bill: &mut Bill<'_, '_>) {
    let Some(size) = decimal(written(bill.resource, "allocated_storage")) else {
        return bill.note("its storage is left out: the size follows from what it is made from");
    };
    let provisioned = !written(bill.resource, "iops").is_null();
    let zones = if multi { "Multi-AZ-" } else { "" };
    let class = match bill.attr::<&str>("storage_type") {
        Attr::Known("gp3", _) => "GP3-Storage",
        Attr::Known("gp2", _) => "GP2-Storage",
        Attr::Null(_) if !provisioned => "GP2-Storage",
        Attr::Known("io1", _) | Attr::Null(_) => "PIOPS-Storage",
        Attr::Known(other, _) => {
            return bill.unsupported(format!("storage type `{other}` is not priced"));
        }
        Attr::Unknown(_) => return bill.unsupported("`storage_type` is not known yet"),
    };
    let rate = Rate::of("AmazonRDS", format!("RDS:{zones}{class}"), "GB-Mo");
    bill.line("storage", &rate, Quantity::fixed(size));
    if class == "PIOPS-Storage" {
        bill.unsupported("provisioned operations of its storage are not priced");
    }
}
