//! `aws_iam_policy`: a managed policy of one's own.
