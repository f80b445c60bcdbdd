//! `aws_vpc_endpoint`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint>

use crate::Attr;

crate::typed::resource! {
    /// A private way from a VPC to a service.
    VpcEndpoint<'a> = "aws_vpc_endpoint" {
        /// Its VPC.
        vpc_id: &'a str,
        /// `com.amazonaws.eu-west-3.ecr.dkr`
        service_name: &'a str,
        /// `Gateway` (default), `Interface`, `GatewayLoadBalancer` …
        vpc_endpoint_type: &'a str,
        /// Interface: the service's usual name resolves to the endpoint. Not set: false.
        private_dns_enabled: bool,
        /// Interface: the subnets it has a network interface in.
        subnet_ids: Vec<Attr<'a, &'a str>>,
        /// Interface: who may talk to it.
        security_group_ids: Vec<Attr<'a, &'a str>>,
        /// Gateway: the tables that get a route to it.
        route_table_ids: Vec<Attr<'a, &'a str>>,
    }
}
