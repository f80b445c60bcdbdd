//! What one resource is charged for: lines of a rate and a quantity, not priced yet.

use crate::assumption::Assumption;
use crate::price::PriceKey;
use crate::quantity::{HOURS, Quantity};
use crate::usage::{Amount, Usage};
use model::{Attr, Model, Read, field};
use rust_decimal::Decimal;
use stack::{Kind, Resource, ResourceId, Str, Value};
use std::borrow::Cow;

/// What a price is called, wherever the resource stands.
#[derive(Clone, Debug)]
pub(crate) struct Rate {
    service: &'static str,
    usage: Cow<'static, str>,
    unit: &'static str,
    region: Option<Str>,
}

impl Rate {
    /// A price of the resource's region.
    pub(crate) const fn new(
        service: &'static str,
        usage: &'static str,
        unit: &'static str,
    ) -> Self {
        Self { service, usage: Cow::Borrowed(usage), unit, region: None }
    }

    /// A price whose usage type is put together from what the resource says.
    pub(crate) fn of(service: &'static str, usage: String, unit: &'static str) -> Self {
        Self { service, usage: Cow::Owned(usage), unit, region: None }
    }

    /// The same in another region, or `global`.
    pub(crate) fn at(self, region: impl Into<Str>) -> Self {
        Self { region: Some(region.into()), ..self }
    }
}

/// A line of a bill.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) key: PriceKey,
    pub(crate) quantity: Quantity,
}

/// The bill of one resource, being written.
#[derive(Debug)]
pub(crate) struct Bill<'m, 'a> {
    pub(crate) model: &'m Model<'a>,
    pub(crate) id: ResourceId,
    pub(crate) resource: &'a Resource,
    pub(crate) region: Str,
    usage: &'m Usage,
    address: String,
    pub(crate) lines: Vec<Line>,
    /// What is said about it besides the lines: why it costs nothing, what it leaves out.
    pub(crate) notes: Vec<String>,
    /// Why (a part of) it cannot be priced.
    pub(crate) unsupported: Vec<String>,
}

impl<'m, 'a> Bill<'m, 'a> {
    pub(crate) fn new(
        model: &'m Model<'a>,
        usage: &'m Usage,
        id: ResourceId,
        resource: &'a Resource,
        region: Str,
    ) -> Self {
        Self {
            model,
            id,
            resource,
            region,
            usage,
            address: resource.address.to_string(),
            lines: Vec::new(),
            notes: Vec::new(),
            unsupported: Vec::new(),
        }
    }

    /// Writes a line. `name` says what is paid for: lower case, no unit.
    pub(crate) fn line(&mut self, name: impl Into<String>, rate: &Rate, quantity: Quantity) {
        let region = rate.region.clone().unwrap_or_else(|| self.region.clone());
        let key = PriceKey::new(rate.service, region, &*rate.usage, rate.unit);
        self.lines.push(Line { name: name.into(), key, quantity });
    }

    /// Writes a line of so much as is assumed.
    pub(crate) fn used(&mut self, name: impl Into<String>, rate: &Rate, assumption: &'static str) {
        self.line(name, rate, self.assume(assumption));
    }

    /// Writes a line of something that runs all month.
    pub(crate) fn hours(&mut self, name: impl Into<String>, rate: &Rate) {
        self.line(name, rate, Quantity::fixed(HOURS));
    }

    /// Says something about the resource as a whole.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Says that it, or a part of it, cannot be priced, and why.
    pub(crate) fn unsupported(&mut self, why: impl Into<String>) {
        self.unsupported.push(why.into());
    }

    /// What is assumed under a name, for this resource.
    pub(crate) fn assume(&self, name: &'static str) -> Quantity {
        let zero = Amount::from(Decimal::ZERO);
        let amount = Assumption::find(name).map_or(zero, |a| self.usage.amount(&self.address, a));
        Quantity::between(amount, name)
    }

    /// What somebody said under a name, for this resource.
    pub(crate) fn said(&self, name: &'static str) -> Option<Quantity> {
        let amount = self.usage.said(&self.address, Assumption::find(name)?)?;
        Some(Quantity::between(amount, name))
    }

    /// What somebody said under a name, for another resource.
    pub(crate) fn said_of(&self, address: &str, name: &'static str) -> Option<Quantity> {
        let amount = self.usage.said(address, Assumption::find(name)?)?;
        Some(Quantity::between(amount, name))
    }

    /// True when something above 0 is said, for this resource, under a name that starts with `part`; with a dot in front,
    /// one that ends with it.
    pub(crate) fn says(&self, part: &str) -> bool {
        let fits = |name: &str| {
            if part.starts_with('.') { name.ends_with(part) } else { name.starts_with(part) }
        };
        self.usage.says(&self.address, fits)
    }

    /// The word that somebody said under a name, for this resource.
    pub(crate) fn word(&self, name: &'static str) -> Option<&'m str> {
        self.usage.word(&self.address, Assumption::find(name)?)
    }

    /// An attribute. One that AWS chooses because nobody set it reads as null.
    pub(crate) fn attr<T: Read<'a>>(&self, name: &str) -> Attr<'a, T> {
        T::read(written(self.resource, name))
    }

    /// The text of an attribute that decides; `default` where it is not set. When it is not known yet, the resource is not priced.
    pub(crate) fn choice(&mut self, name: &str, default: &'a str) -> Option<&'a str> {
        match self.attr::<&str>(name) {
            Attr::Known(text, _) => Some(text),
            Attr::Null(_) => Some(default),
            Attr::Unknown(_) => {
                self.unsupported(format!("`{name}` is not known yet"));
                None
            }
        }
    }

    /// True when an attribute is known to be true.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self.attr::<bool>(name), Attr::Known(true, _))
    }

    /// The number of an attribute, where it is known and set.
    pub(crate) fn number(&self, name: &str) -> Option<Decimal> {
        decimal(written(self.resource, name))
    }

    /// True when there is a block of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        written(self.resource, name).elements().len() > 0
    }

    /// The first block of a name.
    pub(crate) fn block(&self, name: &str) -> Option<&'a Value> {
        written(self.resource, name).elements().next()
    }

    /// A number that may be unknown: what the resource says, or the assumption. Null reads as `default`.
    pub(crate) fn count(&self, name: &str, default: i64, assumption: &'static str) -> Quantity {
        self.or_assume(&self.attr::<i64>(name), name, default, assumption)
    }

    /// The same of an attribute that was read already.
    pub(crate) fn or_assume(
        &self,
        attr: &Attr<'a, i64>,
        name: &str,
        default: i64,
        assumption: &'static str,
    ) -> Quantity {
        match attr {
            Attr::Known(count, _) => Quantity::fixed(*count.max(&0)),
            Attr::Null(_) => Quantity::fixed(default),
            Attr::Unknown(_) => {
                self.assume(assumption).because(format!("`{name}` is not known yet")).at_least(0)
            }
        }
    }
}

/// An attribute as planned, or null when it is only unknown because nobody set it.
pub(crate) fn written<'a>(resource: &'a Resource, name: &str) -> &'a Value {
    let planned = field(&resource.value, name);
    let config = field(&resource.config, name);
    let unset = config.is_null() || config.is_empty();
    if planned.is_unknown() && unset { config } else { planned }
}

/// A number of any kind as a decimal.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    match &value.kind {
        Kind::Number(number) => number.to_string().parse().ok(),
        Kind::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
