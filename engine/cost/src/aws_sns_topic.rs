//! Topics: messages published. <https://aws.amazon.com/sns/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

const REQUESTS: Rate = Rate::new("AmazonSNS", "Requests-Tier1", "Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    if matches!(bill.attr::<bool>("fifo_topic"), Attr::Known(true, _)) {
        return bill.unsupported("FIFO topics are not priced");
    }
    bill.line("messages published", &REQUESTS, bill.assume("sns.requests_month"));
}
