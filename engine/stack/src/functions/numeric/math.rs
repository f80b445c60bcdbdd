//! Logarithm and power as Go computes them, last digit and all: libraries differ there, and Terraform shows it.

/// The natural logarithm, by the method of FreeBSD's `e_log.c`: reduce to a mantissa near one, then a polynomial.
#[expect(clippy::many_single_char_names, reason = "the names that the method has")]
pub(super) fn ln(x: f64) -> f64 {
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const L: [f64; 7] = [
        6.666_666_666_666_735e-1,
        3.999_999_999_940_942e-1,
        2.857_142_874_366_239e-1,
        2.222_219_843_214_978_4e-1,
        1.818_357_216_161_805e-1,
        1.531_383_769_920_937_3e-1,
        1.479_819_860_511_658_6e-1,
    ];
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    let (mut mantissa, mut exponent) = split(x);
    if mantissa < std::f64::consts::FRAC_1_SQRT_2 {
        mantissa *= 2.0;
        exponent -= 1;
    }
    let f = mantissa - 1.0;
    let k = f64::from(exponent);
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let [l1, l2, l3, l4, l5, l6, l7] = L;
    let odd = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)));
    let even = s4 * (l2 + s4 * (l4 + s4 * l6));
    let r = odd + even;
    let half = 0.5 * f * f;
    k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f)
}

/// A power: the whole part of the exponent by repeated squaring of the mantissa, the fraction by `exp` and `ln`.
#[expect(clippy::float_cmp, reason = "special cases are exact")]
pub(super) fn pow(x: f64, y: f64) -> f64 {
    let special = x == 0.0 || !x.is_finite() || !y.is_finite() || y == 0.0 || x == 1.0;
    let (mut whole, mut fraction) = (y.abs().trunc(), y.abs().fract());
    if special || whole >= 9.3e18 || fraction != 0.0 && x < 0.0 {
        return x.powf(y);
    }
    if y == 0.5 {
        return x.sqrt();
    }
    if y == -0.5 {
        return 1.0 / x.sqrt();
    }
    let (mut result, mut result_exponent) = (1.0, 0i32);
    if fraction != 0.0 {
        if fraction > 0.5 {
            fraction -= 1.0;
            whole += 1.0;
        }
        result = exp(fraction * ln(x));
    }
    let (mut mantissa, mut exponent) = split(x);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^63")]
    let mut bits = whole as u64;
    while bits != 0 {
        if !(-4096..=4096).contains(&exponent) {
            result_exponent = result_exponent.saturating_add(exponent);
            break;
        }
        if bits & 1 == 1 {
            result *= mantissa;
            result_exponent += exponent;
        }
        mantissa *= mantissa;
        exponent *= 2;
        if mantissa.abs() < 0.5 {
            mantissa += mantissa;
            exponent -= 1;
        }
        bits >>= 1;
    }
    if y < 0.0 {
        result = 1.0 / result;
        result_exponent = -result_exponent;
    }
    scale(result, result_exponent)
}

/// `e^x`, by the method of Shibata's SLEEF that Go uses on x86: a sixteenth of the reduced argument, a Taylor series, four squarings.
fn exp(x: f64) -> f64 {
    const LN2_HIGH: f64 = 0.693_147_180_559_662_956_511_601_805_686_950_683_593_75;
    const LN2_LOW: f64 = 0.282_352_905_630_315_771_225_884_481_750_134_360_255_254_120_68e-12;
    if !x.is_finite() || x.abs() > 700.0 {
        return x.exp();
    }
    let turns = (x * std::f64::consts::LOG2_E).round_ties_even();
    let r = (-turns).mul_add(LN2_LOW, (-turns).mul_add(LN2_HIGH, x)) / 16.0;
    let series = [1.0 / 5_040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0];
    let mut y = series.iter().fold(1.0 / 40_320.0, |sum: f64, term| sum.mul_add(r, *term)) * r;
    for _ in 0..3 {
        y *= y + 2.0;
    }
    let y = y.mul_add(y + 2.0, 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "within 1100 of zero")]
    scale(y, turns as i32)
}

/// `x = mantissa × 2^exponent` with the mantissa's magnitude from a half up to one.
fn split(x: f64) -> (f64, i32) {
    let (x, shift) = if x.abs() < f64::MIN_POSITIVE { (x * 2f64.powi(52), -52) } else { (x, 0) };
    let bits = x.to_bits();
    let biased = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let mantissa = f64::from_bits(bits & !(0x7ff << 52) | (1022 << 52));
    (mantissa, biased - 1022 + shift)
}

/// `x × 2^exponent`, in steps that do not overflow before the end.
fn scale(x: f64, exponent: i32) -> f64 {
    let exponent = exponent.clamp(-2200, 2200);
    let third = exponent / 3;
    x * 2f64.powi(third) * 2f64.powi(third) * 2f64.powi(exponent - 2 * third)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "exactly these")]
    fn the_last_digit_is_gos() {
        assert_eq!(pow(1.1, 10.0).to_string(), "2.593742460100002");
        assert_eq!(pow(2.0, -3.0), 0.125);
        assert_eq!(pow(-8.0, 3.0), -512.0);
        assert!(pow(-8.0, 0.5).is_nan());
        assert_eq!(ln(16.0) / ln(2.0), 4.0);
        assert_eq!(split(0.75), (0.75, 0));
        assert_eq!(split(-6.0), (-0.75, 3));
    }
}
