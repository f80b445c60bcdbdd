//! Attachments to a transit gateway: hours and data. <https://aws.amazon.com/transit-gateway/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

const ATTACHMENT: Rate = Rate::new("AmazonVPC", "TransitGateway-Hours", "Hrs");
const DATA: Rate = Rate::new("AmazonVPC", "TransitGateway-Bytes", "GB");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("attachment", &ATTACHMENT, Quantity::fixed(HOURS));
    bill.line("data processed", &DATA, bill.assume("transit.gb_month"));
}
