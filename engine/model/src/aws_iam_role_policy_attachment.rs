//! `aws_iam_role_policy_attachment`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role_policy_attachment>

crate::typed::resource! {
    /// Gives a role a managed policy.
    IamRolePolicyAttachment<'a> = "aws_iam_role_policy_attachment" {
        /// Name of the role.
        role: &'a str,
        /// The policy.
        policy_arn: &'a str,
    }
}
