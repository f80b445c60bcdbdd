//! File systems: what they hold in the Standard class. <https://aws.amazon.com/efs/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

const STORED: Rate = Rate::new("AmazonEFS", "TimedStorage-ByteHrs", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    if !bill.attr::<&str>("availability_zone_name").is_null() {
        return bill.unsupported("One Zone storage is not priced");
    }
    if matches!(bill.attr::<&str>("throughput_mode"), Attr::Known("provisioned", _)) {
        bill.unsupported("provisioned throughput is not priced");
    }
    bill.line("files kept (Standard)", &STORED, bill.assume("efs.stored_gb"));
}
