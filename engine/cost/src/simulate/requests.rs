//! Demand of scenarios: noise around a profile, growth, bursts; and what the load balancer counts of it, hour by hour.

#![expect(clippy::indexing_slicing, reason = "there is a place for each lane of a column")]

use super::clock::TICKS_AN_HOUR;
use super::column::{Column, VECTORS, first, lanes, place};
use super::random::{Stream, bits, exp2, normal, uniform};
use super::service::{Scenario, Service};
use super::vector::{Floats, Words};
use pulp::Simd;

/// What comes of the scenarios of a block.
pub(crate) struct Requests<S: Simd> {
    simd: S,
    first: usize,
    key: [Column<Words<S>>; 2],
    /// The logarithm of what demand is multiplied with, to the base of 2.
    noise: Column<Floats<S>>,
    memory: Column<Floats<S>>,
    innovation: Column<Floats<S>>,
    level: Column<Floats<S>>,
    growth: Column<Floats<S>>,
    /// Requests a second of this hour, at a shape of 1.
    amplitude: Column<Floats<S>>,
    /// Requests a second of this tick, at a shape of 1.
    pub(crate) rate: Column<Floats<S>>,
    burst_chance: Column<Floats<S>>,
    burst_factor: Column<Floats<S>>,
    burst_ticks: Column<Words<S>>,
    /// The tick at which a burst starts in this hour; [`NEVER`] when none does.
    burst_at: Column<Words<S>>,
    burst_until: Column<Words<S>>,
    /// The vectors in which a burst touches this hour, a bit for each.
    bursts: u32,
    /// Requests of this hour.
    hour: Vec<f64>,
    /// Those of the month, until this hour.
    month: Vec<f64>,
    /// Capacity units of the month, until this hour.
    units: Vec<f64>,
    /// Capacity units of a request.
    greatest: Vec<f64>,
}

/// A tick that no month has.
const NEVER: u32 = i32::MAX as u32;

impl<S: Simd> Requests<S> {
    pub(crate) fn new(simd: S, service: &Service, scenarios: &[Scenario]) -> Self {
        let each = |of: fn(&Scenario) -> f32| {
            Column::<Floats<S>>::each(simd, |l| scenarios.get(l).map_or(0.0, of))
        };
        let words = |of: fn(&Scenario) -> u32| {
            Column::<Words<S>>::each(simd, |l| scenarios.get(l).map_or(0, of))
        };
        let zero = Column::<Floats<S>>::all(simd, 0.0);
        let mut greatest = vec![0.0; lanes::<S>()];
        for (lane, scenario) in scenarios.iter().enumerate() {
            greatest[place::<S>(lane)] = service.units_of(&scenario.traffic);
        }
        Self {
            simd,
            first: first::<S>(scenarios.len()),
            key: [words(|s| s.key.a), words(|s| s.key.b)],
            noise: zero,
            memory: each(|s| s.memory),
            innovation: each(Scenario::innovation),
            level: each(Scenario::median),
            growth: each(|s| s.growth),
            amplitude: zero,
            rate: zero,
            burst_chance: each(|s| s.burst_chance),
            burst_factor: each(|s| s.burst_factor),
            burst_ticks: words(|s| s.burst_ticks),
            burst_at: Column::<Words<S>>::all(simd, NEVER),
            burst_until: Column::<Words<S>>::all(simd, 0),
            bursts: 0,
            hour: vec![0.0; lanes::<S>()],
            month: vec![0.0; lanes::<S>()],
            units: vec![0.0; lanes::<S>()],
            greatest,
        }
    }

    /// Begins an hour: demand has grown, and a burst may start at one of its ticks.
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "730 hours")]
    pub(crate) fn begin_hour(&mut self, hour: u32) {
        let first = hour * TICKS_AN_HOUR;
        let passed = hour as f32 / 730.0;
        self.bursts = 0;
        for at in self.first..VECTORS {
            self.amplitude[at] = self.level[at] * (self.growth[at] * passed + 1.0);
            let draw = bits([self.key[0][at], self.key[1][at]], Stream::Burst, hour);
            let starts = self.burst_chance[at].above(uniform(draw));
            let tick = (((draw & 0xff) * TICKS_AN_HOUR) >> 8) + first;
            self.burst_at[at] = starts.pick(tick, Words::all(self.simd, NEVER));
            let lasts = self.burst_until[at].above(Words::all(self.simd, first));
            self.bursts |= u32::from((starts | lasts).any()) << at;
        }
    }

    /// Draws the requests a second of the next minutes, at a shape of 1. `sum` of them come at one a second.
    #[inline(always)]
    pub(crate) fn tick(&mut self, tick: u32, sum: f32) {
        // Step by step, because a processor looks ahead only so far: one vector's steps wait for each other.
        for at in self.first..VECTORS {
            let draw = bits([self.key[0][at], self.key[1][at]], Stream::Noise, tick);
            let shock = self.innovation[at] * normal(draw);
            self.noise[at] = self.memory[at] * self.noise[at] + shock;
        }
        for at in self.first..VECTORS {
            self.rate[at] = self.amplitude[at] * exp2(self.noise[at]);
        }
        let (mut bursts, now) = (self.bursts, Words::all(self.simd, tick));
        while bursts != 0 {
            let at = bursts.trailing_zeros() as usize % VECTORS;
            bursts &= bursts - 1;
            let starts = self.burst_at[at].is(now);
            let until = starts.pick(self.burst_ticks[at] + now, self.burst_until[at]);
            self.burst_until[at] = until;
            let rate = self.rate[at];
            self.rate[at] = until.above(now).pick(rate * self.burst_factor[at], rate);
        }
        for (at, hour) in self.hour.chunks_exact_mut(S::F32_LANES).enumerate().take(VECTORS) {
            let come = self.rate[at] * sum;
            for (hour, come) in hour.iter_mut().zip(come.lanes()) {
                *hour += f64::from(*come);
            }
        }
    }

    /// Ends an hour: what was counted in it goes to the month.
    #[inline(always)]
    pub(crate) fn end_hour(&mut self) {
        let month = self.month.iter_mut().zip(self.units.iter_mut().zip(&self.greatest));
        for (hour, (requests, (units, greatest))) in self.hour.iter_mut().zip(month) {
            *requests += *hour;
            *units += *hour * greatest;
            *hour = 0.0;
        }
    }

    /// Requests and capacity units of the month.
    pub(crate) fn month(&self, lane: usize) -> (f64, f64) {
        (self.month[place::<S>(lane)], self.units[place::<S>(lane)])
    }
}
