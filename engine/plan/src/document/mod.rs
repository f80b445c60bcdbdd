//! Documents inside string attributes, compared by meaning.
//!
//! Which attributes hold which document, and what AWS changes in one, was observed on plans of hashicorp/aws 5.100.0.

mod containers;
mod policy;

use serde_json::Value as Json;

/// True when two texts of the attribute `name` are different spellings of one document. With `awsvpc` a container port is its host port.
pub fn agree(name: &str, a: &str, b: &str, awsvpc: bool) -> bool {
    match (normal(name, a, awsvpc), normal(name, b, awsvpc)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

/// The document that the attribute `name` holds, in one form for all spellings of one meaning; `None` when the attribute holds none, or
/// the text is not JSON.
pub fn normal(name: &str, text: &str, awsvpc: bool) -> Option<Json> {
    let normal: fn(Json) -> Json = match name {
        "container_definitions" if awsvpc => |json| containers::normal(json, true),
        "container_definitions" => |json| containers::normal(json, false),
        "policy" | "assume_role_policy" | "access_policy" | "access_policies"
        | "resource_policy" => policy::normal,
        "event_pattern"
        | "dashboard_body"
        | "definition"
        | "filter_policy"
        | "redrive_policy"
        | "redrive_allow_policy"
        | "delivery_policy"
        | "pattern" => |json| json,
        _ => return None,
    };
    serde_json::from_str(text).ok().map(normal)
}
