//! Aurora clusters: storage and requests, backups, backtracking, capacity of the first Serverless.
//! <https://aws.amazon.com/rds/aurora/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, field};
use rust_decimal::Decimal;

const REQUESTS: Rate = Rate::new("AmazonRDS", "Aurora:StorageIOUsage", "IOs");
const BACKUP: Rate = Rate::new("AmazonRDS", "Aurora:BackupUsage", "GB-Mo");
const BACKTRACK: Rate = Rate::new("AmazonRDS", "Aurora:BacktrackUsage", "CR-Hr");
const EXPORT: Rate = Rate::new("AmazonRDS", "Aurora:SnapshotExportToS3", "GB");
const SERVERLESS: Rate = Rate::new("AmazonRDS", "Aurora:ServerlessUsage", "ACU-Hr");
const SECONDS: i64 = 3600;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(engine) = bill.choice("engine", "aurora") else { return };
    if !engine.starts_with("aurora") {
        return bill.unsupported(format!("clusters of `{engine}` are not priced"));
    }
    let Some(mode) = bill.choice("engine_mode", "provisioned") else { return };
    if mode == "serverless" {
        bill.line("Aurora serverless", &SERVERLESS, first_serverless(bill).times(HOURS));
    }
    let optimized = matches!(bill.attr::<&str>("storage_type"), Attr::Known("aurora-iopt1", _));
    let usage = if optimized { "Aurora:IO-OptimizedStorageUsage" } else { "Aurora:StorageUsage" };
    bill.used("storage", &Rate::new("AmazonRDS", usage, "GB-Mo"), "aurora.stored_gb");
    if !optimized {
        let reads = bill.assume("aurora.read_requests_per_sec");
        let requests = reads.plus(&bill.assume("aurora.write_requests_per_sec"));
        bill.line("I/O requests", &REQUESTS, requests.times(HOURS).times(SECONDS));
    }
    let days = bill.attr::<i64>("backup_retention_period").known().copied().unwrap_or(1);
    if days > 1 {
        let each = bill.assume("aurora.backup_snapshot_size_gb");
        let kept = each.times(days - 1).because("one a day, the first is free");
        bill.line("backup storage", &BACKUP, kept);
    }
    if mode != "serverless" && !engine.contains("postgresql") {
        let window = match bill.number("backtrack_window") {
            Some(seconds) if !seconds.is_zero() => Some(seconds / Decimal::from(SECONDS)),
            _ => None,
        };
        let hours = bill.said("aurora.backtrack_window_hours").or(window.map(Quantity::fixed));
        if let Some(hours) = hours {
            let records = bill.assume("aurora.average_statements_per_hr").times(HOURS);
            let records =
                records.by(&bill.assume("aurora.change_records_per_statement")).by(&hours);
            bill.line("backtrack", &BACKTRACK, records);
        }
    }
    bill.used("snapshot export", &EXPORT, "aurora.snapshot_export_size_gb");
}

/// Capacity units: what somebody says, or the least that it scales to, and at most its limit.
fn first_serverless(bill: &Bill<'_, '_>) -> Quantity {
    if let Some(said) = bill.said("aurora.capacity_units_per_hr") {
        return said;
    }
    let bound = |name| {
        bill.block("scaling_configuration").map(|it| field(it, name)).and_then(crate::bill::decimal)
    };
    let least = bound("min_capacity").unwrap_or(Decimal::ONE);
    Quantity::fixed(least)
        .at_most(bound("max_capacity").unwrap_or(16.into()).max(least))
        .because("its least capacity")
}
