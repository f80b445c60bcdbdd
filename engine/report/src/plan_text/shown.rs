//! Values as a plan shows them: secrets masked, unknowns named, documents taken apart.

use crate::Style;
use serde_json::Value as Json;
use stack::{Kind, Marks, Value};
use std::collections::BTreeMap;

/// A value, ready to be held against another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// Nothing is there.
    Nothing,
    /// A text in a line: JSON, or words in parentheses.
    Leaf(String),
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

impl Shown {
    /// The attribute `name` of an object.
    pub(super) fn attribute(name: &str, value: &Value, awsvpc: bool) -> Self {
        if value.marks.has(Marks::SENSITIVE) {
            return Self::Leaf(SECRET.into());
        }
        if let Some(text) = value.as_str()
            && let Some(json) = document(name, text, awsvpc)
        {
            return Self::json(&json, true);
        }
        Self::of(value)
    }

    /// Any value.
    pub(super) fn of(value: &Value) -> Self {
        if value.marks.has(Marks::SENSITIVE) {
            return Self::Leaf(SECRET.into());
        }
        match &value.kind {
            Kind::Unknown(_) => Self::Leaf(LATER.into()),
            Kind::Null(_) => Self::Nothing,
            Kind::Object(parts) | Kind::Map(_, parts) => {
                let parts = parts.iter().map(|(name, part)| (name.to_string(), Self::of(part)));
                Self::Parts(parts.filter(|(_, part)| !part.is_nothing()).collect())
            }
            Kind::Set(..) => Self::Set(value.elements().map(Self::of).collect()),
            Kind::List(..) | Kind::Tuple(_) => Self::List(value.elements().map(Self::of).collect()),
            _ => Self::Leaf(value.to_json().to_string()),
        }
    }

    /// A document: lists of one meaning whatever their order are sets, and elements with names go by them.
    fn json(json: &Json, top: bool) -> Self {
        match json {
            Json::Null => Self::Nothing,
            Json::Object(fields) => {
                let parts =
                    fields.iter().map(|(name, part)| (name.clone(), Self::json(part, false)));
                Self::Parts(parts.collect())
            }
            Json::Array(items) => match named(items) {
                Some(named) => Self::Parts(named),
                None if items.iter().all(|item| !item.is_object()) && !top => {
                    Self::Set(items.iter().map(|item| Self::json(item, false)).collect())
                }
                None => Self::List(items.iter().map(|item| Self::json(item, false)).collect()),
            },
            other => Self::Leaf(other.to_string()),
        }
    }

    /// Null, or empty through and through.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Leaf(_) => false,
            Self::Parts(parts) => parts.values().all(Self::is_nothing),
            Self::List(items) | Self::Set(items) => items.is_empty(),
        }
    }

    /// True when only AWS can say.
    pub(super) fn is_later(&self) -> bool {
        matches!(self, Self::Leaf(text) if text == LATER)
    }

    /// In a line, cut to the screen.
    pub(super) fn line(&self, style: &Style) -> String {
        let mut text = String::new();
        self.write(&mut text);
        let room = style.width.saturating_sub(30).max(40);
        if text.chars().count() <= room {
            return text;
        }
        let cut: String = text.chars().take(room).collect();
        format!("{cut}{}", if style.unicode { "…" } else { "..." })
    }

    fn write(&self, text: &mut String) {
        let (open, close) = match self {
            Self::Nothing => return text.push_str("null"),
            Self::Leaf(leaf) => return text.push_str(leaf),
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
                    part.write(text);
                }
            }
            Self::List(items) | Self::Set(items) => {
                for item in items {
                    next(text);
                    item.write(text);
                }
            }
            Self::Nothing | Self::Leaf(_) => {}
        }
        text.push(close);
    }
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
            Some(value) => Shown::json(value, false),
            None => Shown::json(&Json::Object(fields.clone()), false),
        };
        Some((name, part))
    });
    let named: BTreeMap<String, Shown> = pairs.collect();
    (!items.is_empty() && named.len() == items.len()).then_some(named)
}
