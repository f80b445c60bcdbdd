//! Binary to decimal: to the last digit, or the fewest digits that read back.

use super::float::{Float, Shape};
use dashu_int::UBig;
use dashu_int::ops::BitTest;
use std::cmp::Ordering;

/// `0.d₁d₂d₃… × 10^point`, sign aside; no leading and no trailing zero digits, and none at all for zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// Every digit of a finite float.
    pub(super) fn exact(float: &Float) -> Option<Self> {
        match &float.shape {
            Shape::Zero => Some(Self { digits: Vec::new(), point: 0 }),
            Shape::Finite { mantissa, exponent } => Some(Self::scaled(mantissa, *exponent)),
            Shape::Infinite => None,
        }
    }

    /// The fewest digits that read back as the same float of `precision` bits, nearest to it where several do.
    pub(super) fn shortest(float: &Float, precision: u16) -> Option<Self> {
        let Shape::Finite { mantissa, exponent } = &float.shape else {
            return Self::exact(float);
        };
        let bits = usize::from(precision).max(mantissa.bit_len());
        let shift = bits - mantissa.bit_len();
        // The neighbours halfway to the next floats, at twice the resolution.
        let middle = (mantissa << shift) << 1usize;
        let low = &middle - UBig::ONE;
        let high = &middle + UBig::ONE;
        let exponent = exponent - i64::try_from(shift).ok()? - 1;
        let inclusive = shift > 0 || !mantissa.bit(0);
        let exact = Self::scaled(&middle, exponent);
        let (low, high) = (Self::scaled(&low, exponent), Self::scaled(&high, exponent));
        let inside = |d: &Self| match (low.order(d), d.order(&high)) {
            (Ordering::Less, Ordering::Less) => true,
            (Ordering::Greater, _) | (_, Ordering::Greater) => false,
            _ => inclusive,
        };
        // A float of so many bits never needs more digits than this.
        let enough = bits * 302 / 1000 + 3;
        let (mut fewest, mut most) = (1, exact.digits.len().min(enough));
        // Cutting to more digits can only come closer, so the least sufficient length can be searched by halves.
        while fewest < most {
            let half = usize::midpoint(fewest, most);
            let fits = exact.cut(half).iter().any(&inside);
            (fewest, most) = if fits { (fewest, half) } else { (half + 1, most) };
        }
        let [down, up] = exact.cut(fewest);
        let nearest = exact.round_to(fewest);
        Some([nearest, down, up].into_iter().find(inside).unwrap_or(exact))
    }

    /// `mantissa × 2^exponent`.
    fn scaled(mantissa: &UBig, exponent: i64) -> Self {
        let steps = usize::try_from(exponent.unsigned_abs()).unwrap_or(0);
        let (whole, places) = if exponent >= 0 {
            (mantissa << steps, 0)
        } else {
            (mantissa * UBig::from(5u8).pow(steps), steps)
        };
        let digits = whole.to_string().into_bytes();
        let point = i64::try_from(digits.len()).unwrap_or(0) - i64::try_from(places).unwrap_or(0);
        Self { digits, point }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    fn order(&self, other: &Self) -> Ordering {
        // No leading zeros: the point decides, then the digits as text do.
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.point.cmp(&other.point).then(self.digits.cmp(&other.digits)),
        }
    }

    /// The decimals of at most `n` digits just below (or equal) and just above.
    fn cut(&self, n: usize) -> [Self; 2] {
        let digits = self.digits.get(..n).unwrap_or(&self.digits).to_vec();
        let down = Self { digits, point: self.point };
        let up = if n < self.digits.len() { down.clone().next() } else { down.clone() };
        [down.trimmed(), up.trimmed()]
    }

    /// One more in the last place.
    fn next(mut self) -> Self {
        while self.digits.last() == Some(&b'9') {
            self.digits.pop();
        }
        if let Some(digit) = self.digits.last_mut() {
            *digit += 1;
        } else {
            self.digits.push(b'1');
            self.point += 1;
        }
        self
    }

    /// Rounded to `n` significant digits, half to even.
    #[must_use]
    pub fn round_to(&self, n: usize) -> Self {
        let Some((kept, rest)) = self.digits.split_at_checked(n) else { return self.clone() };
        let up = match rest {
            [] | [b'0'..b'5', ..] => false,
            [b'5'] => kept.last().is_some_and(|d| d % 2 == 1),
            _ => true,
        };
        let [down, above] = self.cut(n);
        if up { above } else { down }
    }

    /// Rounded to `places` digits after the point, half to even.
    #[must_use]
    pub fn round_places(&self, places: usize) -> Self {
        match usize::try_from(self.point + i64::try_from(places).unwrap_or(i64::MAX / 2)) {
            Ok(n) => self.round_to(n),
            Err(_) => Self { digits: Vec::new(), point: 0 },
        }
    }

    /// The significant digits, in ASCII, without the zeros at either end.
    pub fn digits(&self) -> &[u8] {
        &self.digits
    }

    /// Where the point stands, counted from before the first digit.
    pub fn point(&self) -> i64 {
        self.point
    }

    /// Without an exponent: `0.05`, `1200`.
    pub fn plain(&self) -> String {
        let places = i64::try_from(self.digits.len()).unwrap_or(0) - self.point;
        self.fixed(usize::try_from(places).unwrap_or(0))
    }

    /// With exactly `places` digits after the point; digits past that are cut, so round first.
    pub fn fixed(&self, places: usize) -> String {
        let digit = |at: i64| {
            let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at));
            char::from(digit.copied().unwrap_or(b'0'))
        };
        let mut out: String = (0..self.point).map(digit).collect();
        if out.is_empty() {
            out.push('0');
        }
        if places > 0 {
            out.push('.');
            let places = i64::try_from(places).unwrap_or(0);
            out.extend((self.point..self.point + places).map(digit));
        }
        out
    }

    /// With an exponent of at least two digits and `places` digits after the point: `1.5e+06`.
    pub fn scientific(&self, places: usize) -> String {
        let mut digits = self.digits.iter().copied().map(char::from).chain(std::iter::repeat('0'));
        let mut out: String = digits.by_ref().take(1).collect();
        if places > 0 {
            out.push('.');
            out.extend(digits.take(places));
        }
        let exponent = if self.digits.is_empty() { 0 } else { self.point - 1 };
        let sign = if exponent < 0 { '-' } else { '+' };
        out + &format!("e{sign}{:02}", exponent.unsigned_abs())
    }
}
