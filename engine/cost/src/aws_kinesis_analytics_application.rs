//! Stream applications: processing units by the hour, one more for orchestration, storage and backups under Flink.
//! <https://aws.amazon.com/managed-service-apache-flink/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

/// Storage that each processing unit runs with, in GB.
const RUNNING: i64 = 50;
const STORED: Rate = Rate::new("AmazonKinesisAnalytics", "RunningApplicationStorage", "GB-Mo");
const BACKUP: Rate = Rate::new("AmazonKinesisAnalytics", "DurableApplicationBackups", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let flink =
        bill.attr::<&str>("runtime_environment").known().is_some_and(|it| it.starts_with("FLINK"));
    let usage = if flink { "KPU-Hour-Java" } else { "KPU-Hour" };
    let rate = Rate::of("AmazonKinesisAnalytics", usage.into(), "KPU-Hour");
    let units = bill.assume("kinesis_analytics.kinesis_processing_units");
    bill.line("processing (stream)", &rate, units.clone().times(HOURS));
    if !flink {
        return;
    }
    bill.line("processing (orchestration)", &rate, Quantity::fixed(HOURS));
    bill.line("running storage", &STORED, units.times(RUNNING).because("50 GB for each unit"));
    bill.used("backup", &BACKUP, "kinesis_analytics.durable_application_backup_gb");
}
