//! Queues: requests, each 64 KB one. <https://aws.amazon.com/sqs/pricing/>

use crate::aws_apigatewayv2_api::steps;
use crate::bill::{Bill, Rate};

const STANDARD: Rate = Rate::new("AWSQueueService", "Requests-RBP", "Requests");
const FIFO: Rate = Rate::new("AWSQueueService", "Requests-FIFO-RBP", "Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let rate = if bill.is("fifo_queue") { &FIFO } else { &STANDARD };
    let size = bill.assume("sqs.message_kb").map(|kb| steps(kb, 64));
    bill.line("requests", rate, bill.assume("sqs.requests_month").by(&size));
}
