//! `aws_default_security_group`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/default_security_group>

use crate::{Attr, InlineRule};

crate::typed::resource! {
    /// The group that a VPC comes with, adopted. Its inline rules are all it has: without any it allows nothing.
    DefaultSecurityGroup<'a> = "aws_default_security_group" {
        /// Its VPC.
        vpc_id: &'a str,
        /// What may come in.
        ingress: Vec<Attr<'a, InlineRule<'a>>>,
        /// What may go out.
        egress: Vec<Attr<'a, InlineRule<'a>>>,
    }
}
