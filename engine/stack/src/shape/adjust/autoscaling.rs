//! `aws_autoscaling_group`: a launch template that is named has an `id` that reads `unknown`, literally, until it is looked up.

use super::{edit, edit_blocks, replace};
use crate::Value;

/// Both places where a launch template stands. The provider looks up what is named by a known text.
pub(super) fn launch_templates(value: Value) -> Value {
    let value = edit_blocks(value, &["launch_template"], &|block| named(block, "id", "name"));
    let specification =
        ["mixed_instances_policy", "launch_template", "launch_template_specification"];
    edit_blocks(value, &specification, &|block| {
        named(block, "launch_template_id", "launch_template_name")
    })
}

fn named(block: Value, id: &str, name: &str) -> Value {
    if block.get(name).and_then(Value::as_str).is_none() {
        return block;
    }
    edit(block, &[id], &|old| {
        if old.is_unknown() { replace(&old, Value::string("unknown")) } else { old }
    })
}
