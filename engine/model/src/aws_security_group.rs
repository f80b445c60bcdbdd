//! `aws_security_group`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group>

use crate::Attr;

crate::typed::resource! {
    /// A security group.
    SecurityGroup<'a> = "aws_security_group" {
        /// Its name.
        name: &'a str,
        /// Its VPC; the default VPC when null.
        vpc_id: &'a str,
        /// What may come in, written inline; unknown when nothing is, since rules of their own may exist.
        ingress: Vec<Attr<'a, InlineRule<'a>>>,
        /// What may go out, written inline.
        egress: Vec<Attr<'a, InlineRule<'a>>>,
    }
}

crate::typed::block! {
    /// A rule written inside its group: each source crossed with the ports.
    InlineRule<'a> {
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
        protocol: &'a str,
        /// First port; ICMP type.
        from_port: i64,
        /// Last port; ICMP code.
        to_port: i64,
        /// IPv4 ranges.
        cidr_blocks: Vec<Attr<'a, &'a str>>,
        /// IPv6 ranges.
        ipv6_cidr_blocks: Vec<Attr<'a, &'a str>>,
        /// Prefix lists.
        prefix_list_ids: Vec<Attr<'a, &'a str>>,
        /// Other groups.
        security_groups: Vec<Attr<'a, &'a str>>,
        /// The group itself. Default false.
        self_ as "self": bool,
    }
}
