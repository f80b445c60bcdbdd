//! Composite alarms. <https://aws.amazon.com/cloudwatch/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const ALARM: Rate = Rate::new("AmazonCloudWatch", "CW:CompositeAlarmMonitorUsage", "Alarms");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("composite alarm", &ALARM, Quantity::fixed(1));
}
