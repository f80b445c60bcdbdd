//! `aws_cloudwatch_log_group`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudwatch_log_group>

crate::typed::resource! {
    /// A log group.
    CloudwatchLogGroup<'a> = "aws_cloudwatch_log_group" {
        /// Its name.
        name: &'a str,
        /// Days that events are kept; 0 (default) is for ever.
        retention_in_days: i64,
        /// The customer's key that encrypts it.
        kms_key_id: &'a str,
    }
}
