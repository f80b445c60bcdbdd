//! `aws_vpc_endpoint_route_table_association`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_endpoint_route_table_association>

crate::typed::resource! {
    /// Gives a table a route to a gateway endpoint.
    VpcEndpointRouteTableAssociation<'a> = "aws_vpc_endpoint_route_table_association" {
        /// The table.
        route_table_id: &'a str,
        /// The endpoint.
        vpc_endpoint_id: &'a str,
    }
}
