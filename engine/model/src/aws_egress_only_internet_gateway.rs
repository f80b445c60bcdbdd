//! `aws_egress_only_internet_gateway`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/egress_only_internet_gateway>

crate::typed::resource! {
    /// The way out to the Internet for IPv6, with no way in.
    EgressOnlyInternetGateway<'a> = "aws_egress_only_internet_gateway" {
        /// Its VPC.
        vpc_id: &'a str,
    }
}
