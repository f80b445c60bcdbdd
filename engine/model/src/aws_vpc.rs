//! `aws_vpc`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc>

crate::typed::resource! {
    /// A VPC.
    Vpc<'a> = "aws_vpc" {
        /// IPv4 range.
        cidr_block: &'a str,
        /// IPv6 range, when it has one.
        ipv6_cidr_block: &'a str,
        /// Default true.
        enable_dns_support: bool,
        /// Default false.
        enable_dns_hostnames: bool,
    }
}
