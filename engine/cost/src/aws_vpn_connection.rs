//! Site-to-site VPN connections: hours, and the transit gateway's when they end there. <https://aws.amazon.com/vpn/pricing/>

use crate::bill::{Bill, Rate, written};

const CONNECTION: Rate = Rate::new("AmazonVPC", "VPN-Usage-Hours:ipsec.1", "Hrs");
const ATTACHMENT: Rate = Rate::new("AmazonVPC", "TransitGateway-Hours", "Hrs");
const DATA: Rate = Rate::new("AmazonVPC", "TransitGateway-Bytes", "GB");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.hours("connection", &CONNECTION);
    if !written(bill.resource, "transit_gateway_id").is_null() {
        bill.hours("transit gateway attachment", &ATTACHMENT);
        bill.used("data processed", &DATA, "transit.gb_month");
    }
}
