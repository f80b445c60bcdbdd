//! # The VPC's traffic is not recorded
//!
//! No flow log of the stack watches the VPC.
//!
//! **Why.** After an incident nobody can say which machine talked to which.
//!
//! **Fix.** Add an `aws_flow_log` for the VPC, to a log group or to S3.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_flow_log" "main" {
//!   vpc_id               = aws_vpc.main.id
//!   traffic_type         = "ALL"
//!   log_destination_type = "s3"
//!   log_destination      = "arn:aws:s3:::flow-logs"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "watched" {
//!   type = string
//! }
//!
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_flow_log" "main" {
//!   vpc_id               = var.watched
//!   traffic_type         = "ALL"
//!   log_destination_type = "s3"
//!   log_destination      = "arn:aws:s3:::flow-logs"
//! }
//! ```
//!
//! **Limits.** Flow logs of single subnets and network interfaces do not count.

use check::{Check, Meta, Severity};
use model::{ABSENT, FlowLog, Vpc};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "VPC006",
    name: "flow-logs",
    severity: Severity::Low,
    resources: &["aws_vpc"],
    aliases: &[
        "CKV2_AWS_11",
        "AVD-AWS-0178",
        "aws-ec2-require-vpc-flow-logs-for-all-vpcs",
        "f83121ea-03da-434f-9277-9cd247ab3047",
        "AC_AWS_0369",
    ],
    controls: &[("FSBP", "EC2.6")],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6"],
};

/// Judges a VPC.
pub fn check<'a>(vpc: &Vpc<'a>, check: &mut Check<'a>) {
    match check.model().naming::<FlowLog<'a>, _>(vpc, "vpc_id") {
        (logs, _) if logs.iter().any(|log| !log.resource.symbolic) => {}
        (_, Some(value)) => {
            check.unknown(value, "", "it is not known whether the VPC's traffic is recorded");
        }
        (logs, None) => match logs.first() {
            Some(log) => {
                check
                    .unknown(
                        &log.resource.value,
                        "",
                        "it is not known whether the VPC's traffic is recorded",
                    )
                    .reason("it is not known whether the flow log exists");
            }
            None => {
                check.fail(&ABSENT, "", "the VPC's traffic is not recorded: it has no flow log");
            }
        },
    }
}
