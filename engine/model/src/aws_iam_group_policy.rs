//! `aws_iam_group_policy`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_group_policy>

use crate::PolicyDocument;

crate::typed::resource! {
    /// A policy that belongs to one group.
    IamGroupPolicy<'a> = "aws_iam_group_policy" {
        /// Name of the group.
        group: &'a str,
        /// What it says.
        policy: PolicyDocument<'a>,
    }
}
