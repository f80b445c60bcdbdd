//! A binary float of any precision: sign, odd mantissa, exponent.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use std::cmp::Ordering;

/// Exponents past this many bits are infinity or zero. Terraform goes to 2³¹, which takes gigabytes to print.
const LIMIT: i64 = 1 << 17;

/// A float. Its precision is the caller's to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Float {
    pub(super) negative: bool,
    pub(super) shape: Shape,
}

/// What a float is, its sign aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Zero,
    /// `mantissa × 2^exponent`; the mantissa is odd, so that equal values have equal parts.
    Finite {
        mantissa: UBig,
        exponent: i64,
    },
    Infinite,
}

impl Float {
    /// `mantissa × 2^exponent`, rounded half to even; `sticky` says that something smaller than the last bit was cut off already.
    pub(super) fn new(
        negative: bool,
        mantissa: UBig,
        exponent: i64,
        sticky: bool,
        precision: u16,
    ) -> Self {
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        let bits = mantissa.bit_len();
        if bits > usize::from(precision) {
            let cut = bits - usize::from(precision);
            let kept = &mantissa >> cut;
            let rest = mantissa - (&kept << cut);
            let half = UBig::ONE << (cut - 1);
            let up = match rest.cmp(&half) {
                Ordering::Less => false,
                Ordering::Equal => sticky || kept.bit(0),
                Ordering::Greater => true,
            };
            mantissa = if up { kept + UBig::ONE } else { kept };
            exponent += i64::try_from(cut).unwrap_or(LIMIT);
        }
        let Some(zeros) = mantissa.trailing_zeros() else {
            return Self { negative, shape: Shape::Zero };
        };
        mantissa >>= zeros;
        exponent = exponent.saturating_add(i64::try_from(zeros).unwrap_or(LIMIT));
        let shape = match exponent {
            e if e > LIMIT => Shape::Infinite,
            e if e < -LIMIT => Shape::Zero,
            exponent => Shape::Finite { mantissa, exponent },
        };
        Self { negative, shape }
    }

    pub(super) fn zero(negative: bool) -> Self {
        Self { negative, shape: Shape::Zero }
    }

    pub(super) fn from_i64(n: i64) -> Self {
        Self::new(n < 0, UBig::from(n.unsigned_abs()), 0, false, u16::MAX)
    }

    /// The value of a machine float; none for not-a-number.
    pub(super) fn from_f64(x: f64) -> Option<Self> {
        let negative = x.is_sign_negative();
        if x.is_nan() {
            return None;
        }
        if x.is_infinite() {
            return Some(Self { negative, shape: Shape::Infinite });
        }
        let bits = x.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let biased = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
        let (mantissa, exponent) =
            if biased == 0 { (fraction, -1074) } else { (fraction | (1 << 52), biased - 1075) };
        Some(Self::new(negative, UBig::from(mantissa), exponent, false, u16::MAX))
    }

    /// The integer this is, when it is one that fits and is not negative zero.
    pub(super) fn as_i64(&self) -> Option<i64> {
        match &self.shape {
            Shape::Zero => (!self.negative).then_some(0),
            Shape::Finite { exponent, .. } if !(0..64).contains(exponent) => None,
            Shape::Finite { .. } => self.truncated()?.try_into().ok(),
            Shape::Infinite => None,
        }
    }

    /// The whole part; none for infinity.
    pub(super) fn truncated(&self) -> Option<IBig> {
        let whole = match &self.shape {
            Shape::Zero => UBig::ZERO,
            Shape::Finite { mantissa, exponent } => match usize::try_from(*exponent) {
                Ok(up) => mantissa << up,
                Err(_) => {
                    mantissa >> usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX)
                }
            },
            Shape::Infinite => return None,
        };
        let whole = IBig::from(whole);
        Some(if self.negative { -whole } else { whole })
    }

    /// The same value at another precision.
    pub(super) fn rounded(self, precision: u16) -> Self {
        match self.shape {
            Shape::Finite { mantissa, exponent } => {
                Self::new(self.negative, mantissa, exponent, false, precision)
            }
            _ => self,
        }
    }

    pub(super) fn to_f64(&self) -> f64 {
        let magnitude = match &self.shape {
            Shape::Zero => 0.0,
            Shape::Infinite => f64::INFINITY,
            Shape::Finite { mantissa, exponent } => {
                let top =
                    exponent.saturating_add(i64::try_from(mantissa.bit_len()).unwrap_or(LIMIT));
                // Subnormal floats have fewer bits: their last one is worth 2^-1074.
                let precision = (top + 1074).clamp(0, 53);
                let rounded = Self::new(
                    false,
                    mantissa.clone(),
                    *exponent,
                    false,
                    u16::try_from(precision).unwrap_or(0),
                );
                match rounded.shape {
                    Shape::Finite { mantissa, exponent } => scale(&mantissa, exponent),
                    Shape::Zero => 0.0,
                    Shape::Infinite => f64::INFINITY,
                }
            }
        };
        if self.negative { -magnitude } else { magnitude }
    }

    /// Order by value; both zeros are equal.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sign = |f: &Self| match (&f.shape, f.negative) {
            (Shape::Zero, _) => 0,
            (_, true) => -1,
            (_, false) => 1,
        };
        let (a, b) = (sign(self), sign(other));
        if a != b || a == 0 {
            return a.cmp(&b);
        }
        let order = self.compare_magnitude(other);
        if a < 0 { order.reverse() } else { order }
    }

    pub(super) fn compare_magnitude(&self, other: &Self) -> Ordering {
        let rank = |f: &Self| match f.shape {
            Shape::Zero => 0,
            Shape::Finite { .. } => 1,
            Shape::Infinite => 2,
        };
        let (
            Shape::Finite { mantissa: m, exponent: e },
            Shape::Finite { mantissa: n, exponent: f },
        ) = (&self.shape, &other.shape)
        else {
            return rank(self).cmp(&rank(other));
        };
        let top = |m: &UBig, e: i64| e.saturating_add(i64::try_from(m.bit_len()).unwrap_or(LIMIT));
        top(m, *e).cmp(&top(n, *f)).then_with(|| {
            // Equal highest bits: the exponents are no further apart than the mantissas are long.
            let low = *e.min(f);
            let shift = |e: i64| usize::try_from(e - low).unwrap_or(0);
            (m << shift(*e)).cmp(&(n << shift(*f)))
        })
    }
}

/// `mantissa × 2^exponent` for a mantissa of at most 53 bits, in two steps so that no step rounds.
fn scale(mantissa: &UBig, exponent: i64) -> f64 {
    let bits = u64::try_from(mantissa).unwrap_or(u64::MAX);
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    let mantissa = bits as f64;
    let exponent = i32::try_from(exponent.clamp(-2200, 2200)).unwrap_or(0);
    let half = exponent / 2;
    mantissa * 2f64.powi(half) * 2f64.powi(exponent - half)
}
