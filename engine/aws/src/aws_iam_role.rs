//! `aws_iam_role`: an IAM role, with its trust policy.
