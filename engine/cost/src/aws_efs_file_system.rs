//! File systems: what they hold, in one zone or several, often or rarely read. <https://aws.amazon.com/efs/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::Attr;

const READ: Rate = Rate::new("AmazonEFS", "IADataAccess-Read-Bytes", "GB");
const WRITTEN: Rate = Rate::new("AmazonEFS", "IADataAccess-Write-Bytes", "GB");
const THROUGHPUT: Rate = Rate::new("AmazonEFS", "ProvisionedTP-MiBpsHrs", "MiBps-Mo");
/// GB kept that bring one MiB/s of throughput with them.
const GB_FOR_ONE: i64 = 20;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let one = !bill.attr::<&str>("availability_zone_name").is_null();
    let (zones, label) = if one { ("-Z", "One Zone") } else { ("", "Standard") };
    let rate = |usage: &str| Rate::of("AmazonEFS", format!("{usage}{zones}-ByteHrs"), "GB-Mo");
    let stored = bill.assume("efs.stored_gb");
    bill.line(format!("files kept ({label})"), &rate("TimedStorage"), stored.clone());
    if matches!(bill.attr::<&str>("throughput_mode"), Attr::Known("provisioned", _)) {
        let asked = bill.number("provisioned_throughput_in_mibps").unwrap_or_default();
        let beyond =
            stored.map(|gb| (asked - gb / rust_decimal::Decimal::from(GB_FOR_ONE)).max(0.into()));
        let beyond = Quantity { basis: crate::quantity::Basis::Fixed, assumption: None, ..beyond };
        bill.line(
            "provisioned throughput",
            &THROUGHPUT,
            beyond.because("beyond what the files bring with them"),
        );
    }
    if bill.has("lifecycle_policy") || bill.says("efs.ia_") {
        bill.used(
            format!("files kept ({label}, infrequent access)"),
            &rate("IATimedStorage"),
            "efs.ia_stored_gb",
        );
        bill.used("reads of infrequent access", &READ, "efs.ia_read_gb_month");
        bill.used("writes of infrequent access", &WRITTEN, "efs.ia_write_gb_month");
    }
}
