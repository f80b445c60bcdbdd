//! `aws_cloudwatch_log_group`: a log group, with its retention.
