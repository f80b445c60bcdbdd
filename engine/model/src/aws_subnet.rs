//! `aws_subnet`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/subnet>

crate::typed::resource! {
    /// A subnet.
    Subnet<'a> = "aws_subnet" {
        /// Its VPC.
        vpc_id: &'a str,
        /// IPv4 range.
        cidr_block: &'a str,
        /// IPv6 range.
        ipv6_cidr_block: &'a str,
        /// `eu-west-3a`
        availability_zone: &'a str,
        /// `euw3-az1`
        availability_zone_id: &'a str,
        /// Network interfaces get a public IPv4 address unless told otherwise. Default false.
        map_public_ip_on_launch: bool,
        /// Network interfaces get an IPv6 address. Default false.
        assign_ipv6_address_on_creation: bool,
    }
}
