//! What a create plans for what is not written, as `data/planned.txt` has it.
//!
//! The schema does not say this: the provider's code does. The file is for people too: a line with a type's name, then indented
//! lines: `path = value` for an optional attribute's default, `path ?` for a block that is unknown when it is not written, `path !` for what the
//! provider demands although the schema does not, `path ~ sorted` and `path ~ version-first` for a JSON document that is printed anew.

use crate::sections::split;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static TEXT: &str = include_str!("../data/planned.txt");
static TYPES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| split(TEXT));

/// One path of a type and what the provider does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names from the resource inwards, without indices: `health_check.interval`.
    pub path: &'static str,
    /// What the provider does there.
    pub rule: Rule,
}

/// What the provider does at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Not written, it is only known when applied.
    Unknown,
    /// Not written, it has this value.
    Default(serde_json::Value),
    /// It must be written.
    Required,
    /// It is a JSON document, planned without blanks and with its keys sorted.
    Document {
        /// `Version` stays before all other keys, when it is `2012-10-17`.
        version_first: bool,
    },
}

/// The entries of one type, read when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Planned(OnceLock<Vec<Entry>>);

impl Planned {
    pub(crate) fn entries(&self, ty: &str) -> &[Entry] {
        self.0.get_or_init(|| TYPES.get(ty).map(|text| read(text)).unwrap_or_default())
    }
}

fn read(lines: &'static str) -> Vec<Entry> {
    let entry = |line: &'static str| {
        let line = line.trim();
        if let Some(path) = line.strip_suffix(" ?") {
            return Some(Entry { path, rule: Rule::Unknown });
        }
        if let Some(path) = line.strip_suffix(" !") {
            return Some(Entry { path, rule: Rule::Required });
        }
        if let Some((path, order)) = line.split_once(" ~ ") {
            let version_first = order == "version-first";
            return Some(Entry { path, rule: Rule::Document { version_first } });
        }
        let (path, value) = line.split_once(" = ")?;
        Some(Entry { path, rule: Rule::Default(serde_json::from_str(value).ok()?) })
    };
    let mut entries: Vec<Entry> = lines.lines().filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.path);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Body, Nesting};

    /// Every line can be read, names a type, and leads to something that the schema has.
    #[test]
    fn every_entry_leads_somewhere() {
        for (ty, lines) in TYPES.iter() {
            let schema = crate::resource(ty).unwrap_or_else(|| panic!("{ty}"));
            let entries = schema.planned();
            assert_eq!(entries.len(), lines.trim_end().lines().count(), "{ty}");
            assert!(entries.is_sorted_by_key(|entry| entry.path), "{ty}");
            for entry in entries {
                assert!(leads(schema.body, entry.path), "{ty} {}", entry.path);
            }
        }
    }

    fn leads(body: &Body, path: &str) -> bool {
        match path.split_once('.') {
            None => body.attribute(path).is_some() || body.block(path).is_some(),
            Some((first, rest)) => {
                let block =
                    body.block(first).filter(|b| b.nesting != Nesting::Single || !rest.is_empty());
                block.is_some_and(|b| leads(b.body(), rest)) || body.attribute(first).is_some()
            }
        }
    }

    #[test]
    fn defaults_unknowns_and_documents() {
        let rule = |ty: &str, path: &str| {
            let entries = crate::resource(ty).unwrap().planned();
            entries.iter().find(|e| e.path == path).map(|e| e.rule.clone())
        };
        assert_eq!(rule("aws_vpc", "instance_tenancy"), Some(Rule::Default("default".into())));
        assert_eq!(rule("aws_lb_target_group", "stickiness"), Some(Rule::Unknown));
        let document = |version_first| Some(Rule::Document { version_first });
        assert_eq!(rule("aws_iam_policy", "policy"), document(false));
        assert_eq!(rule("aws_iam_role_policy", "policy"), document(true));
        assert_eq!(rule("aws_security_group", "ingress.protocol"), Some(Rule::Required));
        assert_eq!(rule("aws_vpc", "tags"), None);
    }
}
