//! Rules: one file each, by service. A rule's page (its `//!` lines) is what `banana explain` shows, what reports link to, and
//! what the tests run.

pub mod acm;
pub mod apigateway;
pub mod autoscaling;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod dynamodb;
pub mod ec2;
pub mod ecr;
pub mod ecs;
pub mod efs;
pub mod eks;
pub mod elasticache;
pub mod elb;
pub mod iam;
pub mod kms;
pub mod lambda;
pub mod logs;
pub mod provider;
pub mod rds;
pub mod route53;
pub mod s3;
pub mod secrets;
pub mod sns;
pub mod sqs;
pub mod ssm;
pub mod suppression;
pub mod vpc;
pub mod waf;

include!(concat!(env!("OUT_DIR"), "/all.rs"));

/// Finds a rule by code, name, or a peer's id; case does not matter.
pub fn find(name: &str) -> Option<&'static check::Rule> {
    let same = |other: &str| other.eq_ignore_ascii_case(name);
    let by = |test: &dyn Fn(&check::Meta) -> bool| ALL.iter().find(|rule| test(rule.meta));
    by(&|meta| same(meta.code) || same(meta.name))
        .or_else(|| by(&|meta| meta.aliases.iter().any(|alias| same(alias))))
}
