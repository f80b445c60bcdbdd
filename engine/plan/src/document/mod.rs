//! Documents inside string attributes, compared by meaning.
//!
//! Which attributes hold which document, and what AWS changes in one, was observed on plans of hashicorp/aws 5.100.0.

mod containers;
mod policy;

use serde_json::Value as Json;

/// True when two texts of the attribute `name` are different spellings of one document. With `awsvpc` a container port is its host port.
pub fn agree(name: &str, a: &str, b: &str, awsvpc: bool) -> bool {
    let read = |text: &str| serde_json::from_str::<Json>(text).ok();
    let bridged = |json| containers::normal(json, false);
    let own_network = |json| containers::normal(json, true);
    let normal: fn(Json) -> Json = match name {
        "container_definitions" if awsvpc => own_network,
        "container_definitions" => bridged,
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
        _ => return false,
    };
    match (read(a), read(b)) {
        (Some(a), Some(b)) => normal(a) == normal(b),
        _ => false,
    }
}
