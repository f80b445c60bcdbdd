//! What requests a rule is for.

use crate::args::Args;
use aws_sdk_elasticloadbalancingv2::types::{
    HostHeaderConditionConfig, HttpHeaderConditionConfig, HttpRequestMethodConditionConfig,
    PathPatternConditionConfig, QueryStringConditionConfig, QueryStringKeyValuePair, RuleCondition,
    SourceIpConditionConfig,
};
use serde_json::{Value as Json, json};

/// The conditions that blocks ask for.
pub(crate) fn to_api<'a>(blocks: impl Iterator<Item = Args<'a>>) -> Vec<RuleCondition> {
    blocks.map(one).collect()
}

fn one(block: Args<'_>) -> RuleCondition {
    let values = |name: &str| Some(block.block(name)?.strings("values"));
    let condition = RuleCondition::builder();
    if let Some(values) = values("host_header") {
        let config = HostHeaderConditionConfig::builder().set_values(Some(values)).build();
        return condition.field("host-header").host_header_config(config).build();
    }
    if let Some(header) = block.block("http_header") {
        let config = HttpHeaderConditionConfig::builder()
            .set_http_header_name(header.text("http_header_name"))
            .set_values(Some(header.strings("values")))
            .build();
        return condition.field("http-header").http_header_config(config).build();
    }
    if let Some(values) = values("http_request_method") {
        let config = HttpRequestMethodConditionConfig::builder().set_values(Some(values)).build();
        return condition.field("http-request-method").http_request_method_config(config).build();
    }
    if let Some(values) = values("path_pattern") {
        let config = PathPatternConditionConfig::builder().set_values(Some(values)).build();
        return condition.field("path-pattern").path_pattern_config(config).build();
    }
    if let Some(values) = values("source_ip") {
        let config = SourceIpConditionConfig::builder().set_values(Some(values)).build();
        return condition.field("source-ip").source_ip_config(config).build();
    }
    let pairs = block.blocks("query_string").map(|pair| {
        QueryStringKeyValuePair::builder()
            .set_key(pair.text("key"))
            .set_value(pair.text("value"))
            .build()
    });
    let config = QueryStringConditionConfig::builder().set_values(Some(pairs.collect())).build();
    condition.field("query-string").query_string_config(config).build()
}

/// The API's conditions as blocks.
pub(crate) fn to_blocks(conditions: &[RuleCondition]) -> Vec<Json> {
    conditions.iter().map(block).collect()
}

fn block(condition: &RuleCondition) -> Json {
    let values = |field: &str, values: Option<&[String]>| match condition.field() {
        // Rules from before the typed conditions hold their values beside the field.
        Some(is) if is == field => {
            json!([{"values": values.filter(|v| !v.is_empty()).unwrap_or(condition.values())}])
        }
        _ => json!([]),
    };
    let header = condition.http_header_config().map(
        |config| json!({"http_header_name": config.http_header_name(), "values": config.values()}),
    );
    let pairs = condition.query_string_config().map(|config| config.values()).unwrap_or_default();
    json!({
        "host_header": values("host-header", condition.host_header_config().map(|c| c.values())),
        "http_header": header.into_iter().collect::<Vec<_>>(),
        "http_request_method": values(
            "http-request-method",
            condition.http_request_method_config().map(|c| c.values()),
        ),
        "path_pattern": values("path-pattern", condition.path_pattern_config().map(|c| c.values())),
        "query_string": pairs.iter().map(|pair| json!({
            "key": pair.key().unwrap_or_default(),
            "value": pair.value().unwrap_or_default(),
        })).collect::<Vec<_>>(),
        "source_ip": values("source-ip", condition.source_ip_config().map(|c| c.values())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::Value;

    #[test]
    fn conditions_read_back_as_written() {
        let none = json!({"host_header": [], "http_header": [], "http_request_method": [],
            "path_pattern": [], "query_string": [], "source_ip": []});
        let ty = plan::shape::of_type("aws_lb_listener_rule").unwrap();
        for (name, block) in [
            ("host_header", json!([{"values": ["a.example.com", "b.example.com"]}])),
            ("http_header", json!([{"http_header_name": "X-A", "values": ["1"]}])),
            ("http_request_method", json!([{"values": ["GET"]}])),
            ("path_pattern", json!([{"values": ["/x/*"]}])),
            ("query_string", json!([{"key": "k", "value": "v"}, {"key": "", "value": "w"}])),
            ("source_ip", json!([{"values": ["10.0.0.0/8"]}])),
        ] {
            let mut condition = none.clone();
            condition[name] = block;
            let rule = Value::from_json(&ty, &json!({"condition": [condition]})).unwrap();
            let api = to_api(Args(&rule).blocks("condition"));
            let read = Value::from_json(&ty, &json!({"condition": to_blocks(&api)})).unwrap();
            assert_eq!(read.get("condition"), rule.get("condition"), "{name}");
        }
    }
}
