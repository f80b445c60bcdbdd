//! Warehouses: nodes by class and hour, managed storage, scaling, scans, backups. <https://aws.amazon.com/redshift/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::HOURS;
use model::Attr;

const SCANNED: Rate = Rate::new("AmazonRedshift", "DataScanned", "TB");
const BACKUP: Rate = Rate::new("AmazonS3", "TimedStorage-ByteHrs", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("node_type") else {
        return bill.unsupported("`node_type` is not known yet");
    };
    let rate = |usage, unit| Rate::of("AmazonRedshift", usage, unit);
    let nodes = bill.count("number_of_nodes", 1, "resource.instances");
    bill.line(format!("nodes, {class}"), &rate(format!("Node:{class}"), "Hrs"), nodes.times(HOURS));
    if class.starts_with("ra3") {
        bill.used(
            "managed storage",
            &rate("RMS:ra3".into(), "GB-Mo"),
            "redshift.managed_stored_gb",
        );
    }
    bill.used(
        "concurrency scaling",
        &rate(format!("CS:{class}"), "Seconds"),
        "redshift.excess_concurrency_scaling_secs",
    );
    bill.used("spectrum", &SCANNED, "redshift.spectrum_data_scanned_tb");
    // Backups are billed as S3's Standard class.
    bill.used("backup storage", &BACKUP, "redshift.backup_stored_gb");
}
