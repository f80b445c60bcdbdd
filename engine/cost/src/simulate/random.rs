//! Random numbers without a state: each is a function of what it is for, so that scenarios, days and stacks can be computed in any
//! order, and two stacks that hold the same service meet the same demand.

use super::vector::{Floats, Words};
use pulp::Simd;
use std::f32::consts::LN_2;

/// What a draw is for. The same stream at the same time is the same number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    Noise = 0x1b87_3593,
    Burst = 0x2545_f491,
    Start = 0x3c6e_f372,
    Deployment = 0x510e_527f,
    Interruption = 0x6a09_e667,
}

/// Names one scenario of one service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) a: u32,
    pub(crate) b: u32,
}

impl Key {
    /// The key of a scenario of the resource at an address.
    pub(crate) fn new(seed: u64, address: &str, scenario: u64) -> Self {
        let [word, _] = words(stir(seed ^ stir(text(address)) ^ stir(!scenario)));
        let [a, b] = words(stir(stir(seed).wrapping_add(text(address)) ^ stir(scenario)));
        Self { a, b: b ^ word.rotate_left(7) }
    }

    /// 32 random bits.
    #[inline(always)]
    pub(crate) fn bits(self, stream: Stream, at: u32) -> u32 {
        bits([self.a, self.b].map(Words::one), stream, at).value()
    }

    /// Uniform in [0, 1), for a named input: 53 random bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    pub(crate) fn input(self, name: &str) -> f64 {
        let key = u64::from(self.a) << 32 | u64::from(self.b);
        (stir(key ^ stir(text(name))) >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}

/// 32 random bits: a multiply and xor-shift mixer with low bias, of what they are for and when, between the two halves of a key.
#[inline(always)]
pub(crate) fn bits<S: Simd>(key: [Words<S>; 2], stream: Stream, at: u32) -> Words<S> {
    let [a, b] = key;
    let x = a ^ at.wrapping_mul(0x9e37_79b9).wrapping_add(stream as u32);
    let x = ((x ^ (x >> 16)) * 0x7feb_352d) + b;
    let x = (x ^ (x >> 15)) * 0x846c_a68b;
    x ^ (x >> 16)
}

/// Uniform in [0, 1): the 23 high bits.
#[inline(always)]
pub(crate) fn uniform<S: Simd>(bits: Words<S>) -> Floats<S> {
    // They become the fraction of a number from 1 to 2.
    ((bits >> 9) | ONE).floats() - 1.0
}

/// The bits of 1.
const ONE: u32 = 0x3f80_0000;

/// Near normal, mean 0 and deviation [`SPREAD`]: the sum of four uniform bytes. A chain of them is as good as normal, which is what it is
/// for.
#[inline(always)]
pub(crate) fn normal<S: Simd>(bits: Words<S>) -> Floats<S> {
    let pairs = (bits & 0x00ff_00ff) + ((bits >> 8) & 0x00ff_00ff);
    let sum = (pairs & 0xffff) + (pairs >> 16);
    sum.less(510.0)
}

/// The deviation of the sum of four bytes: the root of (65536 - 1) / 3.
pub(crate) const SPREAD: f32 = 147.800_54;

/// Two to the power of `x`, within 4e-6 of it; 1 at 0, exactly. The same bits on every machine.
#[inline(always)]
pub(crate) fn exp2<S: Simd>(x: Floats<S>) -> Floats<S> {
    // Adding it leaves the nearest whole number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.within(-60.0, 60.0);
    let shifted = x + ROUND;
    let rest = x - (shifted - ROUND);
    // The series of e to the power of `rest` times the logarithm of 2, grouped so that few operations wait for each other.
    let square = rest * rest;
    let low = rest * LN_2 + 1.0;
    let middle = rest * 0.055_504_11 + 0.240_226_5;
    let high = rest * 0.001_333_355_8 + 0.009_618_129;
    let series = low + square * (middle + square * high);
    // Times two to the power of `shifted`, which goes where a number has its exponent.
    (series.bits() + (shifted.bits() << 23)).floats()
}

fn words(x: u64) -> [u32; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    [x as u32, (x >> 32) as u32]
}

/// The finaliser of `SplitMix64`.
fn stir(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// FNV-1a.
fn text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: u32 = 200_000;

    type Draw<'f> = dyn Fn(u32) -> f64 + 'f;

    fn moments(of: impl Fn(u32) -> f64) -> (f64, f64) {
        let mean = (0..N).map(&of).sum::<f64>() / f64::from(N);
        let spread = (0..N).map(|i| (of(i) - mean).powi(2)).sum::<f64>() / f64::from(N);
        (mean, spread)
    }

    #[test]
    fn draws_have_the_moments_that_they_claim() {
        let key = Key::new(7, "aws_ecs_service.a", 3);
        let (mean, spread) =
            moments(|i| uniform(Words::one(key.bits(Stream::Burst, i))).value().into());
        assert!((mean - 0.5).abs() < 0.003 && (spread - 1.0 / 12.0).abs() < 0.001);
        let shock = |i| normal(Words::one(key.bits(Stream::Noise, i))).value() / SPREAD;
        let (mean, spread) = moments(|i| shock(i).into());
        assert!(mean.abs() < 0.01 && (spread - 1.0).abs() < 0.01, "{mean} {spread}");
        let (mean, spread) = moments(|i| Key::new(1, "a", i.into()).input("cpu_ms"));
        assert!((mean - 0.5).abs() < 0.003 && (spread - 1.0 / 12.0).abs() < 0.001);
    }

    /// Neighbours in time, in scenario, in stream and in address have nothing to do with each other.
    #[test]
    fn neighbours_are_independent() {
        let of = |address, scenario: u32, stream, at| {
            let word = Key::new(7, address, scenario.into()).bits(stream, at);
            f64::from(normal(Words::one(word)).value() / SPREAD)
        };
        let here: &Draw<'_> = &|i| of("a", i / 100, Stream::Noise, i % 100);
        let others: [&Draw<'_>; 4] = [
            &|i| of("a", i / 100, Stream::Noise, i % 100 + 1),
            &|i| of("a", i / 100 + 1, Stream::Noise, i % 100),
            &|i| of("a", i / 100, Stream::Burst, i % 100),
            &|i| of("b", i / 100, Stream::Noise, i % 100),
        ];
        for other in others {
            let product = (0..N).map(|i| here(i) * other(i)).sum::<f64>() / f64::from(N);
            assert!(product.abs() < 0.01, "{product}");
        }
    }

    #[test]
    fn every_bit_is_fair() {
        let key = Key::new(0, "", 0);
        for bit in 0..32 {
            let ones: u32 = (0..N).map(|i| key.bits(Stream::Start, i) >> bit & 1).sum();
            let share = f64::from(ones) / f64::from(N);
            assert!((share - 0.5).abs() < 0.005, "bit {bit}: {share}");
        }
    }

    #[test]
    fn powers_are_near_and_exact_at_nothing() {
        let exp2 = |x| exp2(Floats::one(x)).value();
        assert_eq!(exp2(0.0).to_bits(), 1f32.to_bits());
        for i in -4000i16..=4000 {
            let x = f32::from(i) / 100.0;
            let (got, want) = (f64::from(exp2(x)), f64::from(x).exp2());
            assert!((got / want - 1.0).abs() < 4e-6, "{x}: {got} {want}");
        }
        assert!(exp2(f32::MAX).is_finite() && exp2(f32::MIN) >= 0.0);
    }
}
