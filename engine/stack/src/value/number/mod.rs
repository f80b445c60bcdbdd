//! Numbers as Terraform has them: 512-bit binary floats, with a fast path for integers.
//!
//! Go's `math/big` gives every number a precision of its own, and it shows: a literal has 512 bits, a length 64, what `log`
//! and `pow` give 53. An operation works at the greater precision of its operands; printing gives the shortest decimal that
//! reads back at that precision.

mod arithmetic;
mod decimal;
mod float;
mod parse;

pub use decimal::Decimal;
pub use parse::NotANumber;

use float::{Float, Shape};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Bits of a literal, and of everything computed with one.
pub(super) const FULL: u16 = 512;
/// Bits of what Go makes from a machine integer.
const MACHINE: u16 = 64;
/// Bits of what Go makes from a machine float.
const DOUBLE: u16 = 53;

/// A number. Two numbers are equal when they print alike, as in Terraform; order is by exact value.
#[derive(Clone, Debug)]
pub struct Number {
    repr: Repr,
    precision: u16,
}

/// Whole numbers that fit stay machine integers; negative zero does not.
#[derive(Clone, Debug)]
enum Repr {
    Int(i64),
    Float(Arc<Float>),
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { repr: Repr::Int(0), precision: FULL };

    /// A whole number as a function counts it: 64 bits, which shows in `length(a) / length(b)`.
    pub fn count(n: usize) -> Self {
        Self::from(n as u64).at_precision(MACHINE)
    }

    /// A machine float with its own 53 bits; none for not-a-number.
    pub fn from_f64(x: f64) -> Option<Self> {
        let float = Float::from_f64(x)?;
        Some(Self::of(float, DOUBLE))
    }

    /// Positive infinity or negative infinity.
    pub fn infinity(negative: bool) -> Self {
        Self::of(Float { negative, shape: Shape::Infinite }, FULL)
    }

    /// The same value, known to fewer or more bits.
    #[must_use]
    pub(crate) fn at_precision(self, precision: u16) -> Self {
        if precision >= self.precision || precision >= MACHINE && matches!(self.repr, Repr::Int(_))
        {
            return Self { precision, ..self };
        }
        Self::of(self.float().rounded(precision), precision)
    }

    /// Packs a float, as an integer where it is one.
    fn of(float: Float, precision: u16) -> Self {
        let repr = float.as_i64().map_or_else(|| Repr::Float(Arc::new(float)), Repr::Int);
        Self { repr, precision }
    }

    fn float(&self) -> Float {
        match &self.repr {
            Repr::Int(n) => Float::from_i64(*n),
            Repr::Float(float) => (**float).clone(),
        }
    }

    /// Below zero, or negative zero.
    pub fn is_negative(&self) -> bool {
        match &self.repr {
            Repr::Int(n) => *n < 0,
            Repr::Float(float) => float.negative,
        }
    }

    /// Zero, of either sign.
    pub fn is_zero(&self) -> bool {
        match &self.repr {
            Repr::Int(n) => *n == 0,
            Repr::Float(float) => matches!(float.shape, Shape::Zero),
        }
    }

    /// Positive or negative infinity, as `1/0` gives.
    pub fn is_infinite(&self) -> bool {
        matches!(&self.repr, Repr::Float(float) if matches!(float.shape, Shape::Infinite))
    }

    /// No fraction, and finite.
    pub fn is_integer(&self) -> bool {
        match &self.repr {
            Repr::Int(_) => true,
            Repr::Float(float) => match &float.shape {
                Shape::Zero => true,
                Shape::Finite { exponent, .. } => *exponent >= 0,
                Shape::Infinite => false,
            },
        }
    }

    /// The machine integer that this is exactly.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.repr {
            Repr::Int(n) => Some(*n),
            Repr::Float(float) => matches!(float.shape, Shape::Zero).then_some(0),
        }
    }

    /// The index that this is exactly.
    pub fn as_usize(&self) -> Option<usize> {
        self.as_i64().and_then(|n| usize::try_from(n).ok())
    }

    /// The nearest machine float.
    pub fn as_f64(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
        match &self.repr {
            Repr::Int(n) => *n as f64,
            Repr::Float(float) => float.to_f64(),
        }
    }

    /// The decimal digits of the whole number that this is, truncated towards zero; none for infinity.
    pub fn integer_digits(&self) -> Option<dashu_int::IBig> {
        self.float().truncated()
    }

    /// A whole number of any size, at full precision.
    pub fn from_big(n: dashu_int::IBig) -> Self {
        use dashu_int::Sign;
        let (sign, mantissa) = n.into_parts();
        Self::of(Float::new(sign == Sign::Negative, mantissa, 0, false, FULL), FULL)
    }

    /// The shortest decimal that reads back as this number at its precision; none for infinity.
    pub fn shortest(&self) -> Option<Decimal> {
        Decimal::shortest(&self.float(), self.precision)
    }

    /// This number in decimal to the last digit; none for infinity.
    pub fn exact(&self) -> Option<Decimal> {
        Decimal::exact(&self.float())
    }

    /// Order by exact value: 0.1 known to 53 bits is above 0.1 known to 512.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (&self.repr, &other.repr) {
            (Repr::Int(a), Repr::Int(b)) => a.cmp(b),
            _ => self.float().compare(&other.float()),
        }
    }
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self { repr: Repr::Int(n), precision: FULL }
    }
}

impl From<u64> for Number {
    fn from(n: u64) -> Self {
        i64::try_from(n).map_or_else(|_| Self::from_big(n.into()), Self::from)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Repr::Int(n) = self.repr
            && (self.precision >= MACHINE || n.unsigned_abs() >> self.precision == 0)
        {
            return write!(f, "{n}");
        }
        let negative = self.is_negative();
        match self.shortest() {
            Some(decimal) if negative => write!(f, "-{}", decimal.plain()),
            Some(decimal) => f.write_str(&decimal.plain()),
            None => f.write_str(if negative { "-Inf" } else { "+Inf" }),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.repr, &other.repr) {
            (Repr::Int(a), Repr::Int(b)) => a == b,
            (Repr::Float(a), Repr::Float(b)) if a.negative == b.negative => {
                let whole = self.is_integer() || other.is_integer();
                a == b || !whole && self.shortest() == other.shortest()
            }
            _ => self.is_zero() && other.is_zero(),
        }
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other { Ordering::Equal } else { self.compare(other) }
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.as_i64() {
            Some(n) => n.hash(state),
            None => self.to_string().hash(state),
        }
    }
}
