//! Values of Terraform's language: known, null or unknown, perhaps sensitive, and always with the place they come from.

mod access;
mod blame;
mod build;
mod convert;
mod equal;
mod json;
mod kind;
mod mark;
mod number;
mod order;
mod range;
mod type_text;
mod types;
mod unknown;

pub use blame::{Blame, Via};
pub use convert::{ConvertError, Unified, unify};
pub(crate) use convert::{possible, same_type};
pub use json::JsonError;
pub use kind::{Kind, Str, Value};
pub use number::{Decimal, NotANumber, Number};
pub(crate) use order::distinct_values;
pub use type_text::NotAType;
pub use types::{ObjectType, Type};
pub use unknown::{Origin, Refinement, Step, Unknown};

/// What a value carries besides itself. Marks spread to everything computed from a marked value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Marks(u8);

impl Marks {
    /// No mark.
    pub const NONE: Self = Self(0);
    /// Never shown: `sensitive = true`, `sensitive()`, or the schema says so.
    pub const SENSITIVE: Self = Self(1);
    /// Never stored: `ephemeral = true`.
    pub const EPHEMERAL: Self = Self(2);

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set less the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// True when each mark of `other` is here.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when there is no mark.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
