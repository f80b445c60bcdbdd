//! Image repositories: what they hold. <https://aws.amazon.com/ecr/pricing/>

use crate::bill::{Bill, Rate};

const STORED: Rate = Rate::new("AmazonECR", "TimedStorage-ByteHrs", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("images kept", &STORED, bill.assume("ecr.stored_gb"));
}
