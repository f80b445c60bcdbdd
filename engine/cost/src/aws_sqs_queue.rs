//! Queues: requests. <https://aws.amazon.com/sqs/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

const STANDARD: Rate = Rate::new("AWSQueueService", "Requests-RBP", "Requests");
const FIFO: Rate = Rate::new("AWSQueueService", "Requests-FIFO-RBP", "Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let fifo = matches!(bill.attr::<bool>("fifo_queue"), Attr::Known(true, _));
    let rate = if fifo { &FIFO } else { &STANDARD };
    bill.line("requests", rate, bill.assume("sqs.requests_month"));
}
