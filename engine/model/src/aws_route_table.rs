//! `aws_route_table`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route_table>

use crate::Attr;

crate::typed::resource! {
    /// A route table.
    RouteTable<'a> = "aws_route_table" {
        /// Its VPC.
        vpc_id: &'a str,
        /// Routes written inline; unknown when there are none, since routes of their own may exist.
        route: Vec<Attr<'a, InlineRoute<'a>>>,
        /// Virtual private gateways that add routes of their own.
        propagating_vgws: Vec<Attr<'a, &'a str>>,
    }
}

crate::typed::block! {
    /// A route written inside its table. What is not set is null or empty.
    InlineRoute<'a> {
        /// IPv4 destination.
        cidr_block: &'a str,
        /// IPv6 destination.
        ipv6_cidr_block: &'a str,
        /// Destination by prefix list.
        destination_prefix_list_id: &'a str,
        /// Internet gateway, virtual private gateway, or `local`.
        gateway_id: &'a str,
        /// NAT gateway.
        nat_gateway_id: &'a str,
        /// Egress-only Internet gateway.
        egress_only_gateway_id: &'a str,
        /// Transit gateway.
        transit_gateway_id: &'a str,
        /// Peering connection.
        vpc_peering_connection_id: &'a str,
        /// Gateway Load Balancer endpoint.
        vpc_endpoint_id: &'a str,
        /// Network interface.
        network_interface_id: &'a str,
        /// Carrier gateway.
        carrier_gateway_id: &'a str,
        /// Outpost's local gateway.
        local_gateway_id: &'a str,
        /// Cloud WAN core network.
        core_network_arn: &'a str,
    }
}
