//! # Nobody hears of what should not happen
//!
//! No metric filter with an alarm looks for one of the fifteen events that the CIS benchmark names: use of root, refused calls,
//! sign-in without a second factor, changes of policies, trails, keys, networks.
//!
//! **Why.** The trail then is a book that nobody reads.
//!
//! **Fix.** Send the trail to a log group, and add an `aws_cloudwatch_log_metric_filter` and an `aws_cloudwatch_metric_alarm`
//! for each.
//!
//! ```hcl,fail
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//! }
//! ```
//!
//! ```hcl,pass
//! locals {
//!   patterns = {
//!     root         = "{ $.userIdentity.type = \"Root\" }"
//!     refused      = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
//!     factor       = "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") }"
//!     failed       = "{ ($.eventName = ConsoleLogin) && ($.errorMessage = \"Failed authentication\") }"
//!     iam          = "{ ($.eventName=DeleteGroupPolicy) || ($.eventName=PutRolePolicy) }"
//!     trail        = "{ ($.eventName = CreateTrail) || ($.eventName = StopLogging) }"
//!     key          = "{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }"
//!     bucket       = "{ ($.eventSource = s3.amazonaws.com) && ($.eventName = PutBucketPolicy) }"
//!     config       = "{ ($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) }"
//!     group        = "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = DeleteSecurityGroup) }"
//!     acl          = "{ ($.eventName = CreateNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) }"
//!     gateway      = "{ ($.eventName = AttachInternetGateway) || ($.eventName = DeleteCustomerGateway) }"
//!     route        = "{ ($.eventName = CreateRoute) || ($.eventName = DeleteRouteTable) }"
//!     vpc          = "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) }"
//!     organization = "{ ($.eventSource = organizations.amazonaws.com) && ($.eventName = CreateAccount) }"
//!   }
//! }
//!
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//! }
//!
//! resource "aws_cloudwatch_log_metric_filter" "cis" {
//!   for_each = local.patterns
//!
//!   name           = each.key
//!   pattern        = each.value
//!   log_group_name = "trail"
//!
//!   metric_transformation {
//!     name      = each.key
//!     namespace = "cis"
//!     value     = "1"
//!   }
//! }
//!
//! resource "aws_cloudwatch_metric_alarm" "cis" {
//!   for_each = local.patterns
//!
//!   alarm_name          = each.key
//!   comparison_operator = "GreaterThanThreshold"
//!   evaluation_periods  = 1
//!   metric_name         = each.key
//!   namespace           = "cis"
//!   period              = 300
//!   statistic           = "Sum"
//!   threshold           = 0
//!   alarm_actions       = ["arn:aws:sns:eu-west-3:123456789012:alarms"]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "pattern" {
//!   type = string
//! }
//!
//! resource "aws_cloudtrail" "main" {
//!   name           = "main"
//!   s3_bucket_name = "trail"
//! }
//!
//! resource "aws_cloudwatch_log_metric_filter" "cis" {
//!   name           = "root"
//!   pattern        = var.pattern
//!   log_group_name = "trail"
//!
//!   metric_transformation {
//!     name      = "root"
//!     namespace = "cis"
//!     value     = "1"
//!   }
//! }
//! ```
//!
//! **Limits.** Security Hub and GuardDuty serve the same end; silence the rule where they are on.

