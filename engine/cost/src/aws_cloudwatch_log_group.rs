//! Log groups: what is written, and what is kept. <https://aws.amazon.com/cloudwatch/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, CloudwatchLogGroup};
use rust_decimal::Decimal;

const SCANNED: Rate = Rate::new("AmazonCloudWatch", "DataScanned-Bytes", "GB");
const STORED: Rate = Rate::new("AmazonCloudWatch", "TimedStorage-ByteHrs", "GB-Mo");

pub(crate) fn write<'a>(group: &CloudwatchLogGroup<'a>, bill: &mut Bill<'_, 'a>) {
    let class = match bill.attr::<&str>("log_group_class") {
        Attr::Known("INFREQUENT_ACCESS", _) => "DataProcessingIA-Bytes|PutLogEvents",
        Attr::Known("DELIVERY", _) => {
            return bill.unsupported("log class `DELIVERY` is billed by the service that writes");
        }
        _ => "DataProcessing-Bytes|PutLogEvents",
    };
    let written = bill.assume("logs.ingest_gb_month");
    bill.line("log events written", &Rate::new("AmazonCloudWatch", class, "GB"), written.clone());

    match bill.said("logs.stored_gb") {
        Some(stored) => bill.line("log events kept", &STORED, stored),
        None => bill.line("log events kept", &STORED, kept(group, &written, bill)),
    }
    bill.used("queries of Logs Insights", &SCANNED, "logs.scanned_gb_month");
}

/// In the steady state a group holds what was written during its retention, compressed.
fn kept<'a>(group: &CloudwatchLogGroup<'a>, written: &Quantity, bill: &Bill<'_, 'a>) -> Quantity {
    let age = || bill.assume("logs.age_months").amount;
    let (months, why) = match group.retention_in_days {
        Attr::Known(days, _) if days > 0 => (
            Decimal::from(days) * Decimal::from(24) / HOURS,
            format!("{days} days of what is written, compressed"),
        ),
        Attr::Known(..) | Attr::Null(_) => {
            (age(), format!("kept for ever: {} months of what is written, compressed", age()))
        }
        Attr::Unknown(_) => {
            (age(), format!("retention is not known yet: {} months, compressed", age()))
        }
    };
    let share = bill.assume("logs.compressed_share").amount;
    written.clone().times(months).times(share).because(why)
}
