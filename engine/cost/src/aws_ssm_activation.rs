//! Machines outside AWS that Systems Manager manages: the advanced tier is billed by the hour.
//! <https://aws.amazon.com/systems-manager/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::HOURS;

const INSTANCES: Rate = Rate::new("AWSSystemsManager", "MI-AdvInstances-Hrs", "Hrs");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    if bill.word("ssm.instance_tier") != Some("standard") {
        bill.line(
            "on-prem managed instances (advanced)",
            &INSTANCES,
            bill.assume("ssm.instances").times(HOURS),
        );
    }
}