use check::{Check, Instance, Meta, Severity};
use model::{ABSENT, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "CT001",
    name: "cis-alarms",
    severity: Severity::Low,
    resources: &["aws_cloudtrail"],
    aliases: &[
        "AVD-AWS-0149",
        "aws-cloudwatch-require-root-user-usage-alarm",
        "8b1b1e67-6248-4dca-bbad-93486bb181c0",
        "AVD-AWS-0147",
        "aws-cloudwatch-require-unauthorised-api-call-alarm",
        "4c18a45b-4ab1-4790-9f83-399ac695f1e5",
        "AVD-AWS-0148",
        "aws-cloudwatch-require-non-mfa-login-alarm",
        "44ceb4fa-0897-4fd2-b676-30e7a58f2933",
        "AVD-AWS-0150",
        "aws-cloudwatch-require-iam-policy-change-alarm",
        "eaaba502-2f94-411a-a3c2-83d63cc1776d",
        "AVD-AWS-0151",
        "aws-cloudwatch-require-cloud-trail-change-alarm",
        "0f6cbf69-41bb-47dc-93f3-3844640bf480",
        "AVD-AWS-0152",
        "aws-cloudwatch-require-console-login-failures-alarm",
        "5864d189-ee9a-4009-ac0c-8a582e6b7919",
        "AVD-AWS-0153",
        "aws-cloudwatch-require-cmk-disabled-alarm",
        "56a585f5-555c-48b2-8395-e64e4740a9cf",
        "AVD-AWS-0154",
        "aws-cloudwatch-require-s3-bucket-policy-change-alarm",
        "27c6a499-895a-4dc7-9617-5c485218db13",
        "AVD-AWS-0155",
        "aws-cloudwatch-require-config-configuration-changes-alarm",
        "5b8d7527-de8e-4114-b9dd-9d988f1f418f",
        "AVD-AWS-0156",
        "aws-cloudwatch-require-sg-change-alarms",
        "4beaf898-9f8b-4237-89e2-5ffdc7ee6006",
        "AVD-AWS-0157",
        "aws-cloudwatch-require-nacl-changes-alarm",
        "0a8e8dc5-b6fc-44fc-b5a1-969ec950f9b0",
        "AVD-AWS-0158",
        "6b6874fe-4c2f-4eea-8b90-7cceaa4a125e",
        "AVD-AWS-0159",
        "2285e608-ddbc-47f3-ba54-ce7121e31216",
        "AVD-AWS-0160",
        "aws-cloudwatch-require-vpc-changes-alarm",
        "9d0d4512-1959-43a2-a17f-72360ff06d1b",
        "AVD-AWS-0174",
        "aws-cloudwatch-require-org-changes-alarm",
        "38b85c45-e772-4de8-a247-69619ca137b3",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cloudtrail",
    ],
};

/// What a filter looks for: a name for people, and what its pattern must hold.
const EVENTS: [(&str, &[&str]); 15] = [
    ("use of root", &["userIdentity.type", "Root"]),
    ("refused calls", &["errorCode", "AccessDenied"]),
    ("sign-in without a second factor", &["ConsoleLogin", "MFAUsed"]),
    ("failed sign-in", &["ConsoleLogin", "Failed authentication"]),
    ("changes of IAM policies", &["GroupPolicy", "RolePolicy"]),
    ("changes of trails", &["CreateTrail"]),
    ("keys that are disabled or deleted", &["kms.amazonaws.com", "DisableKey"]),
    ("changes of bucket policies", &["s3.amazonaws.com", "PutBucketPolicy"]),
    ("changes of AWS Config", &["StopConfigurationRecorder"]),
    ("changes of security groups", &["AuthorizeSecurityGroupIngress"]),
    ("changes of network ACLs", &["NetworkAcl"]),
    ("changes of gateways", &["Gateway"]),
    ("changes of route tables", &["CreateRoute"]),
    ("changes of VPCs", &["CreateVpc"]),
    ("changes of the organisation", &["organizations.amazonaws.com"]),
];

/// Judges a trail.
pub fn check<'a>(_: &Instance<'a>, check: &mut Check<'a>) {
    let model = check.model();
    let alarms: Vec<_> = Instance::all(model, "aws_cloudwatch_metric_alarm").collect();
    let heard = |filter: &Instance<'a>| {
        let metric = filter.text("metric_transformation.name").attr;
        let mut named = alarms.iter().map(|alarm| alarm.text("metric_name").attr);
        named.any(|name| match (&metric, &name) {
            (Attr::Known(a, _), Attr::Known(b, _)) => a == b,
            _ => metric.is_unknown() && name.is_unknown(),
        })
    };
    let filters: Vec<_> = Instance::all(model, "aws_cloudwatch_log_metric_filter").collect();
    let open = filters.iter().map(|filter| filter.text("pattern").attr).find(Attr::is_unknown);
    let missing: Vec<&str> = EVENTS
        .iter()
        .filter(|(_, needles)| {
            !filters.iter().any(|filter| {
                let looks = filter
                    .text("pattern")
                    .is(|pattern| needles.iter().all(|needle| pattern.contains(needle)));
                looks.is_true() && heard(filter)
            })
        })
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() {
        return;
    }
    match open {
        Some(open) => {
            check.unknown(
                open.value(),
                "",
                format!("it is not known whether somebody hears of {}", missing.join(", ")),
            );
        }
        None => {
            check.fail(&ABSENT, "", format!("nobody hears of {}", missing.join(", ")));
        }
    }
}
