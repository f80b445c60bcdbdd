//! `aws_iam_policy`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy>

use crate::PolicyDocument;

crate::typed::resource! {
    /// A managed policy.
    IamPolicy<'a> = "aws_iam_policy" {
        /// Its name.
        name: &'a str,
        /// What it says.
        policy: PolicyDocument<'a>,
    }
}
