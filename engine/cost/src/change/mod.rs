//! What a change costs: two bills held against each other, and what of the stack decides the difference.

mod alter;
mod cause;
mod compare;
mod moved;
mod snapshot;

pub use alter::{with_resource, with_value, without};
pub use cause::explain;
pub use compare::compare;
pub use moved::moved;
pub use snapshot::{NotABill, Past, PastLine, Snapshot};

use crate::money::{as_cents, as_exact};
use rust_decimal::Decimal;
use serde::Serialize;

/// The difference between two bills. Serialises to `diff` of `banana cost --diff … --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// What the bill is held against, as it was named: `main`, `before.json`.
    pub against: String,
    /// Of both bills.
    pub currency: String,
    /// The sum then. Exact here, two digits in JSON.
    #[serde(serialize_with = "as_cents")]
    pub before: Decimal,
    /// The sum now.
    #[serde(serialize_with = "as_cents")]
    pub after: Decimal,
    /// How much more it is now; below zero, how much less.
    #[serde(serialize_with = "as_cents")]
    pub delta: Decimal,
    /// The same in percent of what it was, one digit; `None` where it was nothing.
    pub percent: Option<String>,
    /// What differs, by address.
    pub resources: Vec<Difference>,
    /// Resources that cost now what they did then, and something.
    pub unchanged: usize,
    /// What is in neither sum, or in one only, because it cannot be priced.
    pub holes: Vec<Hole>,
}

/// A resource that costs something else than before.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// Its address now; of one that is gone, the one it had.
    pub address: String,
    /// The address it had, when it has moved.
    pub moved_from: Option<String>,
    /// What happened to it.
    pub change: Kind,
    /// What it cost.
    #[serde(serialize_with = "as_exact")]
    pub before: Decimal,
    /// What it costs.
    #[serde(serialize_with = "as_exact")]
    pub after: Decimal,
    /// The difference.
    #[serde(serialize_with = "as_exact")]
    pub delta: Decimal,
    /// What decides it. Empty where that cannot be told: an earlier bill does not say what the stack was like.
    pub causes: Vec<Cause>,
    /// The lines that differ.
    pub components: Vec<LineChange>,
}

/// What happened to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new, or costs something for the first time.
    Added,
    /// It is gone, or costs nothing any more.
    Removed,
    /// It costs more or less, or is made up otherwise.
    Changed,
}

/// A line of a bill, then and now.
#[derive(Clone, Debug, Serialize)]
pub struct LineChange {
    /// What is paid for.
    pub name: String,
    /// As it was; `None` for a new line.
    pub before: Option<Figure>,
    /// As it is; `None` for one that is gone.
    pub after: Option<Figure>,
    /// The difference.
    #[serde(serialize_with = "as_exact")]
    pub delta: Decimal,
}

/// How a line is made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// How much in a month.
    #[serde(serialize_with = "as_exact")]
    pub quantity: Decimal,
    /// What is counted.
    pub unit: String,
    /// Price of one.
    #[serde(serialize_with = "as_exact")]
    pub unit_price: Decimal,
    /// Both together.
    #[serde(serialize_with = "as_exact")]
    pub monthly: Decimal,
}

/// What decides that a resource costs something else: put back as it was, the bill is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The resource that was changed: the one that is billed, or one that its bill follows from. Of a provider, its name.
    pub address: String,
    /// The attribute; empty when the resource as a whole is new or gone.
    pub path: String,
    /// What it was; `None` when there was none.
    pub before: Option<String>,
    /// What it is; `None` when there is none.
    pub after: Option<String>,
    /// File, where one decides it: of what is gone, the file as it was.
    pub file: Option<String>,
    /// 1-based line.
    pub line: Option<u32>,
    /// 1-based column.
    pub column: Option<u32>,
}

/// Something that cannot be priced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hole {
    /// The resource.
    pub address: String,
    /// Why: lower case, no final period.
    pub reason: String,
    /// It was so before.
    pub before: bool,
    /// It is so now.
    pub after: bool,
}

impl Change {
    /// True when both bills are whole: the difference is then all of it.
    pub fn is_complete(&self) -> bool {
        self.holes.is_empty()
    }
}
