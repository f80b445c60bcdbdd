//! `aws_route`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route>

crate::typed::resource! {
    /// A route of its own.
    Route<'a> = "aws_route" {
        /// Its table.
        route_table_id: &'a str,
        /// IPv4 destination.
        destination_cidr_block: &'a str,
        /// IPv6 destination.
        destination_ipv6_cidr_block: &'a str,
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
