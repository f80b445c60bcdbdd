//! Neptune instances: hours by class, or capacity units. <https://aws.amazon.com/neptune/pricing/>

use crate::bill::{Bill, Rate};
use crate::vcpu::bursts;
use model::Attr;

const CREDITS: Rate = Rate::new("AmazonNeptune", "CPUCredits", "vCPU-Hours");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_class") else {
        return bill.unsupported("`instance_class` is not known yet");
    };
    if class == "db.serverless" {
        return bill.unsupported("serverless capacity of Neptune is not priced");
    }
    let rate = Rate::of("AmazonNeptune", format!("InstanceUsage:{class}"), "Hrs");
    bill.hours(format!("database instance, {class}"), &rate);
    if bursts(class) {
        bill.used("CPU credits", &CREDITS, "neptune.cpu_credit_hours_month");
    }
}
