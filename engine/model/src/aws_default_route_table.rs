//! `aws_default_route_table`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/default_route_table>

use crate::{Attr, InlineRoute};

crate::typed::resource! {
    /// The route table that a VPC comes with, adopted. Its inline routes are all it has.
    DefaultRouteTable<'a> = "aws_default_route_table" {
        /// `aws_vpc.x.default_route_table_id`
        default_route_table_id: &'a str,
        /// Its routes.
        route: Vec<Attr<'a, InlineRoute<'a>>>,
        /// Virtual private gateways that add routes of their own.
        propagating_vgws: Vec<Attr<'a, &'a str>>,
    }
}
