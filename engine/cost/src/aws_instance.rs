//! Instances: hours as Linux, volumes, a public address. <https://aws.amazon.com/ec2/pricing/on-demand/>

use crate::aws_ebs_volume::block;
use crate::aws_eip::PUBLIC_IPV4;
use crate::bill::{Bill, Rate, written};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, Subnet};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_type") else {
        return bill.unsupported("`instance_type` is not known here");
    };
    if matches!(bill.attr::<&str>("tenancy"), Attr::Known("dedicated" | "host", _)) {
        return bill.unsupported("dedicated tenancy is not priced");
    }
    if written(bill.resource, "instance_market_options").elements().len() > 0 {
        return bill.unsupported("Spot instances are not priced");
    }
    let rate = Rate::of("AmazonEC2", format!("BoxUsage:{class}|RunInstances(Linux)"), "Hrs");
    let hours = Quantity::fixed(HOURS).because("as Linux: what it runs follows from its image");
    bill.line(format!("instance, {class}"), &rate, hours);

    let root = written(bill.resource, "root_block_device").elements().next();
    if root.and_then(|root| block("root volume", root, bill)).is_none() {
        bill.note("its root volume is left out: the size follows from its image");
    }
    for extra in written(bill.resource, "ebs_block_device").elements() {
        if block("volume", extra, bill).is_none() {
            bill.unsupported("the size of a volume is not known yet");
        }
    }
    let subnet = bill.model.target::<Subnet<'_>>(written(bill.resource, "subnet_id")).here();
    let address = match bill.attr::<bool>("associate_public_ip_address") {
        Attr::Known(true, _) => Some(Quantity::fixed(HOURS)),
        Attr::Known(false, _) => None,
        Attr::Null(_) | Attr::Unknown(_) => subnet
            .filter(|subnet| matches!(subnet.map_public_ip_on_launch, Attr::Known(true, _)))
            .map(|subnet| {
                Quantity::derived(HOURS, format!("{} gives one", subnet.resource.address))
            }),
    };
    if let Some(hours) = address {
        bill.line("public IPv4 address", &PUBLIC_IPV4, hours);
    }
}
