//! App Runner services: memory kept ready all month, processors while they answer. <https://aws.amazon.com/apprunner/pricing/>

use crate::bill::{Bill, Rate};
use crate::fargate::amount;
use crate::quantity::{HOURS, Quantity};
use model::field;
use rust_decimal::Decimal;

const MEMORY: Rate = Rate::new("AWSAppRunner", "AppRunner-Provisioned-GB-hours", "GB-Hours");
const PROCESSORS: Rate = Rate::new("AWSAppRunner", "AppRunner-vCPU-hours", "vCPU-Hours");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let size = |name, unit| {
        let block = bill.block("instance_configuration")?;
        amount(field(block, name).as_str()?, unit)
    };
    let memory = size("memory", "gb").unwrap_or(Decimal::TWO);
    let processors = size("cpu", "vcpu").unwrap_or(Decimal::ONE);
    let ready = Quantity::fixed(memory).times(HOURS).because("one instance at the least");
    bill.line("memory kept ready", &MEMORY, ready);
    let active = bill.assume("apprunner.active_hours_month").times(processors);
    bill.line("processors while active", &PROCESSORS, active);
}
