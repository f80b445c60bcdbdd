//! `DocumentDB` instances: hours by class; the cluster's storage and requests. <https://aws.amazon.com/documentdb/pricing/>

use crate::bill::{Bill, Rate};
use crate::vcpu::bursts;
use model::Attr;

const STORED: Rate = Rate::new("AmazonDocDB", "StorageUsage", "GB-Mo");
const REQUESTS: Rate = Rate::new("AmazonDocDB", "StorageIOUsage", "IOs");
const CREDITS: Rate = Rate::new("AmazonDocDB", "CPUCredits", "vCPU-Hours");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_class") else {
        return bill.unsupported("`instance_class` is not known yet");
    };
    let rate = Rate::of("AmazonDocDB", format!("InstanceUsage:{class}"), "Hrs");
    bill.hours(format!("database instance, {class}"), &rate);
    bill.used("storage", &STORED, "docdb.stored_gb");
    bill.used("I/O requests", &REQUESTS, "docdb.io_requests_month");
    if bursts(class) {
        bill.used("CPU credits", &CREDITS, "docdb.cpu_credit_hours_month");
    }
}
