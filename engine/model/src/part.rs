//! A resource of whatever type, and its blocks: attributes by name, for what needs no struct of its own.

use crate::attr::{ABSENT, Attr, Read, attribute, field};
use stack::{Kind, Mode, Origin, Resource, Value, value::Step};
use std::ops::Not;

/// An instance or one of its blocks.
///
/// A path names attributes and blocks, with dots: `metadata_options.http_tokens`. Of a block that stands several times it is the
/// first. What is not written, and only known after apply because AWS fills it in, reads as null: the rule says what AWS does then.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// As planned.
    planned: &'a Value,
    /// As written.
    written: &'a Value,
    /// Its path from the instance; empty for the instance itself.
    path: String,
    /// The instance, when it is the whole of it.
    resource: Option<&'a Resource>,
}

/// An attribute, with its path from the instance: `metadata_options[0].http_tokens`.
#[derive(Clone, Debug)]
pub struct At<'a, T> {
    /// The path.
    pub path: String,
    /// The attribute.
    pub attr: Attr<'a, T>,
}

impl<'a> Part<'a> {
    /// The whole of an instance.
    pub fn of(resource: &'a Resource) -> Self {
        Self {
            planned: &resource.value,
            written: &resource.config,
            path: String::new(),
            resource: Some(resource),
        }
    }

    /// Its path from the instance; empty for the instance itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value as planned.
    pub fn value(&self) -> &'a Value {
        self.planned
    }

    /// The same as written: of some texts (user data) the provider plans but a hash.
    #[must_use]
    pub fn as_written(&self) -> Self {
        Self { planned: self.written, resource: None, ..self.clone() }
    }

    /// An attribute.
    pub fn get<T: Read<'a>>(&self, path: &str) -> At<'a, T> {
        let part = self.walk(path);
        At { attr: T::read(part.planned), path: part.path }
    }

    /// A boolean.
    pub fn flag(&self, path: &str) -> At<'a, bool> {
        self.get(path)
    }

    /// A text.
    pub fn text(&self, path: &str) -> At<'a, &'a str> {
        self.get(path)
    }

    /// A whole number.
    pub fn number(&self, path: &str) -> At<'a, i64> {
        self.get(path)
    }

    /// A list or set of texts.
    pub fn texts(&self, path: &str) -> At<'a, Vec<Attr<'a, &'a str>>> {
        self.get(path)
    }

    /// Whether a list or set of texts has one of these.
    pub fn one_of(&self, path: &str, wanted: &[&str]) -> At<'a, bool> {
        let At { path, attr } = self.texts(path);
        let answer = |attr| At { path: path.clone(), attr };
        if let Attr::Unknown(value) = attr {
            return answer(Attr::Unknown(value));
        }
        let elements =
            attr.elements().iter().map(|element| element.map(|text| wanted.contains(&text)));
        elements.map(answer).fold(answer(Attr::Known(false, attr.value())), At::or_else)
    }

    /// Whether something is there: a value, a block, an element. The id or ARN of another resource is certain to be.
    pub fn is_set(&self, path: &str) -> At<'a, bool> {
        let part = self.walk(path);
        let value = part.planned;
        let attr = match &value.kind {
            Kind::Null(_) => Attr::Known(false, value),
            Kind::String(text) => Attr::Known(!text.is_empty(), value),
            Kind::Unknown(unknown) => {
                let certain = unknown.refinement.min_len.is_some_and(|least| least > 0)
                    || (unknown.refinement.not_null && unknown.ty == stack::Type::String)
                    || names_something(&unknown.origin);
                if certain { Attr::Known(true, value) } else { Attr::Unknown(value) }
            }
            _ => Attr::Known(!value.is_empty(), value),
        };
        At { attr, path: part.path }
    }

    /// The blocks of a name, each with its path.
    pub fn blocks(&self, path: &str) -> At<'a, Vec<Part<'a>>> {
        let part = self.walk(path);
        let value = part.planned;
        let attr = match &value.kind {
            Kind::Null(_) => Attr::Null(value),
            Kind::Object(_) | Kind::Map(..) => Attr::Known(vec![part.clone()], value),
            _ => match value.as_slice() {
                Some(items) => {
                    let part = &part;
                    Attr::Known((0..items.len()).map(|at| part.element(at)).collect(), value)
                }
                None => Attr::Unknown(value),
            },
        };
        At { attr, path: part.path }
    }

    fn walk(&self, path: &str) -> Self {
        path.split('.').fold(self.clone(), Self::step)
    }

    /// One element of a list or set. The elements of a set may change places when defaults come in, so those of a set with several
    /// are read as planned.
    fn element(&self, at: usize) -> Self {
        let aligned = matches!(self.planned.kind, Kind::List(..) | Kind::Tuple(_))
            || self.planned.len() == Some(1);
        let planned = self.planned.index(at).unwrap_or(&ABSENT);
        let written = self.written.index(at).filter(|_| aligned).unwrap_or(planned);
        Self { planned, written, path: format!("{}[{at}]", self.path), resource: None }
    }

    fn step(self, name: &str) -> Self {
        let part = match self.planned.as_slice() {
            Some([]) => return Self { planned: &ABSENT, written: &ABSENT, ..self },
            Some(_) => self.element(0),
            None => self,
        };
        let planned = match part.resource {
            Some(resource) => attribute(resource, name),
            None => field(part.planned, name),
        };
        let written = match part.written.as_slice() {
            Some(items) => field(items.first().unwrap_or(&ABSENT), name),
            None => field(part.written, name),
        };
        let searched = part.resource.is_some_and(|resource| resource.address.mode == Mode::Data);
        let filled_in =
            planned.is_unknown() && (written.is_null() || written.is_empty()) && !searched;
        let path =
            if part.path.is_empty() { name.to_owned() } else { format!("{}.{name}", part.path) };
        Self { planned: if filled_in { &ABSENT } else { planned }, written, path, resource: None }
    }
}

