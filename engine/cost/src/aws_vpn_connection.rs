//! Site-to-site VPN connections: hours. <https://aws.amazon.com/vpn/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

const CONNECTION: Rate = Rate::new("AmazonVPC", "VPN-Usage-Hours:ipsec.1", "Hrs");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("connection", &CONNECTION, Quantity::fixed(HOURS));
}
