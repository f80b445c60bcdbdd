//! Values as a plan shows them: secrets masked, unknowns named, documents taken apart.

use crate::Style;
use serde_json::Value as Json;
use stack::{Address, Kind, Marks, Origin, Value};
use std::collections::BTreeMap;

/// A value, ready to be held against another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// Nothing is there.
    Nothing,
    /// A text in a line: JSON, or words in parentheses.
    Leaf(String),
    /// Only AWS can say: the words, which may name the attribute that decides it.
    Later(String),
    /// Parts by name: attributes, keys of a map, elements of a list that have a name of their own.
    Parts(BTreeMap<String, Shown>),
    /// Elements by place.
    List(Vec<Shown>),
    /// Elements without an order.
    Set(Vec<Shown>),
}

/// The words for what nobody may see.
pub(super) const SECRET: &str = "(sensitive)";
/// The words for what only AWS can say.
const LATER: &str = "(known after apply)";

/// Members by which the elements of a list in a document are told apart.
const NAMES: [&str; 6] = ["Sid", "name", "containerPort", "sourceVolume", "value", "id"];

/// Whose attributes are shown.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    address: &'a Address,
    /// A task definition whose containers have the task's own network.
    awsvpc: bool,
}

impl<'a> Owner<'a> {
    pub(super) fn new(address: &'a Address, object: &Value) -> Self {
        let awsvpc = object.get("network_mode").and_then(Value::as_str) == Some("awsvpc");
        Self { address, awsvpc }
    }

    /// The attribute `name` of the object.
    pub(super) fn attribute(self, name: &str, value: &Value) -> Shown {
        if value.marks.has(Marks::SENSITIVE) {
            return Shown::Leaf(SECRET.into());
        }
        let text = value.as_str();
        match text.and_then(|text| document(name, text, self.awsvpc)) {
            Some(json) => Shown::json(&json),
            None => Shown::of(value, Some(self.address)),
        }
    }
}

impl Shown {
    /// Any value; what only `own` decides is just not known yet.
    pub(super) fn of(value: &Value, own: Option<&Address>) -> Self {
        if value.marks.has(Marks::SENSITIVE) {
            return Self::Leaf(SECRET.into());
        }
        match &value.kind {
            Kind::Unknown(unknown) => match &unknown.origin {
                Origin::Resource { address, path } if own != Some(&**address) => {
                    let dot = if path.is_empty() { "" } else { "." };
                    Self::Later(format!("({address}{dot}{})", plan::show(path)))
                }
                _ => Self::Later(LATER.into()),
            },
            Kind::Null(_) => Self::Nothing,
            Kind::Object(parts) => {
                let parts =
                    parts.iter().map(|(name, part)| (name.to_string(), Self::of(part, own)));
                // An empty text in a block is what the provider's SDK has for nothing.
                let empty = |part: &Self| part.is_nothing() || part.is_blank();
                Self::Parts(parts.filter(|(_, part)| !empty(part)).collect())
            }
            Kind::Map(_, parts) => {
                let parts =
                    parts.iter().map(|(name, part)| (name.to_string(), Self::of(part, own)));
                Self::Parts(parts.filter(|(_, part)| *part != Self::Nothing).collect())
            }
            Kind::Set(..) => Self::Set(value.elements().map(|e| Self::of(e, own)).collect()),
            Kind::List(..) | Kind::Tuple(_) => {
                Self::List(value.elements().map(|e| Self::of(e, own)).collect())
            }
            _ => Self::Leaf(value.to_json().to_string()),
        }
    }

    /// A document: the elements of its lists go by their names, where they have some, and by what they say.
    fn json(json: &Json) -> Self {
        match json {
            Json::Null => Self::Nothing,
            Json::Object(fields) => {
                let parts = fields.iter().map(|(name, part)| (name.clone(), Self::json(part)));
                Self::Parts(parts.collect())
            }
            Json::Array(items) => match named(items) {
                Some(named) => Self::Parts(named),
                None => Self::Set(items.iter().map(Self::json).collect()),
            },
            other => Self::Leaf(other.to_string()),
        }
    }

