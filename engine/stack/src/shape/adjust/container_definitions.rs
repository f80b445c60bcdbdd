//! `container_definitions`: read as the API's structure and printed again.

use super::{json, replace};
use crate::Value;
use serde_json::Value as Json;

/// Members of the API's `ContainerDefinition` (ECS API reference), spelt as in JSON; anything else is dropped.
const MEMBERS: &[&str] = &[
    "command",
    "cpu",
    "credentialSpecs",
    "dependsOn",
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "dockerLabels",
    "dockerSecurityOptions",
    "entryPoint",
    "environment",
    "environmentFiles",
    "essential",
    "extraHosts",
    "firelensConfiguration",
    "healthCheck",
    "hostname",
    "image",
    "interactive",
    "links",
    "linuxParameters",
    "logConfiguration",
    "memory",
    "memoryReservation",
    "mountPoints",
    "name",
    "portMappings",
    "privileged",
    "pseudoTerminal",
    "readonlyRootFilesystem",
    "repositoryCredentials",
    "resourceRequirements",
    "restartPolicy",
    "secrets",
    "startTimeout",
    "stopTimeout",
    "systemControls",
    "ulimits",
    "user",
    "versionConsistency",
    "volumesFrom",
    "workingDirectory",
];

/// Keys sorted, unknown members and nulls dropped, `environment` and `secrets` by name. Text that is no such list stays.
pub(super) fn normalise(value: Value) -> Value {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Json>(text).ok());
    let Some(Json::Array(definitions)) = parsed else { return value };
    let definitions: Json = definitions.into_iter().map(definition).collect();
    let text = json::print(&json::sorted(definitions));
    if value.as_str() == Some(text.as_str()) { value } else { replace(&value, Value::string(text)) }
}

fn definition(json: Json) -> Json {
    let Json::Object(map) = json else { return json };
    let mut kept = serde_json::Map::new();
    for (key, value) in map {
        let member = MEMBERS.iter().find(|member| member.eq_ignore_ascii_case(&key));
        let Some(member) = member.filter(|_| !value.is_null()) else { continue };
        let mut value = without_nulls(value);
        if let ("environment" | "secrets", Json::Array(list)) = (*member, &mut value) {
            let name = |entry: &Json| entry.get("name").and_then(Json::as_str).map(str::to_owned);
            list.sort_by_key(name);
        }
        kept.insert((*member).to_owned(), value);
    }
    Json::Object(kept)
}

/// As deep as the text, which the JSON reader bounds.
fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            kept.map(|(key, value)| (key, without_nulls(value))).collect()
        }
        Json::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
