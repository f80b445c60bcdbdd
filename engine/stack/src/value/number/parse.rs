//! Decimal to binary.

use super::float::Float;
use super::{FULL, Number};
use dashu_int::UBig;
use dashu_int::ops::BitTest;
use std::str::FromStr;

/// The most digits before or after the point. Terraform has no such limit and takes minutes or all memory instead.
const LIMIT: i64 = 10_000;

/// Not a number, or one of more digits than is reasonable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number is required")]
pub struct NotANumber;

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads `12`, `-0.5`, `1e6`: an optional sign, digits with an optional point, an optional exponent. As Go does, also `1p3`, whose
    /// exponent is binary, and `Inf`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if let Ok(n) = text.parse::<i64>()
            && n != 0
        {
            return Ok(Self::from(n));
        }
        if matches!(unsigned, "Inf" | "inf") {
            return Ok(Self::infinity(negative));
        }
        let (mantissa, exponent, binary) =
            if let Some((mantissa, exponent)) = unsigned.split_once(['p', 'P']) {
                (mantissa, 0, exponent_of(exponent)?)
            } else if let Some((mantissa, exponent)) = unsigned.split_once(['e', 'E']) {
                (mantissa, exponent_of(exponent)?, 0)
            } else {
                (unsigned, 0, 0)
            };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotANumber);
        }
        let exponent = exponent - i64::try_from(fraction.len()).map_err(|_| NotANumber)?;
        let length = i64::try_from(digits.len()).map_err(|_| NotANumber)?;
        if length > LIMIT || exponent.abs() > LIMIT {
            return Err(NotANumber);
        }
        let mantissa = UBig::from_str_radix(&digits, 10).map_err(|_| NotANumber)?;
        Ok(Self::of(scaled(negative, mantissa, exponent, binary), FULL))
    }
}

fn exponent_of(text: &str) -> Result<i64, NotANumber> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotANumber);
    }
    text.parse().map_err(|_| NotANumber)
}

/// `mantissa × 10^exponent × 2^binary`, correctly rounded.
fn scaled(negative: bool, mantissa: UBig, exponent: i64, binary: i64) -> Float {
    let steps = usize::try_from(exponent.unsigned_abs()).unwrap_or(0);
    let power = UBig::from(5u8).pow(steps);
    if exponent >= 0 {
        return Float::new(
            negative,
            mantissa * power,
            exponent.saturating_add(binary),
            false,
            FULL,
        );
    }
    let shift = (usize::from(FULL) + 2 + power.bit_len()).saturating_sub(mantissa.bit_len());
    let dividend = mantissa << shift;
    let quotient = &dividend / &power;
    let sticky = &quotient * &power != dividend;
    let exponent = exponent - i64::try_from(shift).unwrap_or(0);
    Float::new(negative, quotient, exponent.saturating_add(binary), sticky, FULL)
}
