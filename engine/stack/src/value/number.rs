//! Numbers as Terraform has them: 512-bit binary floats, with a fast path for integers.

/// A number. Equality and order are by value, whatever the representation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(i64);

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self(n)
    }
}
