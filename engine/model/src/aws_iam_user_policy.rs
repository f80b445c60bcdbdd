//! `aws_iam_user_policy`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user_policy>

use crate::PolicyDocument;

crate::typed::resource! {
    /// A policy that belongs to one user.
    IamUserPolicy<'a> = "aws_iam_user_policy" {
        /// Name of the user.
        user: &'a str,
        /// What it says.
        policy: PolicyDocument<'a>,
    }
}
