//! Alarms: each metric that one watches. <https://aws.amazon.com/cloudwatch/pricing/>

use crate::bill::{Bill, Rate, written};
use crate::quantity::Quantity;
use model::{Attr, field};

pub(crate) const ALARM: Rate = Rate::new("AmazonCloudWatch", "CW:AlarmMonitorUsage", "Alarms");
const HIGH_RESOLUTION: Rate =
    Rate::new("AmazonCloudWatch", "CW:HighResAlarmMonitorUsage", "Alarms");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let queries = written(bill.resource, "metric_query");
    if queries.is_unknown() {
        return bill.unsupported("`metric_query` is not known yet");
    }
    let metrics = || queries.elements().flat_map(|query| field(query, "metric").elements());
    let count = metrics().count().max(1);
    // A band has an upper and a lower metric besides the one that is watched.
    let band = matches!(bill.attr::<&str>("threshold_metric_id"), Attr::Known(..));
    let quantity = match (band, count) {
        (true, n) => Quantity::fixed(3 * n).because("an anomaly band counts as three metrics"),
        (false, 1) => Quantity::fixed(1),
        (false, n) => Quantity::fixed(n).because("each metric of its expression counts"),
    };
    let period = bill.attr::<i64>("period").known().copied();
    let periods = metrics().filter_map(|metric| field(metric, "period").as_i64()).chain(period);
    let (name, rate) = match periods.min() {
        Some(seconds) if seconds < 60 => ("high-resolution alarm metrics", &HIGH_RESOLUTION),
        _ => ("alarm metrics", &ALARM),
    };
    bill.line(name, rate, quantity);
}
