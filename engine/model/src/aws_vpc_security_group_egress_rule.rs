//! `aws_vpc_security_group_egress_rule`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_egress_rule>

crate::typed::resource! {
    /// What may go out: one range, list or group.
    VpcSecurityGroupEgressRule<'a> = "aws_vpc_security_group_egress_rule" {
        /// The group it belongs to.
        security_group_id: &'a str,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
        ip_protocol: &'a str,
        /// First port; ICMP type. Null with `-1`.
        from_port: i64,
        /// Last port; ICMP code. Null with `-1`.
        to_port: i64,
        /// IPv4 range.
        cidr_ipv4: &'a str,
        /// IPv6 range.
        cidr_ipv6: &'a str,
        /// Prefix list.
        prefix_list_id: &'a str,
        /// Another group, or the group itself.
        referenced_security_group_id: &'a str,
    }
}
