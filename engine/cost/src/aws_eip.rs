//! Elastic addresses. Every public IPv4 address is billed by the hour since February 2024, used or idle.
//! <https://aws.amazon.com/vpc/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, Eip};

pub(crate) const PUBLIC_IPV4: Rate = Rate::new("AmazonVPC", "PublicIPv4:InUseAddress", "Hrs");
const IDLE: Rate = Rate::new("AmazonVPC", "PublicIPv4:IdleAddress", "Hrs");

pub(crate) fn write<'a>(eip: &Eip<'a>, bill: &mut Bill<'_, 'a>) {
    if let Attr::Known(pool, _) = bill.attr::<&str>("public_ipv4_pool")
        && pool != "amazon"
    {
        return bill.note("an address of your own range (BYOIP): AWS does not bill it");
    }
    let stack = bill.model.stack();
    let user = stack
        .resources
        .iter()
        .filter(|resource| resource.address.mode == stack::Mode::Managed)
        .find(|resource| resource.edges.iter().any(|edge| edge.to == eip.id));
    let bound = !bill.attr::<&str>("instance").is_null()
        || !bill.attr::<&str>("network_interface").is_null();
    match user {
        Some(user) => {
            let hours = Quantity::derived(HOURS, format!("used by {}", user.address));
            bill.line("public IPv4 address", &PUBLIC_IPV4, hours);
        }
        None if bound => bill.line("public IPv4 address", &PUBLIC_IPV4, Quantity::fixed(HOURS)),
        None => {
            let hours = Quantity::derived(HOURS, "nothing in the stack uses it");
            bill.line("public IPv4 address, idle", &IDLE, hours);
        }
    }
}
