//! Classic Load Balancers: hours, data, public addresses. <https://aws.amazon.com/elasticloadbalancing/pricing/>

use crate::aws_eip::PUBLIC_IPV4;
use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::Attr;

const BALANCER: Rate = Rate::new("AWSELB", "LoadBalancerUsage|LoadBalancing", "Hrs");
const DATA: Rate = Rate::new("AWSELB", "DataProcessing-Bytes|LoadBalancing", "GB");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    bill.line("load balancer", &BALANCER, Quantity::fixed(HOURS));
    bill.line("data processed", &DATA, bill.assume("elb.gb_month"));
    if matches!(bill.attr::<bool>("internal"), Attr::Known(true, _)) {
        return;
    }
    let places =
        ["subnets", "availability_zones"].map(|name| bill.attr::<Vec<Attr<'_, &str>>>(name));
    let addresses = match places.iter().find_map(Attr::known) {
        Some(places) => Quantity::derived(places.len(), "one for each subnet that it stands in"),
        None => bill.assume("lb.zones").because("its subnets are not known yet"),
    };
    bill.line("public IPv4 addresses", &PUBLIC_IPV4, addresses.times(HOURS));
}
