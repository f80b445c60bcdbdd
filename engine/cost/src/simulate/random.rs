//! Random numbers without a state: each is a function of what it is for, so that scenarios, days and stacks can be computed in any
//! order, and two stacks that hold the same service meet the same demand.

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
        bits(self.a, self.b, stream, at)
    }

    /// Uniform in [0, 1), for a named input: 53 random bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    pub(crate) fn input(self, name: &str) -> f64 {
        let key = u64::from(self.a) << 32 | u64::from(self.b);
        (stir(key ^ stir(text(name))) >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}

/// 32 random bits: two rounds of a multiply and xor-shift mixer with low bias, a key before each.
#[inline(always)]
pub(crate) fn bits(a: u32, b: u32, stream: Stream, at: u32) -> u32 {
    let mut x = at.wrapping_mul(0x9e37_79b9) ^ a;
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^= x >> 16;
    // Two streams of one time share what is above.
    x = x.wrapping_add(b) ^ stream as u32;
    x ^= x >> 16;
    x = x.wrapping_mul(0x21f0_aaad);
    x ^= x >> 15;
    x = x.wrapping_mul(0xd35a_2d97);
    x ^ (x >> 15)
}

/// Uniform in [0, 1): 24 bits.
#[inline(always)]
#[expect(clippy::cast_possible_wrap, clippy::cast_precision_loss, reason = "24 bits fit both")]
pub(crate) fn uniform(bits: u32) -> f32 {
    ((bits >> 8) as i32) as f32 * (1.0 / 16_777_216.0)
}

/// Near normal, mean 0 and variance 1: the sum of four uniform bytes. A chain of them is as good as normal, which is what it is for.
#[inline(always)]
#[expect(clippy::cast_possible_wrap, clippy::cast_precision_loss, reason = "at most 1020")]
pub(crate) fn normal(bits: u32) -> f32 {
    let pairs = (bits & 0x00ff_00ff) + ((bits >> 8) & 0x00ff_00ff);
    let sum = (pairs & 0xffff) + (pairs >> 16);
    ((sum as i32) as f32 - 510.0) * DEVIATION
}

/// One over the standard deviation of four bytes: the root of 3 / (65536 - 1).
const DEVIATION: f32 = 0.006_765_875;

/// e to the power of `x`, within 4e-6 of it; 1 at 0, exactly. The same bits on every machine, and a loop of it is vectorised.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding it leaves the nearest whole number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = if x < -40.0 { -40.0 } else { x };
    let x = if x > 40.0 { 40.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    // Grouped so that few operations wait for each other.
    let square = rest * rest;
    let (low, middle) = (1.0 + rest, 0.5 + rest * (1.0 / 6.0));
    let high = 1.0 / 24.0 + rest * (1.0 / 120.0);
    let series = low + square * (middle + square * high);
    let power = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    series * f32::from_bits(power)
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
        let (mean, spread) = moments(|i| uniform(key.bits(Stream::Burst, i)).into());
        assert!((mean - 0.5).abs() < 0.003 && (spread - 1.0 / 12.0).abs() < 0.001);
        let (mean, spread) = moments(|i| normal(key.bits(Stream::Noise, i)).into());
        assert!(mean.abs() < 0.01 && (spread - 1.0).abs() < 0.01, "{mean} {spread}");
        let (mean, spread) = moments(|i| Key::new(1, "a", i.into()).input("cpu_ms"));
        assert!((mean - 0.5).abs() < 0.003 && (spread - 1.0 / 12.0).abs() < 0.001);
    }

    /// Neighbours in time, in scenario, in stream and in address have nothing to do with each other.
    #[test]
    fn neighbours_are_independent() {
        let of = |address, scenario: u32, stream, at| {
            f64::from(normal(Key::new(7, address, scenario.into()).bits(stream, at)))
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
    fn exp_is_near_and_exact_at_nothing() {
        assert_eq!(exp(0.0).to_bits(), 1f32.to_bits());
        for i in -2000i16..=2000 {
            let x = f32::from(i) / 100.0;
            let (got, want) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((got / want - 1.0).abs() < 4e-6, "{x}: {got} {want}");
        }
        assert!(exp(f32::MAX).is_finite() && exp(f32::MIN) >= 0.0);
    }
}
