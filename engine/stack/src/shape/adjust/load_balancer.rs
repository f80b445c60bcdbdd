//! `aws_lb`: arguments that only one kind of load balancer has are not planned for the others, and logs that are off go nowhere.

use super::{as_written, edit, edit_blocks, replace};
use crate::{Type, Value};

const APPLICATION: &[&str] = &[
    "client_keep_alive",
    "desync_mitigation_mode",
    "drop_invalid_header_fields",
    "enable_http2",
    "enable_tls_version_and_cipher_suite_headers",
    "enable_waf_fail_open",
    "enable_xff_client_port",
    "idle_timeout",
    "preserve_host_header",
    "xff_header_processing_mode",
];

/// Takes back the defaults of other kinds, and fills in the network load balancer's own.
pub(super) fn adjust(value: Value, config: &Value) -> Value {
    let kind = value.get("load_balancer_type").and_then(Value::as_str).unwrap_or("application");
    let (network, application) = (kind == "network", kind == "application");
    let mut value = value;
    if !application {
        for name in APPLICATION {
            value = as_written(value, config, name);
        }
    }
    for (name, applies, default) in [
        ("enable_cross_zone_load_balancing", !application, Value::bool(false)),
        ("dns_record_client_routing_policy", network, Value::string("any_availability_zone")),
    ] {
        value = edit(value, &[name], &|planned| match (config.get(name), applies) {
            (Some(written), true) if written.is_null() => replace(&planned, default.clone()),
            (Some(written), _) => written.clone(),
            (None, _) => planned,
        });
    }
    ["access_logs", "connection_logs"]
        .into_iter()
        .fold(value, |value, block| edit_blocks(value, &[block], &off))
}

/// Unless logs are certainly on, the plan shows neither their bucket nor their prefix.
fn off(log: Value) -> Value {
    if log.get("enabled").and_then(Value::as_bool) == Some(true) {
        return log;
    }
    let log = edit(log, &["bucket"], &|old| replace(&old, Value::string("")));
    edit(log, &["prefix"], &|old| replace(&old, Value::null(Type::String)))
}
