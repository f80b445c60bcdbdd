//! What single types of the provider do to a plan beyond defaults: its `CustomizeDiff`, `StateFunc` and `DiffSuppressFunc` code.

mod autoscaling;
mod certificate;
mod container_definitions;
mod json;
mod load_balancer;
mod protocol;

use crate::{Kind, Value, functions};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use schema::Schema;
use std::sync::Arc;

/// The planned object as the provider leaves it.
pub(super) fn adjust(schema: &Schema, value: Value, config: &Value) -> Value {
    let value = json::normalise(schema, value);
    match schema.name {
        "aws_acm_certificate" => certificate::domains(value),
        "aws_autoscaling_group" => autoscaling::launch_templates(value),
        "aws_cloudwatch_log_metric_filter" => edit(value, &["pattern"], &trimmed),
        "aws_alb" | "aws_lb" => load_balancer::adjust(value, config),
        "aws_default_security_group" | "aws_security_group" => protocol::rules(value),
        "aws_ecs_service" => daemon(value, config),
        "aws_ecs_task_definition" => {
            edit(value, &["container_definitions"], &container_definitions::normalise)
        }
        "aws_instance" | "aws_launch_configuration" | "aws_spot_instance_request" => {
            edit(value, &["user_data"], &hashed)
        }
        "aws_s3_bucket_lifecycle_configuration" => {
            edit_blocks(value, &["rule", "filter"], &every_object)
        }
        "aws_security_group_rule" => edit(value, &["protocol"], &protocol::normalise),
        _ => value,
    }
}

/// A service with one task an instance has no deployment percentages of its own.
fn daemon(value: Value, config: &Value) -> Value {
    if value.get("scheduling_strategy").and_then(Value::as_str) != Some("DAEMON") {
        return value;
    }
    ["deployment_maximum_percent", "deployment_minimum_healthy_percent"]
        .into_iter()
        .fold(value, |value, name| as_written(value, config, name))
}

/// Takes a default back: the attribute is what is written, or null.
fn as_written(value: Value, config: &Value, name: &str) -> Value {
    edit(value, &[name], &|planned| config.get(name).cloned().unwrap_or(planned))
}

/// The value with whatever lies at `path` replaced, in every element on the way.
fn edit(value: Value, path: &[&str], f: &dyn Fn(Value) -> Value) -> Value {
    let Some((name, rest)) = path.split_first() else { return f(value) };
    let kind = match value.kind {
        Kind::Object(map) => {
            let mut map = Arc::unwrap_or_clone(map);
            if let Some(slot) = map.get_mut(*name) {
                *slot = edit(slot.clone(), rest, f);
            }
            Kind::Object(Arc::new(map))
        }
        Kind::List(of, elements) => {
            Kind::List(of, elements.iter().map(|e| edit(e.clone(), path, f)).collect())
        }
        Kind::Set(of, elements) => {
            // Two elements may have become one.
            let set = Value::set(of, elements.iter().map(|e| edit(e.clone(), path, f)));
            return Value { marks: set.marks.with(value.marks), blame: value.blame, ..set };
        }
        other => other,
    };
    Value { kind, ..value }
}

/// The value with every block at `path` replaced.
fn edit_blocks(value: Value, path: &[&str], f: &dyn Fn(Value) -> Value) -> Value {
    edit(value, path, &|blocks| match blocks.kind {
        Kind::List(of, all) => {
            Value { kind: Kind::List(of, all.iter().cloned().map(f).collect()), ..blocks }
        }
        _ => blocks,
    })
}

/// What a plan shows of the script that an instance starts with: its SHA-1, of the bytes if it is written in base64.
fn hashed(value: Value) -> Value {
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { return value };
    let bytes = BASE64_STANDARD.decode(text).unwrap_or_else(|_| text.as_bytes().to_vec());
    replace(&value, Value::string(functions::sha1_of(&bytes)))
}

/// A filter without a condition is one for the empty prefix.
fn every_object(filter: Value) -> Value {
    if filter.entries().any(|(_, part)| !part.is_null() && !part.is_empty()) {
        return filter;
    }
    edit(filter, &["prefix"], &|old| replace(&old, Value::string("")))
}

fn trimmed(value: Value) -> Value {
    let Some(text) = value.as_str() else { return value };
    if text.trim() == text { value } else { replace(&value, Value::string(text.trim())) }
}

/// The same place and marks with another kind of value.
fn replace(value: &Value, by: Value) -> Value {
    Value { marks: value.marks, blame: value.blame.clone(), ..by }
}
