//! `aws_flow_log`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/flow_log>

crate::typed::resource! {
    /// A record of the traffic of a VPC, subnet or network interface.
    FlowLog<'a> = "aws_flow_log" {
        /// The VPC it watches.
        vpc_id: &'a str,
        /// The subnet it watches.
        subnet_id: &'a str,
        /// The network interface it watches.
        eni_id: &'a str,
        /// `ACCEPT`, `REJECT` or `ALL`.
        traffic_type: &'a str,
    }
}
