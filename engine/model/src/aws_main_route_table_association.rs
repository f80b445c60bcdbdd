//! `aws_main_route_table_association`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/main_route_table_association>

crate::typed::resource! {
    /// Makes a table the VPC's main one: that of every subnet without its own.
    MainRouteTableAssociation<'a> = "aws_main_route_table_association" {
        /// The VPC.
        vpc_id: &'a str,
        /// The table.
        route_table_id: &'a str,
    }
}
