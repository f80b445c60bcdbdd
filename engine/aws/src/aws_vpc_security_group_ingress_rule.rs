//! `aws_vpc_security_group_ingress_rule`: EC2 `AuthorizeSecurityGroupIngress`.

use crate::permission::Direction;
use crate::vpc_security_group_rule::VpcSecurityGroupRule;

/// What may come in.
pub(crate) static INGRESS_RULE: VpcSecurityGroupRule = VpcSecurityGroupRule(Direction::Ingress);
