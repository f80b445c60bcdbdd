//! Looking into values.

use super::{Blame, Kind, Marks, Number, Origin, Str, Type, Unknown, Value};

impl Value {
    /// Its type.
    pub fn ty(&self) -> Type {
        match &self.kind {
            Kind::Null(ty) => ty.clone(),
            Kind::Bool(_) => Type::Bool,
            Kind::Number(_) => Type::Number,
            Kind::String(_) => Type::String,
            Kind::List(element, _) => Type::list(element.clone()),
            Kind::Set(element, _) => Type::set(element.clone()),
            Kind::Map(element, _) => Type::map(element.clone()),
            Kind::Tuple(elements) => Type::tuple(elements.iter().map(Self::ty)),
            Kind::Object(attributes) => {
                Type::object(attributes.iter().map(|(name, value)| (name.clone(), value.ty())))
            }
            Kind::Unknown(unknown) => unknown.ty.clone(),
        }
    }

    /// The same, of a known object or tuple without what is in it: a look at the kind of a value costs the same however large
    /// it is.
    pub(crate) fn outer_type(&self) -> Type {
        match &self.kind {
            Kind::Tuple(_) => Type::tuple([]),
            Kind::Object(_) => Type::object::<Str>([]),
            _ => self.ty(),
        }
    }

    /// An attribute of an object, or an element of a map.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(_, entries) | Kind::Object(entries) => entries.get(name),
            _ => None,
        }
    }

    /// An element of a list or tuple; of a set, in its order.
    pub fn index(&self, at: usize) -> Option<&Self> {
        self.as_slice()?.get(at)
    }

    /// The elements of a list, set or tuple; nothing for anything else.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> + ExactSizeIterator {
        self.as_slice().unwrap_or_default().iter()
    }

    /// The elements of a list, set or tuple.
    pub fn as_slice(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(_, elements) | Kind::Set(_, elements) | Kind::Tuple(elements) => {
                Some(elements)
            }
            _ => None,
        }
    }

    /// The entries of a map or object, by name; nothing for anything else.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&Str, &Self)> {
        match &self.kind {
            Kind::Map(_, entries) | Kind::Object(entries) => Some(entries.iter()),
            _ => None,
        }
        .into_iter()
        .flatten()
    }

    /// Its parts: elements or entries.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.elements().chain(self.entries().map(|(_, value)| value))
    }

    /// How many elements or entries a known value has.
    pub fn len(&self) -> Option<usize> {
        match &self.kind {
            Kind::Map(_, entries) | Kind::Object(entries) => Some(entries.len()),
            _ => self.as_slice().map(<[Self]>::len),
        }
    }

    /// A known collection, object or tuple with nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The bool.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }

    /// The number, when it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, as near as a machine float comes.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// What is known of an unknown value.
    pub fn as_unknown(&self) -> Option<&Unknown> {
        match &self.kind {
            Kind::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// `null`
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null(_))
    }

    /// Unknown as a whole.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Neither it nor anything in it is unknown.
    pub fn is_wholly_known(&self) -> bool {
        self.unknown_part().is_none()
    }

    /// The first unknown in it, itself included.
    pub fn unknown_part(&self) -> Option<&Unknown> {
        self.as_unknown().or_else(|| self.children().find_map(Self::unknown_part))
    }

    /// Certain not to be null: known and not null, or unknown and refined so.
    pub fn is_not_null(&self) -> bool {
        match &self.kind {
            Kind::Null(_) => false,
            Kind::Unknown(unknown) => unknown.refinement.not_null,
            _ => true,
        }
    }

    /// Sensitive as a whole.
    pub fn is_sensitive(&self) -> bool {
        self.marks.has(Marks::SENSITIVE)
    }

    /// Its own marks and those of all its parts.
    pub fn deep_marks(&self) -> Marks {
        self.children().fold(self.marks, |marks, child| marks.with(child.deep_marks()))
    }

    /// The first place that can be blamed: its own, or that of one of its parts.
    pub fn place(&self) -> &Blame {
        if self.blame.at.is_some() {
            return &self.blame;
        }
        self.children().map(Self::place).find(|b| b.at.is_some()).unwrap_or(&self.blame)
    }

    /// The origins of all the unknowns in it, in order, without repeats.
    pub fn origins(&self) -> Vec<Origin> {
        let mut found = Vec::new();
        self.collect_origins(&mut found);
        found
    }

    /// Adds the origins of the unknowns in it to `found`.
    pub(crate) fn collect_origins(&self, found: &mut Vec<Origin>) {
        if let Some(unknown) = self.as_unknown() {
            unknown.origin.collect(found);
        }
        for child in self.children() {
            child.collect_origins(found);
        }
    }
}
