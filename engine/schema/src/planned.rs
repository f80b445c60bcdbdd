//! What a create plans for what is not written, as `data/planned.txt` has it.
//!
//! The schema does not say this: the provider's code does. The file is for people too: a line with a type's name, then indented
//! lines, `path = value` for an optional attribute's default, `path ?` for a block that is unknown when it is not written.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static TEXT: &str = include_str!("../data/planned.txt");
static TYPES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| split(TEXT));

/// What one path holds when it is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names from the resource inwards, without indices: `health_check.interval`.
    pub path: &'static str,
    /// Its value.
    pub literal: Literal,
}

/// A planned value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Only known when applied.
    Unknown,
    /// A default.
    Known(serde_json::Value),
}

/// The entries of one type, read when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Planned(OnceLock<Vec<Entry>>);

impl Planned {
    pub(crate) fn entries(&self, ty: &str) -> &[Entry] {
        self.0.get_or_init(|| TYPES.get(ty).map(|text| read(text)).unwrap_or_default())
    }
}

fn split(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    let mut types = BTreeMap::new();
    for section in text.split("\n\n") {
        if let Some((name, lines)) = section.trim_start_matches('\n').split_once('\n') {
            types.insert(name, lines);
        }
    }
    types
}

fn read(lines: &'static str) -> Vec<Entry> {
    let entry = |line: &'static str| {
        let line = line.trim();
        if let Some(path) = line.strip_suffix(" ?") {
            return Some(Entry { path, literal: Literal::Unknown });
        }
        let (path, value) = line.split_once(" = ")?;
        Some(Entry { path, literal: Literal::Known(serde_json::from_str(value).ok()?) })
    };
    let mut entries: Vec<Entry> = lines.lines().filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.path);
    entries
}
