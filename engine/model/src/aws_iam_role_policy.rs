//! `aws_iam_role_policy`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role_policy>

use crate::PolicyDocument;

crate::typed::resource! {
    /// A policy that belongs to one role.
    IamRolePolicy<'a> = "aws_iam_role_policy" {
        /// Name of the role.
        role: &'a str,
        /// What it says.
        policy: PolicyDocument<'a>,
    }
}
