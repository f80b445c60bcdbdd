//! `aws_vpc_security_group_egress_rule`: EC2 `AuthorizeSecurityGroupEgress`.

use crate::permission::Direction;
use crate::vpc_security_group_rule::VpcSecurityGroupRule;

/// What may go out.
pub(crate) static EGRESS_RULE: VpcSecurityGroupRule = VpcSecurityGroupRule(Direction::Egress);
