//! The shape of a month's demand: one factor for each minute, 1 on average.

use super::clock::{DAY, MINUTES, TICK, TICKS};

/// A factor for each minute of the month.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    factors: Vec<f32>,
    /// Requests in a tick at one request a second: 60 seconds times the factors, added up.
    pub(crate) sums: Vec<f32>,
}

/// 24 hours of a day, and what they are called.
pub const PROFILES: &[(&str, [f64; 24])] = &[
    ("flat", [1.0; 24]),
    (
        "office",
        [
            0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.9, 1.7, 2.2, 2.3, 2.2, 1.9, 2.1, 2.2, 2.2, 2.0,
            1.5, 0.8, 0.4, 0.2, 0.1, 0.1, 0.1,
        ],
    ),
    (
        "web",
        [
            0.6, 0.4, 0.3, 0.25, 0.25, 0.35, 0.5, 0.75, 0.95, 1.1, 1.2, 1.25, 1.3, 1.25, 1.2, 1.2,
            1.25, 1.35, 1.5, 1.6, 1.65, 1.55, 1.25, 0.9,
        ],
    ),
    (
        "night",
        [
            2.6, 2.8, 2.8, 2.6, 2.2, 1.5, 0.8, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3,
            0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0,
        ],
    ),
];

impl Shape {
    /// A day's hours (straight lines between full hours) times a week's days, Monday first.
    pub fn profiles(day: &[f64; 24], week: &[f64; 7]) -> Self {
        let cycle = |values: &[f64], at: u32| {
            let length = u32::try_from(values.len()).unwrap_or(1).max(1);
            values.get((at % length) as usize).copied().unwrap_or(1.0)
        };
        Self::of((0..MINUTES).map(|minute| {
            let (hour, within) = (minute / 60, f64::from(minute % 60) / 60.0);
            let (from, to) = (cycle(day, hour), cycle(day, hour + 1));
            (from + (to - from) * within) * cycle(week, minute / DAY)
        }))
    }

    /// Any factors, brought to a mean of 1; the first [`MINUTES`] count. Nothing but zeros stays so.
    #[expect(clippy::cast_possible_truncation, reason = "factors are near 1")]
    pub fn of(factors: impl Iterator<Item = f64> + Clone) -> Self {
        let factors = factors.take(MINUTES as usize);
        let mean = factors.clone().sum::<f64>() / f64::from(MINUTES);
        let scale = if mean > 0.0 { mean } else { 1.0 };
        let factors: Vec<f32> = factors.map(|factor| (factor / scale) as f32).collect();
        Self::exactly(factors)
    }

    /// These factors, as they are; a tick that is not full is left out.
    pub(crate) fn exactly(factors: Vec<f32>) -> Self {
        let sum = |tick: &[f32]| tick.iter().sum::<f32>() * 60.0;
        let ticks = factors.chunks_exact(TICK as usize).take(TICKS as usize);
        Self { sums: ticks.map(sum).collect(), factors }
    }

    /// How many ticks it has: those of a month, or fewer.
    #[expect(clippy::cast_possible_truncation, reason = "at most those of a month")]
    pub(crate) fn ticks(&self) -> u32 {
        self.sums.len() as u32
    }

    /// The factors of the minutes of a tick.
    #[inline(always)]
    pub(crate) fn tick(&self, tick: u32) -> &[f32] {
        let from = (tick * TICK) as usize;
        self.factors.get(from..from + TICK as usize).unwrap_or_default()
    }

    /// The factor of each minute.
    pub fn factors(&self) -> &[f32] {
        &self.factors
    }
}
