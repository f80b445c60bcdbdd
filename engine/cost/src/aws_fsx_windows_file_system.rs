//! File systems of `FSx`: what is provisioned of storage, throughput and operations; backups.
//! <https://aws.amazon.com/fsx/pricing/>

use crate::bill::{Bill, Rate, decimal};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;

/// Operations a second that each GB of SSD has without charge.
const IOPS_A_GB: i64 = 3;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let system = if bill.resource.address.ty.contains("windows") { "Windows" } else { "OpenZFS" };
    let Some(deployed) = bill.choice("deployment_type", "SINGLE_AZ_1") else { return };
    let Some(media) = bill.choice("storage_type", "SSD") else { return };
    let zones = if deployed.starts_with("MULTI_AZ") { "MAZ" } else { "SAZ" };
    let rate = |what: String, unit| Rate::of("AmazonFSx", format!("{what}|{system}"), unit);
    match bill.number("throughput_capacity") {
        Some(mbps) => {
            let rate = rate(format!("ThroughputCapacity:{zones}"), "MBps-Mo");
            bill.line("throughput capacity", &rate, Quantity::fixed(mbps));
        }
        None => bill.unsupported("`throughput_capacity` is not known yet"),
    }
    let size = bill.number("storage_capacity");
    let asked =
        bill.block("disk_iops_configuration").and_then(|block| decimal(field(block, "iops")));
    if let (Some(gb), Some(asked)) = (size, asked) {
        let beyond = asked - gb * Decimal::from(IOPS_A_GB);
        if beyond > Decimal::ZERO {
            let iops = Quantity::fixed(beyond).because("beyond three for each GB");
            bill.line(
                "provisioned IOPS",
                &rate(format!("ProvisionedIOPS:{zones}"), "IOPS-Mo"),
                iops,
            );
        }
    }
    match size {
        // What is provisioned is paid, compressed or not.
        Some(gb) => {
            let rate = rate(format!("Storage:{media}:{zones}"), "GB-Mo");
            bill.line(format!("{media} storage"), &rate, Quantity::fixed(gb));
        }
        None => bill.unsupported("`storage_capacity` follows from the backup that it is made from"),
    }
    bill.used("backup storage", &rate("BackupUsage".into(), "GB-Mo"), "fsx.backup_stored_gb");
}
