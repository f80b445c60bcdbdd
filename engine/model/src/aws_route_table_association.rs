//! `aws_route_table_association`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route_table_association>

crate::typed::resource! {
    /// Gives a subnet (or a gateway) its route table.
    RouteTableAssociation<'a> = "aws_route_table_association" {
        /// The table.
        route_table_id: &'a str,
        /// The subnet; null for a gateway's table.
        subnet_id: &'a str,
        /// The gateway; null for a subnet's table.
        gateway_id: &'a str,
    }
}