    /// Null, or empty through and through.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Leaf(_) | Self::Later(_) => false,
            Self::Parts(parts) => parts.values().all(Self::is_nothing),
            Self::List(items) | Self::Set(items) => items.is_empty(),
        }
    }

    /// The parts, each with its path; none of a leaf. One block alone has no index.
    pub(super) fn parts(&self, path: &str) -> Vec<(String, &Self)> {
        match self {
            Self::Parts(parts) => {
                let said = parts.iter().filter(|(_, part)| !part.is_nothing());
                said.map(|(name, part)| (joined(path, name), part)).collect()
            }
            Self::List(items) | Self::Set(items) => match items.as_slice() {
                [one] => one.parts(path),
                all if all.iter().any(|item| matches!(item, Self::Parts(_))) => {
                    let at = |(at, item)| (format!("{path}[{at}]"), item);
                    all.iter().enumerate().map(at).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// True when only AWS can say.
    pub(super) fn is_later(&self) -> bool {
        matches!(self, Self::Later(_))
    }

    /// A text without a letter, or a zero: what is not set, as the provider's SDK has it.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Leaf(text) if matches!(text.as_str(), "\"\"" | "0" | "false"))
    }

    /// In a line. Long texts are cut to `room` characters: what a person wants to see of a script is that it is there.
    pub(super) fn line(&self, room: usize, style: &Style) -> String {
        let mut text = String::new();
        self.write(&mut text, &|leaf| cut(leaf, room, style));
        text
    }

    fn write(&self, text: &mut String, leaf: &dyn Fn(&str) -> String) {
        let (open, close) = match self {
            Self::Nothing => return text.push_str("null"),
            Self::Leaf(word) | Self::Later(word) => return text.push_str(&leaf(word)),
            Self::Parts(_) => ('{', '}'),
            Self::List(_) | Self::Set(_) => ('[', ']'),
        };
        text.push(open);
        let mut first = true;
        let mut next = |text: &mut String| {
            if !std::mem::take(&mut first) {
                text.push_str(", ");
            }
        };
        match self {
            Self::Parts(parts) => {
                for (name, part) in parts.iter().filter(|(_, part)| !part.is_nothing()) {
                    next(text);
                    text.push_str(name);
                    text.push_str(" = ");
                    part.write(text, leaf);
                }
            }
            Self::List(items) | Self::Set(items) => {
                for item in items {
                    next(text);
                    item.write(text, leaf);
                }
            }
            Self::Nothing | Self::Leaf(_) | Self::Later(_) => {}
        }
        text.push(close);
    }
}

/// `tags.Name`, `tags["a.b"]`
pub(super) fn joined(path: &str, name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if plain && !name.is_empty() { format!("{path}.{name}") } else { format!("{path}[{name:?}]") }
}

/// The text, or as much of it as there is room for.
pub(super) fn cut(text: &str, room: usize, style: &Style) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let cut: String = text.chars().take(room).collect();
    format!("{cut}{}", dots(style))
}

/// What stands for what is left out.
pub(super) fn dots(style: &Style) -> &'static str {
    if style.unicode { "…" } else { "..." }
}

/// The document in a text: of an attribute that is known to hold one, in one form for all spellings; of any other whatever JSON it is.
fn document(name: &str, text: &str, awsvpc: bool) -> Option<Json> {
    plan::document::normal(name, text, awsvpc).or_else(|| {
        let starts = text.trim_start().starts_with(['{', '[']);
        starts.then(|| serde_json::from_str(text).ok())?
    })
}

/// Elements by their names, when each has one of its own.
fn named(items: &[Json]) -> Option<BTreeMap<String, Shown>> {
    let by = NAMES.iter().find(|by| items.iter().all(|item| item.get(by).is_some()))?;
    let pairs = items.iter().filter_map(|item| {
        let name = item.get(by)?;
        let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
        let mut fields = item.as_object()?.clone();
        fields.remove(*by);
        // `{"name": "A", "value": "1"}` is a pair.
        let alone = fields.get("value").filter(|_| fields.len() == 1);
        let part = match alone.or(fields.get("valueFrom").filter(|_| fields.len() == 1)) {
            Some(value) => Shown::json(value),
            None => Shown::json(&Json::Object(fields.clone())),
        };
        Some((name, part))
    });
    let named: BTreeMap<String, Shown> = pairs.collect();
    (!items.is_empty() && named.len() == items.len()).then_some(named)
}
