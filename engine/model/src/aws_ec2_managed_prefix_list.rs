//! `aws_ec2_managed_prefix_list`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ec2_managed_prefix_list>

use crate::Attr;

crate::typed::resource! {
    /// A named list of ranges.
    Ec2ManagedPrefixList<'a> = "aws_ec2_managed_prefix_list" {
        /// Its name.
        name: &'a str,
        /// `IPv4` or `IPv6`.
        address_family: &'a str,
        /// Its ranges.
        entry: Vec<Attr<'a, PrefixListEntry<'a>>>,
    }
}

crate::typed::block! {
    /// A range of a prefix list.
    PrefixListEntry<'a> {
        /// The range.
        cidr: &'a str,
    }
}
