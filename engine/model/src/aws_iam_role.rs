//! `aws_iam_role`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_role>

use crate::{Attr, PolicyDocument};

crate::typed::resource! {
    /// A role.
    IamRole<'a> = "aws_iam_role" {
        /// Its name.
        name: &'a str,
        /// Who may take it.
        assume_role_policy: PolicyDocument<'a>,
        /// Policies written inline (deprecated).
        inline_policy: Vec<Attr<'a, InlinePolicy<'a>>>,
        /// Managed policies (deprecated); unknown when not set, since attachments of their own may exist.
        managed_policy_arns: Vec<Attr<'a, &'a str>>,
        /// The most it may ever do.
        permissions_boundary: &'a str,
    }
}

crate::typed::block! {
    /// A policy written inside a role.
    InlinePolicy<'a> {
        /// Its name.
        name: &'a str,
        /// What it says.
        policy: PolicyDocument<'a>,
    }
}
