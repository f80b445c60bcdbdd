//! What is not known for sure: low, likely, high.

use serde::Serialize;

/// A triangular distribution; a point when all three are the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Triangular {
    /// The least.
    pub low: f64,
    /// The most likely.
    pub likely: f64,
    /// The greatest.
    pub high: f64,
}

impl Triangular {
    /// A value that is known.
    pub const fn point(value: f64) -> Self {
        Self { low: value, likely: value, high: value }
    }

    /// True when it is no point.
    pub fn is_uncertain(&self) -> bool {
        self.low < self.high
    }

    /// The value that a share of all draws stays below: the inverse of its distribution. `share` is in [0, 1).
    pub fn at(&self, share: f64) -> f64 {
        let (low, likely, high) = (self.low, self.likely, self.high);
        let width = high - low;
        if width <= 0.0 {
            return likely;
        }
        if share * width < likely - low {
            low + (share * width * (likely - low)).sqrt()
        } else {
            high - ((1.0 - share) * width * (high - likely)).sqrt()
        }
    }

    /// Its mean.
    pub fn mean(&self) -> f64 {
        (self.low + self.likely + self.high) / 3.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_its_mean_and_stay_inside() {
        for (low, likely, high) in [(1.0, 2.0, 6.0), (1.0, 1.0, 4.0), (0.0, 3.0, 3.0)] {
            let it = Triangular { low, likely, high };
            let draws: Vec<f64> = (0..10_000).map(|i| it.at((f64::from(i) + 0.5) / 1e4)).collect();
            assert!(draws.is_sorted() && draws.iter().all(|d| (low..=high).contains(d)));
            let mean = draws.iter().sum::<f64>() / 1e4;
            assert!((mean - it.mean()).abs() < 1e-3, "{mean}");
        }
        assert_eq!(Triangular::point(5.0).at(0.7).to_bits(), 5f64.to_bits());
    }
}
