//! Operators and rounding. `None` is where Go's `math/big` panics: there is no number to give.

use super::float::{Float, Shape};
use super::{FULL, Number, Repr};
use dashu_int::UBig;
use dashu_int::ops::BitTest;
use std::cmp::Ordering;

impl Number {
    /// A sum; none for opposing infinities.
    pub fn add(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr)
            && let Some(sum) = a.checked_add(*b)
        {
            return Some(Self::small(sum, precision));
        }
        Some(Self::of(add(&self.float(), &other.float(), precision)?, precision))
    }

    /// A difference; none for equal infinities.
    pub fn subtract(&self, other: &Self) -> Option<Self> {
        self.add(&other.negate())
    }

    /// The same magnitude with the other sign; zero becomes negative zero, which prints as `-0`.
    #[must_use]
    pub fn negate(&self) -> Self {
        let mut float = match &self.repr {
            Repr::Int(n) if *n != 0 && *n != i64::MIN => {
                return Self { repr: Repr::Int(-n), precision: self.precision };
            }
            _ => self.float(),
        };
        float.negative = !float.negative;
        Self::of(float, self.precision)
    }

    /// The magnitude.
    #[must_use]
    pub fn absolute(&self) -> Self {
        if self.is_negative() { self.negate() } else { self.clone() }
    }

    /// A product, kept exact up to 512 bits; none for zero times infinity.
    pub fn multiply(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr)
            && *a != 0
            && *b != 0
            && let Some(product) = a.checked_mul(*b)
        {
            return Some(Self { repr: Repr::Int(product), precision: precision.max(64) });
        }
        let product = multiply(&self.float(), &other.float(), FULL)?;
        let needed = match &product.shape {
            Shape::Finite { mantissa, .. } => u16::try_from(mantissa.bit_len()).unwrap_or(FULL),
            _ => 0,
        };
        Some(Self::of(product, precision.max(needed)))
    }

    /// A quotient; `1/0` is infinity, none for `0/0` and infinity over infinity.
    pub fn divide(&self, other: &Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr)
            && *a != 0
            && a.checked_rem(*b) == Some(0)
        {
            return Some(Self::small(a / b, precision));
        }
        Some(Self::of(divide(&self.float(), &other.float(), precision)?, precision))
    }

    /// What is left after a division towards zero; the number itself when divided by zero. None where infinity takes part.
    pub fn modulo(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return Some(self.clone());
        }
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr) {
            return Some(Self::small(a.wrapping_rem(*b), self.precision));
        }
        let whole = Self::from_big(self.divide(other)?.integer_digits()?);
        let whole = whole.at_precision(self.precision);
        let product = multiply(&other.float(), &whole.float(), self.precision)?;
        let mut product = product;
        product.negative = !product.negative;
        Some(Self::of(add(&self.float(), &product, self.precision)?, self.precision))
    }

    /// The greatest whole number that is not above; infinity stays.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.whole(self.is_negative())
    }

    /// The least whole number that is not below; infinity stays.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.whole(!self.is_negative())
    }

    /// The whole part, one further from zero when asked and there is a fraction.
    fn whole(&self, away: bool) -> Self {
        if self.is_zero() {
            return Self { precision: self.precision, ..Self::ZERO };
        }
        if self.is_integer() {
            return self.clone();
        }
        let Some(whole) = self.integer_digits() else { return self.clone() };
        let step: i64 = match (away, self.is_negative()) {
            (false, _) => 0,
            (true, true) => -1,
            (true, false) => 1,
        };
        Self { precision: self.precision, ..Self::from_big(whole + step) }
    }

    /// An integer result, rounded where the precision is less than a machine integer has.
    fn small(n: i64, precision: u16) -> Self {
        if precision >= 64 || n.unsigned_abs() >> precision == 0 {
            Self { repr: Repr::Int(n), precision }
        } else {
            Self::of(Float::from_i64(n).rounded(precision), precision)
        }
    }
}

fn add(left: &Float, right: &Float, precision: u16) -> Option<Float> {
    match (&left.shape, &right.shape) {
        (Shape::Infinite, Shape::Infinite) => {
            (left.negative == right.negative).then(|| left.clone())
        }
        (Shape::Infinite, _) => Some(left.clone()),
        (_, Shape::Infinite) => Some(right.clone()),
        (Shape::Zero, Shape::Zero) => Some(Float::zero(left.negative && right.negative)),
        (Shape::Zero, _) => Some(right.clone().rounded(precision)),
        (_, Shape::Zero) => Some(left.clone().rounded(precision)),
        (
            Shape::Finite { mantissa: m, exponent: own },
            Shape::Finite { mantissa: n, exponent: other },
        ) => {
            let low = *own.min(other);
            let shift = |exponent: &i64| usize::try_from(exponent - low).unwrap_or(0);
            let (m, n) = (m << shift(own), n << shift(other));
            let (negative, sum) = if left.negative == right.negative {
                (left.negative, m + n)
            } else {
                match m.cmp(&n) {
                    Ordering::Equal => (false, UBig::ZERO),
                    Ordering::Greater => (left.negative, m - n),
                    Ordering::Less => (right.negative, n - m),
                }
            };
            Some(Float::new(negative, sum, low, false, precision))
        }
    }
}

fn multiply(left: &Float, right: &Float, precision: u16) -> Option<Float> {
    let negative = left.negative != right.negative;
    match (&left.shape, &right.shape) {
        (Shape::Zero, Shape::Infinite) | (Shape::Infinite, Shape::Zero) => None,
        (Shape::Zero, _) | (_, Shape::Zero) => Some(Float::zero(negative)),
        (Shape::Infinite, _) | (_, Shape::Infinite) => {
            Some(Float { negative, shape: Shape::Infinite })
        }
        (
            Shape::Finite { mantissa: m, exponent: own },
            Shape::Finite { mantissa: n, exponent: other },
        ) => Some(Float::new(negative, m * n, own + other, false, precision)),
    }
}

fn divide(left: &Float, right: &Float, precision: u16) -> Option<Float> {
    let negative = left.negative != right.negative;
    match (&left.shape, &right.shape) {
        (Shape::Zero, Shape::Zero) | (Shape::Infinite, Shape::Infinite) => None,
        (Shape::Zero, _) | (_, Shape::Infinite) => Some(Float::zero(negative)),
        (Shape::Infinite, _) | (_, Shape::Zero) => Some(Float { negative, shape: Shape::Infinite }),
        (
            Shape::Finite { mantissa: m, exponent: own },
            Shape::Finite { mantissa: n, exponent: other },
        ) => {
            let shift = (usize::from(precision) + 2 + n.bit_len()).saturating_sub(m.bit_len());
            let dividend = m << shift;
            let quotient = &dividend / n;
            let sticky = &quotient * n != dividend;
            let exponent = own - other - i64::try_from(shift).unwrap_or(0);
            Some(Float::new(negative, quotient, exponent, sticky, precision))
        }
    }
}
