//! Instances: hours, volumes, a public address. <https://aws.amazon.com/ec2/pricing/on-demand/>

use crate::aws_eip::PUBLIC_IPV4;
use crate::bill::{Bill, written};
use crate::machine::{Machine, Volumes, template};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, Subnet};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let own = Machine::of(bill.resource);
    let template = bill.block("launch_template").and_then(|block| template(block, bill));
    let base = template.map(Machine::of);
    let mut machine = base.map_or(own, |base| own.over(base));
    machine.spot |= bill.resource.address.ty == "aws_spot_instance_request";
    let one = Quantity::fixed(1);
    machine.lines("", &one, bill);
    if machine.class.is_none() {
        return;
    }
    let volumes = Volumes::of(bill.resource);
    let volumes = match template {
        Some(template) => volumes.over(Volumes::of_template(template)),
        None => volumes,
    };
    volumes.lines(&one, bill);
    public_address(bill);
}

fn public_address(bill: &mut Bill<'_, '_>) {
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
