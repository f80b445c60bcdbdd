//! Customer keys, multi-Region replicas among them. <https://aws.amazon.com/kms/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const KEY: Rate = Rate::new("awskms", "KMS-Keys", "Keys");
const REQUESTS: Rate = Rate::new("awskms", "KMS-Requests", "Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("key", &KEY, Quantity::fixed(1));
    bill.line("requests", &REQUESTS, bill.assume("kms.requests_month"));
}
