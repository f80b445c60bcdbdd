//! How much of something, and how that is known.

use crate::usage::Amount;
use rust_decimal::Decimal;
use serde::Serialize;

/// How a quantity is known. Orders from sure to doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The resource itself says so.
    Fixed,
    /// Follows from other resources of the stack.
    Derived,
    /// Rests on a named assumption.
    Assumed,
}

/// Hours in a month, as AWS' own calculator counts them.
pub const HOURS: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// How much of something in a month, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// How much.
    pub(crate) amount: Decimal,
    /// How much at least, where there is a range: autoscaling, or a figure said with bounds.
    pub(crate) least: Option<Decimal>,
    /// How much at most.
    pub(crate) most: Option<Decimal>,
    /// How that is known.
    pub(crate) basis: Basis,
    /// The assumption that it rests on.
    pub(crate) assumption: Option<&'static str>,
    /// Why it is so much: lower case, no final period.
    pub(crate) note: Option<String>,
}

impl Quantity {
    /// What the resource itself says.
    pub(crate) fn fixed(amount: impl Into<Decimal>) -> Self {
        Self {
            amount: amount.into(),
            least: None,
            most: None,
            basis: Basis::Fixed,
            assumption: None,
            note: None,
        }
    }

    /// What follows from other resources; `note` says how.
    pub(crate) fn derived(amount: impl Into<Decimal>, note: impl Into<String>) -> Self {
        Self { basis: Basis::Derived, ..Self::fixed(amount) }.because(note)
    }

    /// What rests on an assumption.
    pub(crate) fn assumed(amount: impl Into<Decimal>, assumption: &'static str) -> Self {
        Self { basis: Basis::Assumed, assumption: Some(assumption), ..Self::fixed(amount) }
    }

    /// What rests on an assumption, between its bounds.
    pub(crate) fn between(amount: Amount, assumption: &'static str) -> Self {
        let bound = |bound| (!amount.is_certain()).then_some(bound);
        let (least, most) = (bound(amount.low), bound(amount.high));
        Self { least, most, ..Self::assumed(amount.likely, assumption) }
    }

    /// So much of it at least.
    #[must_use]
    pub(crate) fn at_least(mut self, least: impl Into<Decimal>) -> Self {
        self.least = Some(least.into());
        self
    }

    /// So much of it at most.
    #[must_use]
    pub(crate) fn at_most(mut self, most: impl Into<Decimal>) -> Self {
        self.most = Some(most.into());
        self
    }

    /// Says why, after what was said before.
    #[must_use]
    pub(crate) fn because(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        self.note = Some(match self.note {
            Some(before) => format!("{before}; {note}"),
            None => note,
        });
        self
    }

    /// So many times as much.
    #[must_use]
    pub(crate) fn times(self, factor: impl Into<Decimal>) -> Self {
        let factor = factor.into();
        self.map(|amount| product(amount, factor))
    }

    /// Another figure for each: the likely one and its bounds. `change` must not fall where its argument rises.
    #[must_use]
    pub(crate) fn map(mut self, change: impl Fn(Decimal) -> Decimal) -> Self {
        self.amount = change(self.amount);
        self.least = self.least.map(&change);
        self.most = self.most.map(&change);
        self
    }

    /// How much at the least, likely, and at the most.
    pub(crate) fn range(&self) -> [Decimal; 3] {
        [self.least.unwrap_or(self.amount), self.amount, self.most.unwrap_or(self.amount)]
    }

    /// Both together: as doubtful as the more doubtful of the two.
    #[must_use]
    pub(crate) fn plus(self, other: &Self) -> Self {
        self.join(other, |a, b| a.checked_add(b).unwrap_or(Decimal::MAX))
    }

    /// Times another quantity: as doubtful as the more doubtful of the two.
    #[must_use]
    pub(crate) fn by(self, other: &Self) -> Self {
        self.join(other, product)
    }

    fn join(mut self, other: &Self, with: impl Fn(Decimal, Decimal) -> Decimal) -> Self {
        let ([low, likely, high], [least, amount, most]) = (self.range(), other.range());
        self.least = (self.least.is_some() || other.least.is_some()).then(|| with(low, least));
        self.most = (self.most.is_some() || other.most.is_some()).then(|| with(high, most));
        self.amount = with(likely, amount);
        self.basis = self.basis.max(other.basis);
        self.assumption = self.assumption.or(other.assumption);
        match &other.note {
            Some(note) => self.because(note.as_str()),
            None => self,
        }
    }
}

/// More than a decimal holds stays at its largest, which no price can be multiplied with: such a line is reported as too large.
fn product(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or(Decimal::MAX)
}
