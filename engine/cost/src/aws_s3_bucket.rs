//! Buckets: what they hold in the Standard class, and requests. <https://aws.amazon.com/s3/pricing/>

use crate::bill::{Bill, Rate};

const STORED: Rate = Rate::new("AmazonS3", "TimedStorage-ByteHrs", "GB-Mo");
const WRITES: Rate = Rate::new("AmazonS3", "Requests-Tier1", "Requests");
const READS: Rate = Rate::new("AmazonS3", "Requests-Tier2", "Requests");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("objects kept (Standard)", &STORED, bill.assume("s3.stored_gb"));
    bill.line("requests that write or list", &WRITES, bill.assume("s3.write_requests_month"));
    bill.line("requests that read", &READS, bill.assume("s3.read_requests_month"));
}
