//! Container definitions: what ECS adds, drops and sorts when it stores them.
//!
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>

use serde_json::{Map, Value as Json};

/// One form for all definitions of one meaning.
pub(super) fn normal(definitions: Json, awsvpc: bool) -> Json {
    let Json::Array(containers) = definitions else { return definitions };
    let mut containers: Vec<Json> = containers
        .into_iter()
        .map(|container| match container {
            Json::Object(fields) => Json::Object(normal_container(fields, awsvpc)),
            other => other,
        })
        .collect();
    containers.sort_by_cached_key(|c| text_of(c, "name"));
    Json::Array(containers)
}

fn normal_container(mut fields: Map<String, Json>, awsvpc: bool) -> Map<String, Json> {
    fields.entry("essential").or_insert(Json::Bool(true));
    if fields.get("cpu").and_then(Json::as_f64) == Some(0.0) {
        fields.remove("cpu");
    }
    for (list, key) in [("environment", "name"), ("secrets", "name"), ("environmentFiles", "value")]
    {
        if let Some(Json::Array(items)) = fields.get_mut(list) {
            items.sort_by_cached_key(|item| text_of(item, key));
        }
    }
    if let Some(Json::Array(ports)) = fields.get_mut("portMappings") {
        for port in ports.iter_mut().filter_map(Json::as_object_mut) {
            normal_port(port, awsvpc);
        }
        ports.sort_by_cached_key(Json::to_string);
    }
    if let Some(Json::Object(check)) = fields.get_mut("healthCheck") {
        for (name, default) in [("interval", 30), ("timeout", 5), ("retries", 3)] {
            check.entry(name).or_insert(Json::from(default));
        }
    }
    fields.into_iter().filter_map(|(name, value)| Some((name, kept(value)?))).collect()
}

/// `tcp` is the default, host port 0 is none, and with `awsvpc` ECS stores the container port as host port.
fn normal_port(port: &mut Map<String, Json>, awsvpc: bool) {
    if port.get("protocol").is_some_and(|p| p == "tcp") {
        port.remove("protocol");
    }
    let host = port.get("hostPort");
    if host.and_then(Json::as_f64) == Some(0.0) || awsvpc && host == port.get("containerPort") {
        port.remove("hostPort");
    }
}

/// The value without nulls and empty parts; `None` when nothing is left of it.
fn kept(value: Json) -> Option<Json> {
    match value {
        Json::Null => None,
        Json::Array(items) if items.is_empty() => None,
        Json::Object(fields) => {
            let fields: Map<_, _> =
                fields.into_iter().filter_map(|(name, value)| Some((name, kept(value)?))).collect();
            (!fields.is_empty()).then_some(Json::Object(fields))
        }
        other => Some(other),
    }
}

fn text_of(value: &Json, name: &str) -> String {
    value.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::document::agree;

    #[test]
    fn what_ecs_fills_in_is_no_change() {
        let written = r#"[{"name":"a","image":"nginx:1","memory":64,"environment":[{"name":"B","value":"2"},{"name":"A","value":"1"}],
            "portMappings":[{"containerPort":80}],"healthCheck":{"command":["CMD","x"]}}]"#;
        let stored = r#"[{"name":"a","image":"nginx:1","memory":64,"cpu":0,"essential":true,"mountPoints":[],"volumesFrom":[],
            "environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"systemControls":[],"logConfiguration":null,
            "portMappings":[{"containerPort":80,"hostPort":80,"protocol":"tcp"}],
            "healthCheck":{"command":["CMD","x"],"interval":30,"timeout":5,"retries":3}}]"#;
        assert!(agree("container_definitions", written, stored, true));
        assert!(
            !agree("container_definitions", written, stored, false),
            "a bridged port is a dynamic one"
        );
        for (from, to) in [
            ("nginx:1", "nginx:2"),
            ("\"value\":\"2\"", "\"value\":\"3\""),
            (":80", ":81"),
            ("64", "65"),
        ] {
            assert!(
                !agree("container_definitions", &written.replace(from, to), stored, true),
                "{from}"
            );
        }
    }

    #[test]
    fn the_order_of_containers_is_none() {
        let one = r#"[{"name":"a"},{"name":"b","essential":false}]"#;
        let other = r#"[{"name":"b","essential":false},{"name":"a"}]"#;
        assert!(agree("container_definitions", one, other, false));
        assert!(!agree("container_definitions", one, r#"[{"name":"a"},{"name":"b"}]"#, false));
    }
}