/// True when an origin is an attribute that every instance has.
fn names_something(origin: &Origin) -> bool {
    let Origin::Resource { path, .. } = origin else { return false };
    let Some(Step::Attr(name)) = path.last() else { return false };
    ["id", "arn", "name", "url"].iter().any(|end| name.ends_with(end))
}

impl<'a, T> At<'a, T> {
    /// Null read as `default`.
    #[must_use]
    pub fn or(self, default: T) -> Self {
        Self { attr: self.attr.or(default), path: self.path }
    }

    /// Whether it passes a test; null does not.
    pub fn is(self, test: impl FnOnce(T) -> bool) -> At<'a, bool> {
        let attr = match self.attr {
            Attr::Known(known, value) => Attr::Known(test(known), value),
            Attr::Null(value) => Attr::Known(false, value),
            Attr::Unknown(value) => Attr::Unknown(value),
        };
        At { attr, path: self.path }
    }

    /// Whether it is null or passes a test.
    pub fn is_null_or(self, test: impl FnOnce(T) -> bool) -> At<'a, bool> {
        let null = self.attr.is_null();
        self.is(|known| null || test(known)).or_true_if(null)
    }
}

impl At<'_, bool> {
    fn or_true_if(self, yes: bool) -> Self {
        match self.attr {
            Attr::Known(_, value) if yes => {
                Self { attr: Attr::Known(true, value), path: self.path }
            }
            _ => self,
        }
    }

    /// A certain answer that no value gives.
    pub fn certain(answer: bool) -> Self {
        Self { attr: Attr::Known(answer, &ABSENT), path: String::new() }
    }

    /// True when it certainly is.
    pub fn is_true(&self) -> bool {
        matches!(self.attr, Attr::Known(true, _))
    }

    /// True when it certainly is not, or is null.
    pub fn is_false(&self) -> bool {
        matches!(self.attr, Attr::Known(false, _) | Attr::Null(_))
    }

    /// This or the other: true when one is, unknown when one is. When neither is, the one that somebody wrote is to blame.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        if self.is_true() || other.is_false() && (self.attr.is_unknown() || self.is_written()) {
            return self;
        }
        if other.is_true() || other.attr.is_unknown() || other.is_written() { other } else { self }
    }

    /// This and the other: false when one is, unknown when one is.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.is_false() || other.is_true() || (self.attr.is_unknown() && !other.is_false()) {
            self
        } else {
            other
        }
    }

    fn is_written(&self) -> bool {
        self.attr.value().blame.at.is_some()
    }
}

impl Not for At<'_, bool> {
    type Output = Self;

    /// The contrary; null counts as false.
    fn not(self) -> Self {
        self.is_null_or(|known| !known)
    }
}
