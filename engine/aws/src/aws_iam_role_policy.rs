//! `aws_iam_role_policy`: a policy written into a role.
