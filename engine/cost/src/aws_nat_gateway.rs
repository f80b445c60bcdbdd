//! NAT gateways: hours, data processed, data out, and the address when the stack has no `aws_eip` for it.
//! <https://aws.amazon.com/vpc/pricing/>

use crate::aws_eip::PUBLIC_IPV4;
use crate::aws_lb::EGRESS;
use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, Eip, NatGateway, Target};

const GATEWAY: Rate = Rate::new("AmazonEC2", "NatGateway-Hours", "Hrs");
const DATA: Rate = Rate::new("AmazonEC2", "NatGateway-Bytes", "GB");

pub(crate) fn write<'a>(nat: &NatGateway<'a>, bill: &mut Bill<'_, 'a>) {
    bill.line("NAT gateway", &GATEWAY, Quantity::fixed(HOURS));
    bill.line("data processed", &DATA, bill.assume("nat.gb_month"));
    if matches!(nat.connectivity_type, Attr::Known("private", _)) {
        return;
    }
    bill.line("data out to the Internet", &EGRESS, bill.assume("nat.egress_gb_month"));
    match bill.model.of::<Eip<'_>, _>(&nat.allocation_id) {
        Target::Here(eip) => {
            bill.note(format!("its public IPv4 address is billed as {}", eip.resource.address));
        }
        Target::Elsewhere(_) => bill.note("its public IPv4 address is billed where it was made"),
        Target::Unknown(_) | Target::Nothing(_) => {
            let hours = Quantity::derived(HOURS, "a public NAT gateway has one");
            bill.line("public IPv4 address", &PUBLIC_IPV4, hours);
        }
    }
}
