//! `aws_lb`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb>

use crate::Attr;

crate::typed::resource! {
    /// A load balancer.
    Lb<'a> = "aws_lb" | "aws_alb" {
        /// Its name.
        name: &'a str,
        /// `application` (default), `network` or `gateway`.
        load_balancer_type: &'a str,
        /// Reachable from inside the VPC only. Not set: false.
        internal: bool,
        /// Who may talk to it.
        security_groups: Vec<Attr<'a, &'a str>>,
        /// The subnets it stands in.
        subnets: Vec<Attr<'a, &'a str>>,
        /// The subnets it stands in, with addresses.
        subnet_mapping: Vec<Attr<'a, SubnetMapping<'a>>>,
        /// Drop header fields that are not valid instead of passing them on. Default false.
        drop_invalid_header_fields: bool,
        /// Refuse to be deleted. Default false.
        enable_deletion_protection: bool,
        /// Write requests to S3.
        access_logs: AccessLogs<'a>,
    }
}

crate::typed::block! {
    /// A subnet of a load balancer, with an address.
    SubnetMapping<'a> {
        /// The subnet.
        subnet_id: &'a str,
        /// Public address.
        allocation_id: &'a str,
    }
}

crate::typed::block! {
    /// Where requests are written.
    AccessLogs<'a> {
        /// S3 bucket.
        bucket: &'a str,
        /// Default false.
        enabled: bool,
    }
}
