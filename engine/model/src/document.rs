//! JSON inside an attribute: container definitions, policies. Read alike from the value that `jsonencode` was given (holes,
//! blame and all) and from mere text.

use crate::Attr;
use serde_json::Value as Json;
use stack::{Kind, Str, Type, Value};

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node<'a, 'j> {
    /// In the value that was encoded.
    Value(&'a Value),
    /// In the text of `.1`.
    Json(&'j Json, &'a Value),
    /// Not there; `.0` is what lacks it.
    Missing(&'a Value),
}

/// Reads the document in an attribute: `read` sees its root. Text that is no JSON counts as unknown; the provider refuses it.
pub(crate) fn read<'a, T>(
    value: &'a Value,
    read: impl FnOnce(Node<'a, '_>) -> Option<T>,
) -> Attr<'a, T> {
    if value.is_null() {
        return Attr::Null(value);
    }
    let read = match (&value.blame.document, &value.kind) {
        (Some(document), _) => read(Node::Value(document)),
        (None, Kind::String(text)) => {
            serde_json::from_str::<Json>(text).ok().and_then(|json| read(Node::Json(&json, value)))
        }
        _ => None,
    };
    read.map_or(Attr::Unknown(value), |known| Attr::Known(known, value))
}

impl<'a> Node<'a, '_> {
    /// The value to blame.
    pub(crate) fn value(self) -> &'a Value {
        match self {
            Self::Value(value) | Self::Json(_, value) | Self::Missing(value) => value,
        }
    }

    /// A member of an object. ECS reads names in any case, so an exact match goes first, then any.
    pub(crate) fn get(self, name: &str) -> Self {
        match self {
            Self::Value(value) => match &value.kind {
                Kind::Object(map) | Kind::Map(_, map) => map
                    .get(name)
                    .or_else(|| {
                        map.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v)
                    })
                    .map_or(Self::Missing(value), Self::Value),
                Kind::Unknown(_) => self,
                _ => Self::Missing(value),
            },
            Self::Json(Json::Object(map), whole) => map
                .get(name)
                .or_else(|| map.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v))
                .map_or(Self::Missing(whole), |json| Self::Json(json, whole)),
            Self::Json(_, whole) => Self::Missing(whole),
            Self::Missing(_) => self,
        }
    }

    /// The members of an object, by name.
    pub(crate) fn members(self) -> Attr<'a, Vec<(Str, Self)>> {
        self.with(|node| match node {
            Self::Value(value) => match &value.kind {
                Kind::Object(map) | Kind::Map(_, map) => {
                    Some(map.iter().map(|(k, v)| (k.clone(), Self::Value(v))).collect())
                }
                _ => None,
            },
            Self::Json(Json::Object(map), whole) => {
                Some(map.iter().map(|(k, v)| (k.as_str().into(), Self::Json(v, whole))).collect())
            }
            _ => None,
        })
    }

    /// The elements of an array.
    pub(crate) fn elements(self) -> Attr<'a, Vec<Self>> {
        self.with(|node| match node {
            Self::Value(value) => value.as_slice().map(|v| v.iter().map(Self::Value).collect()),
            Self::Json(Json::Array(array), whole) => {
                Some(array.iter().map(|json| Self::Json(json, whole)).collect())
            }
            _ => None,
        })
    }

    /// The elements of an array, or what stands in place of one: policies may leave the brackets out.
    pub(crate) fn one_or_more(self) -> Attr<'a, Vec<Self>> {
        match self.elements() {
            // What is unknown may be either, unless it is certain to be a text.
            Attr::Unknown(value) if value.as_unknown().is_none_or(|u| u.ty == Type::String) => {
                Attr::Known(vec![self], value)
            }
            other => other,
        }
    }

    /// A list of texts, brackets optional.
    pub(crate) fn texts(self) -> Attr<'a, Vec<Attr<'a, Str>>> {
        self.one_or_more().map(|nodes| nodes.into_iter().map(Self::text).collect())
    }

    /// A text; numbers and booleans as JSON writes them.
    pub(crate) fn text(self) -> Attr<'a, Str> {
        self.with(|node| match node {
            Self::Value(value) => match &value.kind {
                Kind::String(text) => Some(text.clone()),
                Kind::Bool(flag) => Some(if *flag { "true" } else { "false" }.into()),
                Kind::Number(number) => Some(number.to_string().into()),
                _ => None,
            },
            Self::Json(Json::String(text), _) => Some(text.as_str().into()),
            Self::Json(Json::Bool(flag), _) => Some(if *flag { "true" } else { "false" }.into()),
            Self::Json(Json::Number(number), _) => Some(number.to_string().into()),
            _ => None,
        })
    }

    /// A boolean.
    pub(crate) fn flag(self) -> Attr<'a, bool> {
        self.text().and_then_known(|text| match text.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
    }

    /// A whole number.
    pub(crate) fn number(self) -> Attr<'a, i64> {
        self.text().and_then_known(|text| text.parse().ok())
    }

    fn with<T>(self, known: impl FnOnce(Self) -> Option<T>) -> Attr<'a, T> {
        match self {
            Self::Missing(value) | Self::Json(Json::Null, value) => Attr::Null(value),
            Self::Value(value) if value.is_null() => Attr::Null(value),
            node => {
                known(node).map_or(Attr::Unknown(node.value()), |k| Attr::Known(k, node.value()))
            }
        }
    }
}

impl<'a, T> Attr<'a, T> {
    /// Computes from a known one; what cannot be computed counts as unknown.
    fn and_then_known<U>(self, compute: impl FnOnce(T) -> Option<U>) -> Attr<'a, U> {
        match self {
            Self::Known(known, value) => {
                compute(known).map_or(Attr::Unknown(value), |known| Attr::Known(known, value))
            }
            Self::Null(value) => Attr::Null(value),
            Self::Unknown(value) => Attr::Unknown(value),
        }
    }
}
