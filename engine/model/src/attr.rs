//! An attribute in three values: known, null, or not known yet; each with the value it was read from, for blame.

use stack::{Blame, Kind, Marks, Resource, Str, Type, Value};
use std::collections::BTreeMap;

/// What stands for an attribute that the object does not have: null, decided nowhere.
pub static ABSENT: Value = Value {
    kind: Kind::Null(Type::Dynamic),
    marks: Marks::NONE,
    blame: Blame { at: None, via: None, document: None },
};

/// An attribute. The reference is the value it was read from, whose blame says who decided it.
#[derive(Clone, Copy, Debug)]
pub enum Attr<'a, T> {
    /// Known, and not null.
    Known(T, &'a Value),
    /// Null: not written, and without a provider default.
    Null(&'a Value),
    /// Not known yet; its origin says who decides.
    Unknown(&'a Value),
}

impl<'a, T> Attr<'a, T> {
    /// The value it was read from.
    pub fn value(&self) -> &'a Value {
        match self {
            Self::Known(_, value) | Self::Null(value) | Self::Unknown(value) => value,
        }
    }

    /// What is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(known, _) => Some(known),
            Self::Null(_) | Self::Unknown(_) => None,
        }
    }

    /// True when it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null(_))
    }

    /// True when it is not known yet.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// The same with the known part borrowed.
    pub fn as_ref(&self) -> Attr<'a, &T> {
        match self {
            Self::Known(known, value) => Attr::Known(known, value),
            Self::Null(value) => Attr::Null(value),
            Self::Unknown(value) => Attr::Unknown(value),
        }
    }

    /// Looks into a known one; null and unknown stay what they are.
    pub fn and_then<U>(self, look: impl FnOnce(T) -> Attr<'a, U>) -> Attr<'a, U> {
        match self {
            Self::Known(known, _) => look(known),
            Self::Null(value) => Attr::Null(value),
            Self::Unknown(value) => Attr::Unknown(value),
        }
    }

    /// Computes from a known one.
    pub fn map<U>(self, compute: impl FnOnce(T) -> U) -> Attr<'a, U> {
        match self {
            Self::Known(known, value) => Attr::Known(compute(known), value),
            Self::Null(value) => Attr::Null(value),
            Self::Unknown(value) => Attr::Unknown(value),
        }
    }

    /// Null read as `default`.
    #[must_use]
    pub fn or(self, default: T) -> Self {
        match self {
            Self::Null(value) => Self::Known(default, value),
            other => other,
        }
    }
}

impl<'a, T> Attr<'a, Vec<Attr<'a, T>>> {
    /// The elements of a known list or set; none when it is null or unknown.
    pub fn elements(&self) -> &[Attr<'a, T>] {
        self.known().map(Vec::as_slice).unwrap_or_default()
    }

    /// True when the list or one of its elements is not known.
    pub fn has_unknown(&self) -> bool {
        self.is_unknown() || self.elements().iter().any(Attr::is_unknown)
    }
}

/// What an attribute can be read as.
pub trait Read<'a>: Sized {
    /// Reads a value. One of another type than the schema's counts as unknown: the resolver has reported it.
    fn read(value: &'a Value) -> Attr<'a, Self>;
}

/// An attribute of an object (or an element of a map), absent ones as null.
pub fn field<'a>(object: &'a Value, name: &str) -> &'a Value {
    match &object.kind {
        Kind::Object(map) | Kind::Map(_, map) => map.get(name).unwrap_or(&ABSENT),
        Kind::Unknown(_) => object,
        _ => &ABSENT,
    }
}

/// An attribute or block of an instance: as planned; but where the plan blurs what is written (a list with one unknown element is
/// planned as unknown altogether), as written.
pub fn attribute<'a>(resource: &'a Resource, name: &str) -> &'a Value {
    let planned = field(&resource.value, name);
    if planned.is_wholly_known() || !is_written(resource, name) {
        return planned;
    }
    let written = field(&resource.config, name);
    if blurs(planned, written) { written } else { planned }
}

/// True when `planned` is unknown somewhere where `written` is not.
fn blurs(planned: &Value, written: &Value) -> bool {
    let mut pairs = vec![(planned, written)];
    while let Some((planned, written)) = pairs.pop() {
        if planned.is_unknown() {
            if !written.is_unknown() && !written.is_null() {
                return true;
            }
            continue;
        }
        pairs.extend(planned.elements().zip(written.elements()));
        pairs.extend(planned.entries().map(|(name, planned)| (planned, field(written, name))));
    }
    false
}

/// True when the configuration says something for an attribute or block: where that is computed, the planned object is unknown
/// otherwise.
pub fn is_written(resource: &Resource, name: &str) -> bool {
    let value = field(&resource.config, name);
    !value.is_null() && !value.is_empty()
}

/// Null and unknown read alike for every type; `known` sees the rest.
fn with<'a, T>(value: &'a Value, known: impl FnOnce(&'a Kind) -> Option<T>) -> Attr<'a, T> {
    match &value.kind {
        Kind::Null(_) => Attr::Null(value),
        kind => known(kind).map_or(Attr::Unknown(value), |known| Attr::Known(known, value)),
    }
}

impl<'a> Read<'a> for &'a Value {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| (!matches!(kind, Kind::Unknown(_))).then_some(value))
    }
}

impl<'a> Read<'a> for &'a str {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| match kind {
            Kind::String(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

impl<'a> Read<'a> for Str {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| match kind {
            Kind::String(text) => Some(text.clone()),
            _ => None,
        })
    }
}

impl<'a> Read<'a> for bool {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| match kind {
            Kind::Bool(flag) => Some(*flag),
            Kind::String(text) if text == "true" => Some(true),
            Kind::String(text) if text == "false" => Some(false),
            _ => None,
        })
    }
}

impl<'a> Read<'a> for i64 {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| match kind {
            Kind::Number(number) => number.as_i64(),
            Kind::String(text) => text.parse().ok(),
            _ => None,
        })
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<Attr<'a, T>> {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |_| value.as_slice().map(|items| items.iter().map(T::read).collect()))
    }
}

impl<'a, T: Read<'a>> Read<'a> for BTreeMap<&'a str, Attr<'a, T>> {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        with(value, |kind| match kind {
            Kind::Object(map) | Kind::Map(_, map) => {
                Some(map.iter().map(|(key, value)| (key.as_str(), T::read(value))).collect())
            }
            _ => None,
        })
    }
}
