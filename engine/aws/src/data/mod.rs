//! Data sources that plan and apply ask AWS for.

mod aws_acm_certificate;
mod aws_availability_zones;
mod aws_caller_identity;
mod aws_cloudwatch_log_group;
pub(crate) mod aws_ecr_image;
mod aws_ecr_repository;
mod aws_ecs_cluster;
mod aws_ecs_service;
mod aws_ecs_task_definition;
mod aws_iam_policy;
mod aws_iam_role;
mod aws_internet_gateway;
mod aws_kms_alias;
mod aws_kms_key;
mod aws_lb;
mod aws_lb_listener;
mod aws_lb_target_group;
mod aws_nat_gateway;
mod aws_partition;
mod aws_region;
mod aws_route_table;
mod aws_s3_bucket;
mod aws_secretsmanager_secret;
mod aws_secretsmanager_secret_version;
mod aws_security_group;
mod aws_security_groups;
mod aws_ssm_parameter;
mod aws_subnet;
mod aws_subnets;
mod aws_vpc;
mod search;

use crate::args::Args;
use crate::draft::Draft;
use crate::failure;
use crate::provider::Aws;
use plan::{Failure, FailureKind, Pending};
use schema::Body;
use serde_json::Value as Json;
use stack::{Marks, Value};
use std::collections::BTreeMap;
use std::future::ready;

/// What Terraform leaves null where the API does not say it, and optional arguments that it leaves as they are written. All else that
/// is not said becomes the zero of its type.
const UNTOLD: [(&str, &[&str]); 8] = [
    ("aws_kms_key", &["deletion_date", "valid_to"]),
    (
        "aws_lb",
        &[
            "access_logs",
            "client_keep_alive",
            "connection_logs",
            "desync_mitigation_mode",
            "dns_record_client_routing_policy",
            "drop_invalid_header_fields",
            "enable_cross_zone_load_balancing",
            "enable_deletion_protection",
            "enable_http2",
            "enable_tls_version_and_cipher_suite_headers",
            "enable_waf_fail_open",
            "enable_xff_client_port",
            "enable_zonal_shift",
            "idle_timeout",
            "preserve_host_header",
            "xff_header_processing_mode",
        ],
    ),
    ("aws_lb_listener", &["alpn_policy", "certificate_arn"]),
    (
        "aws_lb_target_group",
        &[
            "connection_termination",
            "deregistration_delay",
            "lambda_multi_value_headers_enabled",
            "load_balancing_algorithm_type",
            "load_balancing_anomaly_mitigation",
            "load_balancing_cross_zone_enabled",
            "preserve_client_ip",
            "protocol_version",
            "proxy_protocol_v2",
            "slow_start",
        ],
    ),
    ("aws_route_table", &["gateway_id", "subnet_id"]),
    ("aws_security_groups", &["tags"]),
    ("aws_subnets", &["tags"]),
    ("aws_vpc", &["state"]),
];

/// Reads a data source: its arguments, completed.
pub(crate) async fn read(aws: &Aws, name: &str, arguments: &Value) -> Result<Value, Failure> {
    let unsupported = || Failure {
        kind: FailureKind::Unsupported,
        help: Some("write what it would tell as the value of a variable".to_owned()),
        ..failure::internal(format!("the data source `{name}` cannot be read"))
    };
    let (reader, schema) = reader(name).zip(schema::data_source(name)).ok_or_else(unsupported)?;
    let body = schema.body;
    let mut draft = Draft::new(&plan::shape::of_body(body), arguments);
    reader(aws, Args(arguments), &mut draft).await.map_err(advised)?;
    let plain = name.replace("aws_alb", "aws_lb");
    let untold = UNTOLD.iter().find(|(of, _)| *of == plain).map_or(&[][..], |(_, names)| names);
    for attribute in body.attributes.iter().filter(|attribute| attribute.computed) {
        if !untold.contains(&attribute.name) {
            draft.fill(attribute.name);
        }
    }
    for block in &body.blocks {
        if draft.get(block.name).is_some_and(Value::is_empty) {
            draft.set(block.name, Json::Null);
        }
    }
    Ok(marked(&draft.finish()?, body))
}

/// A data source's own: it writes the answer.
type Reader = for<'a> fn(&'a Aws, Args<'a>, &'a mut Draft) -> Pending<'a, Result<(), Failure>>;

macro_rules! of {
    ($source:ident) => {
        |aws, args, draft| Box::pin($source::read(aws, args, draft))
    };
}

fn reader(name: &str) -> Option<Reader> {
    Some(match name {
        "aws_acm_certificate" => of!(aws_acm_certificate),
        "aws_availability_zones" => of!(aws_availability_zones),
        "aws_caller_identity" => of!(aws_caller_identity),
        "aws_cloudwatch_log_group" => of!(aws_cloudwatch_log_group),
        "aws_ecr_image" => of!(aws_ecr_image),
        "aws_ecr_repository" => of!(aws_ecr_repository),
        "aws_ecs_cluster" => of!(aws_ecs_cluster),
        "aws_ecs_service" => of!(aws_ecs_service),
        "aws_ecs_task_definition" => of!(aws_ecs_task_definition),
        "aws_iam_policy" => of!(aws_iam_policy),
        "aws_iam_role" => of!(aws_iam_role),
        "aws_internet_gateway" => of!(aws_internet_gateway),
        "aws_kms_alias" => of!(aws_kms_alias),
        "aws_kms_key" => of!(aws_kms_key),
        "aws_alb" | "aws_lb" => of!(aws_lb),
        "aws_alb_listener" | "aws_lb_listener" => of!(aws_lb_listener),
        "aws_alb_target_group" | "aws_lb_target_group" => of!(aws_lb_target_group),
        "aws_nat_gateway" => of!(aws_nat_gateway),
        "aws_partition" => |aws, _, draft| {
            aws_partition::read(aws, draft);
            Box::pin(ready(Ok(())))
        },
        "aws_region" => |aws, args, draft| Box::pin(ready(aws_region::read(aws, args, draft))),
        "aws_route_table" => of!(aws_route_table),
        "aws_s3_bucket" => of!(aws_s3_bucket),
        "aws_secretsmanager_secret" => of!(aws_secretsmanager_secret),
        "aws_secretsmanager_secret_version" => of!(aws_secretsmanager_secret_version),
        "aws_security_group" => of!(aws_security_group),
        "aws_security_groups" => of!(aws_security_groups),
        "aws_ssm_parameter" => of!(aws_ssm_parameter),
        "aws_subnet" => of!(aws_subnet),
        "aws_subnets" => of!(aws_subnets),
        "aws_vpc" => of!(aws_vpc),
        _ => return None,
    })
}

/// True for a data source that is read from AWS.
pub fn reads(name: &str) -> bool {
    reader(name).is_some()
}

/// What to do where nothing is found.
fn advised(failure: Failure) -> Failure {
    let help = || {
        "a data source finds what is there before the stack: check its arguments, the region and \
         the account"
            .to_owned()
    };
    match failure.kind {
        FailureKind::NotFound => Failure { help: failure.help.or_else(|| Some(help())), ..failure },
        _ => failure,
    }
}

/// The object with its secrets marked as such.
fn marked(object: &Value, body: &Body) -> Value {
    let secret = |name: &str| body.attribute(name).is_some_and(|attribute| attribute.sensitive);
    let marked = object.entries().map(|(name, value)| {
        let marks = if secret(name) { Marks::SENSITIVE } else { Marks::NONE };
        (name.clone(), value.clone().with_marks(marks))
    });
    Value::object(marked.collect::<BTreeMap<_, _>>())
}
