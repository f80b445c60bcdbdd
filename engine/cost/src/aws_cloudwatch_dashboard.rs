//! Dashboards. The three that each account has free are left to others. <https://aws.amazon.com/cloudwatch/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const DASHBOARD: Rate = Rate::new("AmazonCloudWatch", "DashboardsUsageHour", "Dashboards");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("dashboard", &DASHBOARD.at("global"), Quantity::fixed(1));
}
