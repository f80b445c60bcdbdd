//! VPC endpoints: interface endpoints by network interface and hour; gateway endpoints are free.
//! <https://aws.amazon.com/privatelink/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, VpcEndpoint, field};

const INTERFACE: Rate = Rate::new("AmazonVPC", "VpcEndpoint-Hours", "Hrs");
const INTERFACE_DATA: Rate = Rate::new("AmazonVPC", "VpcEndpoint-Bytes", "GB");
const GATEWAY_LB: Rate = Rate::new("AmazonVPC", "VpcEndpoint-GWLBE-Hours", "Hrs");
const GATEWAY_LB_DATA: Rate = Rate::new("AmazonVPC", "VpcEndpoint-GWLBE-Bytes", "GB");

pub(crate) fn write<'a>(endpoint: &VpcEndpoint<'a>, bill: &mut Bill<'_, 'a>) {
    let (hours, data) = match &endpoint.vpc_endpoint_type {
        Attr::Known("Gateway", _) | Attr::Null(_) => return,
        Attr::Known("Interface", _) => (INTERFACE, INTERFACE_DATA),
        Attr::Known("GatewayLoadBalancer", _) => (GATEWAY_LB, GATEWAY_LB_DATA),
        Attr::Known(other, _) => {
            return bill.unsupported(format!("banana has no prices for endpoint type `{other}`"));
        }
        Attr::Unknown(_) => return bill.unsupported("`vpc_endpoint_type` is not known yet"),
    };
    let interfaces = interfaces(endpoint, bill).times(HOURS);
    bill.line("endpoint network interfaces", &hours, interfaces);
    bill.line("data processed", &data, bill.assume("endpoint.gb_month"));
}

/// One network interface for each subnet: those written in place, and those of `aws_vpc_endpoint_subnet_association`.
fn interfaces(endpoint: &VpcEndpoint<'_>, bill: &Bill<'_, '_>) -> Quantity {
    let attached = bill
        .model
        .stack()
        .resources
        .iter()
        .filter(|resource| resource.address.ty == "aws_vpc_endpoint_subnet_association")
        .filter(|resource| {
            bill.model.refers(field(&resource.value, "vpc_endpoint_id")) == Some(endpoint.id)
        })
        .count();
    let written = match bill.attr::<Vec<Attr<'_, &str>>>("subnet_ids") {
        Attr::Known(subnets, _) => subnets.len(),
        Attr::Null(_) => 0,
        Attr::Unknown(_) => {
            return bill.assume("endpoint.zones").because("its subnets are not known yet");
        }
    };
    match written + attached {
        0 => bill.assume("endpoint.zones").because("it names no subnet"),
        subnets => Quantity::derived(subnets, "one for each subnet"),
    }
}
