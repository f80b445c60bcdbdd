//! Security group protocols: numbers and capitals to the names that EC2 prints.

use super::{edit, replace};
use crate::Value;

/// Inline rules.
pub(super) fn rules(value: Value) -> Value {
    let value = edit(value, &["ingress", "protocol"], &normalise);
    edit(value, &["egress", "protocol"], &normalise)
}

/// `TCP` and `6` to `tcp`, `all` to `-1`.
pub(super) fn normalise(value: Value) -> Value {
    let Some(text) = value.as_str() else { return value };
    let lower = text.to_lowercase();
    let name = match lower.as_str() {
        "-1" | "all" => "-1",
        "1" => "icmp",
        "6" => "tcp",
        "17" => "udp",
        "58" => "icmpv6",
        other => other,
    };
    if name == text { value } else { replace(&value, Value::string(name)) }
}
