//! `container_definitions`: JSON that the provider reads into the API's structure.

use crate::shape::container_definition::{CONTAINER, Member};
use serde_json::Value as Json;

/// Why a text is no list of container definitions.
pub(super) fn refuse(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let json = match serde_json::from_str::<Json>(text) {
        Ok(json) => json,
        Err(why) => return Some(format!("is no JSON: {why}")),
    };
    let containers = match &json {
        Json::Null => return None,
        Json::Array(containers) => containers,
        _ => return Some("is no array of container definitions".into()),
    };
    for (at, container) in containers.iter().enumerate() {
        if let Some((path, wanted)) = misfit(container, CONTAINER, &format!("[{at}]")) {
            return Some(format!("has in `{path}` what is not {wanted}"));
        }
        let empty =
            |json: &Json| json.is_null() || json.as_object().is_some_and(serde_json::Map::is_empty);
        if empty(container) {
            return Some(format!("has nothing in `[{at}]`"));
        }
    }
    None
}

/// The first value that its member cannot hold. As deep as the structure, at most.
fn misfit(json: &Json, member: Member, path: &str) -> Option<(String, &'static str)> {
    let wrong = || Some((path.to_owned(), member.friendly()));
    match (member, json) {
        (_, Json::Null) | (Member::Text, Json::String(_)) | (Member::Flag, Json::Bool(_)) => None,
        (Member::Whole, Json::Number(number)) => {
            if number.as_str().parse::<i32>().is_ok() {
                None
            } else {
                wrong()
            }
        }
        (Member::List(of), Json::Array(items)) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(at, item)| misfit(item, *of, &format!("{path}[{at}]")))
        }
        (Member::Map(of), Json::Object(entries)) => {
            entries.iter().find_map(|(name, json)| misfit(json, *of, &format!("{path}.{name}")))
        }
        (Member::Object(_), Json::Object(entries)) => entries.iter().find_map(|(name, json)| {
            let (name, member) = member.get(name)?;
            misfit(json, member, &format!("{path}.{name}"))
        }),
        _ => wrong(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Terraform's verdicts with provider 5.100.0.
    #[test]
    fn only_what_fits_the_structure_is_taken() {
        for good in [
            "",
            "null",
            "[]",
            r#"[{"name":"a","unknownThing":1}]"#,
            r#"[{"image":"b"}]"#,
            r#"[{"name":"a","environment":[{"name":"A"}],"cpu":null}]"#,
            r#"[{"name":"a","portMappings":[{"containerPort":80,"protocol":"xyz"}]}]"#,
        ] {
            assert_eq!(refuse(good), None, "{good}");
        }
        for (bad, why) in [
            ("{not json", "is no JSON"),
            ("{}", "is no array"),
            ("[1]", "`[0]` what is not an object"),
            ("[{}]", "nothing in `[0]`"),
            (r#"[{"name":1}]"#, "`[0].name` what is not a string"),
            (r#"[{"name":"a","essential":"true"}]"#, "`[0].essential`"),
            (r#"[{"name":"a","cpu":1.5}]"#, "`[0].cpu` what is not a whole number"),
            (r#"[{"name":"a","environment":{"A":"b"}}]"#, "`[0].environment`"),
            (r#"[{"name":"a","environment":[{"name":"A","value":1}]}]"#, "environment[0].value"),
            (r#"[{"name":"a","command":"sh"}]"#, "`[0].command` what is not an array"),
            (r#"[{"name":"a","dockerLabels":{"a":1}}]"#, "`[0].dockerLabels.a`"),
            (r#"[{"name":"a","portMappings":[{"containerPort":99999999999}]}]"#, "containerPort"),
            (r#"[{"name":"a","portMappings":[{"containerPort":"80"}]}]"#, "containerPort"),
        ] {
            let found = refuse(bad).unwrap();
            assert!(found.contains(why), "{bad}: {found}");
        }
    }
}
