//! `aws_nat_gateway`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/nat_gateway>

crate::typed::resource! {
    /// The way out of private subnets.
    NatGateway<'a> = "aws_nat_gateway" {
        /// The subnet it stands in.
        subnet_id: &'a str,
        /// Its public address.
        allocation_id: &'a str,
        /// `public` (default) or `private`.
        connectivity_type: &'a str,
    }
}
