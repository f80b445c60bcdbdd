//! `aws_security_group_rule`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group_rule>

use crate::Attr;

crate::typed::resource! {
    /// A rule of its own: each source crossed with the ports.
    SecurityGroupRule<'a> = "aws_security_group_rule" {
        /// The group it belongs to.
        security_group_id: &'a str,
        /// `ingress` or `egress`.
        kind as "type": &'a str,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` (also `all`) for all.
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
        /// Another group.
        source_security_group_id: &'a str,
        /// The group itself. Default false.
        self_ as "self": bool,
    }
}
