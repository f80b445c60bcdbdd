//! Which instances, and which attribute values, a comment speaks of.

use super::comment::Tool;
use crate::wildcard::fits;
use crate::{Row, path};
use model::field;
use stack::Value;

/// True when an address is the one that is asked for, or something in it: `module.web` holds `module.web.aws_subnet.a`, and
/// `aws_subnet.a` holds `aws_subnet.a[0]`.
pub(super) fn is_within(address: &str, asked: &str) -> bool {
    let inside = ["", ".*", "[*"];
    inside.iter().any(|end| fits(&format!("{asked}{end}"), address))
}

/// True when the subject has an attribute value: what `[path=value]` asks. trivy looks at the resource; in our own comments the nearest
/// block or object around the finding's attribute that has the path decides.
pub(super) fn meets(tool: Tool, row: &Row<'_>, asked: &str, wanted: &str) -> bool {
    let Some(resource) = row.resource else { return false };
    let mut around = vec![&resource.value];
    if tool == Tool::Banana {
        around.extend(path::along(&resource.value, &row.path));
    }
    let found = around.iter().rev().map(|object| look_up(object, asked)).find(|v| !v.is_empty());
    // trivy compares texts as they are.
    let alike = if tool == Tool::Banana { fits } else { |wanted: &str, text: &str| wanted == text };
    found.is_some_and(|values| values.iter().all(|value| is(value, wanted, alike)))
}

/// The values at a path with dots, `ingress.from_port` or `ingress.0.from_port`; of each element where no number chooses one.
fn look_up<'v>(object: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![object];
    for step in path.split('.') {
        let at: Option<usize> = step.parse().ok();
        let mut next = Vec::new();
        for value in found {
            match at.and_then(|at| value.index(at)) {
                Some(element) => next.push(element),
                None if value.as_slice().is_some() => {
                    next.extend(value.elements().map(|element| field(element, step)));
                }
                None => next.push(field(value, step)),
            }
        }
        found = next.into_iter().filter(|value| !value.is_null()).collect();
    }
    found
}

/// True when a value reads so; a list when all of it does.
fn is(value: &Value, wanted: &str, alike: fn(&str, &str) -> bool) -> bool {
    if let Some(elements) = value.as_slice() {
        return !elements.is_empty() && elements.iter().all(|one| is_one(one, wanted, alike));
    }
    is_one(value, wanted, alike)
}

fn is_one(value: &Value, wanted: &str, alike: fn(&str, &str) -> bool) -> bool {
    let number = |number: &stack::Number| {
        let text = number.to_string();
        text == wanted || format!("{text}.000000") == wanted
    };
    value.as_str().is_some_and(|text| alike(wanted, text))
        || value.as_bool().is_some_and(|flag| flag.to_string() == wanted)
        || value.as_number().is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_what_is_below() {
        let address = "module.web[\"a\"].aws_subnet.b[0]";
        for asked in [
            "module.web",
            "module.web[\"a\"]",
            "module.web[\"a\"].aws_subnet.b",
            "module.web[\"a\"].aws_subnet.b[0]",
            "module.web[*].aws_subnet.b",
            "*.aws_subnet.b",
        ] {
            assert!(is_within(address, asked), "{asked}");
        }
        for asked in
            ["module.we", "module.web[\"b\"]", "aws_subnet.b", "module.web[\"a\"].aws_subnet.b[1]"]
        {
            assert!(!is_within(address, asked), "{asked}");
        }
    }
}
