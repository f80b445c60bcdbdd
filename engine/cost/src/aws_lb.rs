//! Load balancers: hours, capacity units, public addresses, data out.
//! <https://aws.amazon.com/elasticloadbalancing/pricing/>

use crate::aws_eip::PUBLIC_IPV4;
use crate::bill::{Bill, Rate};
use crate::capacity;
use crate::quantity::{HOURS, Quantity};
use model::{Attr, Lb, SubnetMapping};

pub(crate) const EGRESS: Rate = Rate::new("AWSDataTransfer", "DataTransfer-Out-Bytes", "GB");

pub(crate) fn write<'a>(lb: &Lb<'a>, bill: &mut Bill<'_, 'a>) {
    let kind = match &lb.load_balancer_type {
        Attr::Known("application", _) | Attr::Null(_) => "Application",
        Attr::Known("network", _) => "Network",
        Attr::Known("gateway", _) => "Gateway",
        Attr::Known(other, _) => {
            return bill.unsupported(format!("there is no load balancer type `{other}`"));
        }
        Attr::Unknown(_) => return bill.unsupported("`load_balancer_type` is not known yet"),
    };
    let rate = |usage, unit| Rate::of("AWSELB", format!("{usage}|LoadBalancing:{kind}"), unit);
    bill.line("load balancer", &rate("LoadBalancerUsage", "Hrs"), Quantity::fixed(HOURS));
    let units = capacity::units(kind, lb, bill).times(HOURS);
    bill.line("capacity units (LCU)", &rate("LCUUsage", "LCU-Hrs"), units);

    match bill.attr::<bool>("internal") {
        Attr::Known(true, _) => return,
        Attr::Unknown(_) => bill.note("`internal` is not known yet: billed as facing the Internet"),
        Attr::Known(false, _) | Attr::Null(_) => {}
    }
    if kind == "Gateway" {
        return;
    }
    if !matches!(bill.attr("ip_address_type"), Attr::Known("dualstack-without-public-ipv4", _)) {
        let addresses = addresses(lb, bill).times(HOURS);
        bill.line("public IPv4 addresses", &PUBLIC_IPV4, addresses);
    }
    bill.line("data out to the Internet", &EGRESS, bill.assume("lb.egress_gb_month"));
}

/// At least one address for each subnet. Elastic addresses of a mapping are billed as `aws_eip`.
fn addresses(lb: &Lb<'_>, bill: &Bill<'_, '_>) -> Quantity {
    let mapped = lb.subnet_mapping.elements();
    if !mapped.is_empty() {
        let own = |mapping: &&Attr<'_, SubnetMapping<'_>>| {
            let elastic = mapping.known().map(|mapping| mapping.allocation_id);
            matches!(elastic, None | Some(Attr::Null(_) | Attr::Known("", _)))
        };
        let count = mapped.iter().filter(own).count();
        return Quantity::derived(count, "one for each subnet without an elastic address");
    }
    match &lb.subnets {
        Attr::Known(subnets, _) => {
            Quantity::derived(subnets.len(), "one for each subnet that it stands in")
        }
        Attr::Null(_) | Attr::Unknown(_) => {
            bill.assume("lb.zones").because("its subnets are not known yet")
        }
    }
}
