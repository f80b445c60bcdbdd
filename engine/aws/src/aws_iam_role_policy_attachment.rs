//! `aws_iam_role_policy_attachment`: a managed policy on a role.
