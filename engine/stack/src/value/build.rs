//! Making values.

use super::{Blame, Kind, Marks, Number, Origin, Refinement, Str, Type, Unknown, Value, order};
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

impl Value {
    /// A value without marks and without a place.
    pub fn new(kind: Kind) -> Self {
        Self { kind, marks: Marks::NONE, blame: Blame::default() }
    }

    /// `null` of a type.
    pub fn null(ty: Type) -> Self {
        Self::new(Kind::Null(ty))
    }

    /// `true`, `false`
    pub fn bool(b: bool) -> Self {
        Self::new(Kind::Bool(b))
    }

    /// A number.
    pub fn number(n: impl Into<Number>) -> Self {
        Self::new(Kind::Number(n.into()))
    }

    /// A string; it is brought to NFC, as Terraform does.
    pub fn string(text: impl Into<Str>) -> Self {
        let text = text.into();
        let text = if text.is_ascii() || unicode_normalization::is_nfc(&text) {
            text
        } else {
            text.nfc().collect()
        };
        Self::new(Kind::String(text))
    }

    /// A list whose elements are all of type `element`.
    pub fn list(element: Type, elements: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Kind::List(element, elements.into_iter().collect()))
    }

    /// A set: sorted, without repeats. Marks of elements become marks of the set, as in Terraform.
    pub fn set(element: Type, elements: impl IntoIterator<Item = Self>) -> Self {
        let (elements, marks) = order::into_set(elements.into_iter().collect());
        Self { marks, ..Self::new(Kind::Set(element, elements.into())) }
    }

    /// A map whose elements are all of type `element`.
    pub fn map<N: Into<Str>>(element: Type, entries: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::new(Kind::Map(element, Arc::new(collect(entries))))
    }

    /// A tuple.
    pub fn tuple(elements: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Kind::Tuple(elements.into_iter().collect()))
    }

    /// An object.
    pub fn object<N: Into<Str>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::new(Kind::Object(Arc::new(collect(attributes))))
    }

    /// An unknown value about which nothing but the type is certain.
    pub fn unknown(ty: Type, origin: Origin) -> Self {
        Self::refined(ty, origin, Refinement::default())
    }

    /// An unknown value that will not be null.
    pub fn unknown_not_null(ty: Type, origin: Origin) -> Self {
        Self::refined(ty, origin, Refinement { not_null: true, ..Refinement::default() })
    }

    /// An unknown value with what is certain about it. Nothing can be certain about a value of any type, and what pins the
    /// value down makes it known: a list of at most no elements is the empty list.
    pub fn refined(ty: Type, origin: Origin, refinement: Refinement) -> Self {
        let refinement = if ty == Type::Dynamic { Refinement::default() } else { refinement };
        if refinement.not_null
            && let Some(kind) = refinement.decided(&ty, &origin)
        {
            return Self::new(kind);
        }
        Self::new(Kind::Unknown(Arc::new(Unknown { ty, refinement, origin })))
    }

    /// The same value with another place.
    #[must_use]
    pub fn with_blame(self, blame: Blame) -> Self {
        Self { blame, ..self }
    }

    /// The same value, where it has no place yet with this one; so also its parts, as far as nobody else holds them.
    #[must_use]
    pub(crate) fn with_missing_blame(mut self, blame: &Blame) -> Self {
        if self.blame.at.is_none() && self.blame.via.is_none() {
            let document = self.blame.document.take();
            self.blame = Blame { document, ..blame.clone() };
        }
        self.kind.blame_parts(blame);
        self
    }

    /// The same value with more marks.
    #[must_use]
    pub fn with_marks(self, marks: Marks) -> Self {
        Self { marks: self.marks.with(marks), ..self }
    }
}

fn collect<N: Into<Str>>(entries: impl IntoIterator<Item = (N, Value)>) -> BTreeMap<Str, Value> {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

impl Kind {
    /// Gives every part without a place this one, unless the parts are shared: those were made elsewhere and have theirs.
    fn blame_parts(&mut self, blame: &Blame) {
        let fill = |value: &mut Value| {
            if value.blame.at.is_none() && value.blame.via.is_none() {
                let document = value.blame.document.take();
                value.blame = Blame { document, ..blame.clone() };
            }
            value.kind.blame_parts(blame);
        };
        match self {
            Self::List(_, parts) | Self::Set(_, parts) | Self::Tuple(parts) => {
                Arc::get_mut(parts).into_iter().flatten().for_each(fill);
            }
            Self::Map(_, entries) | Self::Object(entries) => {
                Arc::get_mut(entries).into_iter().flat_map(|e| e.values_mut()).for_each(fill);
            }
            _ => {}
        }
    }
}
