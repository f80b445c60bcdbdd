//! The month of many scenarios at once: each array holds one value for each scenario, and each loop over an array is what a vector unit
//! does in a few instructions. Whatever a scenario does rarely (scaling, deployments, interruptions) is done by [`super::act`], one
//! scenario at a time.
//!
//! Every operation has one order, and none is fused, so the bits are those of the plain reading of the rules.

#![expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "all arrays have `LANES` elements, and loops in this form become vector instructions"
)]

use super::alarm::Watch;
use super::clock::{TICK, TICKS_AN_HOUR};
use super::random::{Stream, bits, exp, normal, uniform};
use super::scaling::TargetTracking;
use super::service::{Month, RING, Scenario, Service};
use super::shape::Shape;

/// Scenarios at once.
pub(crate) const LANES: usize = 32;

/// One value for each scenario.
pub(crate) type Lanes<T> = [T; LANES];

/// Datapoints above the target before target tracking scales out.
pub(crate) const HIGH: i32 = 3;
/// Datapoints below nine tenths of it before target tracking scales in.
pub(crate) const LOW: i32 = 15;
/// The low alarm's threshold, as a share of the target.
pub(crate) const LOW_SHARE: f32 = 0.9;
/// A little more than rounding errors can be: what is tested with it is tested again, exactly.
const SLACK: f32 = 1e-5;

/// The state of a block of scenarios.
pub(crate) struct Block<'s> {
    pub(crate) service: &'s Service,
    pub(crate) scenarios: Lanes<Scenario>,
    key: [Lanes<u32>; 2],
    amplitude: Lanes<f32>,
    noise: Lanes<f32>,
    innovation: Lanes<f32>,
    memory: Lanes<f32>,
    centre: Lanes<f32>,
    burst_chance: Lanes<f32>,
    burst_factor: Lanes<f32>,
    burst_ticks: Lanes<i32>,
    burst_left: Lanes<i32>,
    /// Requests a second at a shape of 1.
    multiplier: Lanes<f32>,
    slope: [Lanes<f32>; 3],
    idle: [Lanes<f32>; 3],
    demand: Lanes<f32>,
    /// Each metric times the tasks that run.
    pub(crate) load: [Lanes<f32>; 3],
    /// Tasks that serve.
    pub(crate) running: Lanes<f32>,
    /// Tasks that are asked for: those that serve, and those that start.
    pub(crate) desired: Lanes<f32>,
    /// Tasks that will serve, by the minute modulo its length.
    pub(crate) starting: [Lanes<f32>; RING as usize],
    /// Whether there are any.
    pub(crate) due: [bool; RING as usize],
    pub(crate) tracking: Vec<Tracked>,
    pub(crate) watches: Vec<Watch>,
    /// Scale-in waits until this minute.
    pub(crate) scale_in_from: Lanes<i32>,
    /// A deployment is over at this minute.
    pub(crate) deployed: Lanes<i32>,
    pub(crate) min: f32,
    pub(crate) max: f32,
    /// Whom to look at.
    attention: Lanes<i32>,
    hour_minutes: Lanes<f32>,
    hour_beyond: Lanes<f32>,
    hour_overload: Lanes<f32>,
    hour_requests: Lanes<f64>,
    pub(crate) months: Lanes<Month>,
}

/// What a target tracking policy remembers.
pub(crate) struct Tracked {
    /// Datapoints above the target, in a row.
    pub(crate) high: Lanes<i32>,
    /// Datapoints below nine tenths of it, in a row.
    pub(crate) low: Lanes<i32>,
    /// The cooldown of the last scale-out ends at this minute.
    pub(crate) cooled: Lanes<i32>,
    /// The tasks before that scale-out.
    pub(crate) before: Lanes<f32>,
}

impl<'s> Block<'s> {
    pub(crate) fn new(service: &'s Service, scenarios: Lanes<Scenario>) -> Self {
        let of = |f: fn(&Scenario) -> f32| scenarios.each_ref().map(f);
        let (min, max) = (tasks(service.min), tasks(service.max));
        let tracked = |_: &TargetTracking| Tracked {
            high: [0; LANES],
            low: [0; LANES],
            cooled: [0; LANES],
            before: [0.0; LANES],
        };
        Self {
            service,
            key: [scenarios.each_ref().map(|s| s.key.a), scenarios.each_ref().map(|s| s.key.b)],
            amplitude: [0.0; LANES],
            noise: [0.0; LANES],
            innovation: of(|s| s.noise * (1.0 - s.memory * s.memory).sqrt()),
            memory: of(|s| s.memory),
            centre: of(|s| s.noise * s.noise * 0.5),
            burst_chance: of(|s| s.burst_chance),
            burst_factor: of(|s| s.burst_factor),
            burst_ticks: scenarios.each_ref().map(|s| s.burst_ticks),
            burst_left: [0; LANES],
            multiplier: [0.0; LANES],
            slope: [of(|s| s.slope[0]), of(|s| s.slope[1]), of(|s| s.slope[2])],
            idle: [of(|s| s.idle[0]), of(|s| s.idle[1]), of(|s| s.idle[2])],
            demand: [0.0; LANES],
            load: [[0.0; LANES]; 3],
            running: [min; LANES],
            desired: [min; LANES],
            starting: [[0.0; LANES]; RING as usize],
            due: [false; RING as usize],
            tracking: service.tracking.iter().map(tracked).collect(),
            watches: service.steps.iter().map(|policy| Watch::new(&policy.alarm)).collect(),
            scale_in_from: [0; LANES],
            deployed: [0; LANES],
            min,
            max,
            attention: [0; LANES],
            hour_minutes: [0.0; LANES],
            hour_beyond: [0.0; LANES],
            hour_overload: [0.0; LANES],
            hour_requests: [0.0; LANES],
            months: [Month { peak: min.into(), ..Month::default() }; LANES],
            scenarios,
        }
    }

    /// Runs the month.
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "a month has 730 hours")]
    pub(crate) fn run(mut self, shape: &Shape) -> Lanes<Month> {
        let rare = self.scenarios.iter().any(|s| s.deployment_chance > 0.0)
            || (self.service.spot != super::service::Spot::default()
                && self.scenarios.iter().any(|s| s.interruption_chance > 0.0));
        let mut scheduled = self.service.scheduled.iter().peekable();
        for tick in 0..shape.ticks() {
            if tick % TICKS_AN_HOUR == 0 {
                let passed = (tick / TICKS_AN_HOUR) as f32 / 730.0;
                for l in 0..LANES {
                    let scenario = &self.scenarios[l];
                    self.amplitude[l] = scenario.level * (1.0 + scenario.growth * passed);
                }
            }
            self.noise(tick, shape.sums.get(tick as usize).copied().unwrap_or_default());
            if rare {
                self.rare(tick);
            }
            let minutes = (tick * TICK..).zip(shape.tick(tick));
            for (minute, factor) in minutes {
                while let Some(action) = scheduled.next_if(|action| action.minute <= minute) {
                    self.schedule(*action, minute);
                }
                if self.minute(minute, *factor) && minute + 1 < shape.ticks() * TICK {
                    self.attend(minute);
                }
            }
            if tick % TICKS_AN_HOUR == TICKS_AN_HOUR - 1 || tick + 1 == shape.ticks() {
                self.hour();
            }
        }
        self.months
    }

    /// Draws demand for the next minutes.
    #[inline(always)]
    fn noise(&mut self, tick: u32, sum: f32) {
        for l in 0..LANES {
            let (a, b) = (self.key[0][l], self.key[1][l]);
            let shock = normal(bits(a, b, Stream::Noise, tick));
            self.noise[l] = self.memory[l] * self.noise[l] + self.innovation[l] * shock;
            let starts = uniform(bits(a, b, Stream::Burst, tick)) < self.burst_chance[l];
            let left = self.burst_left[l];
            let left = if left == 0 && starts { self.burst_ticks[l] } else { left };
            let burst = if left > 0 { self.burst_factor[l] } else { 1.0 };
            self.burst_left[l] = left.wrapping_sub(1) & mask(left > 0);
            self.multiplier[l] = self.amplitude[l] * exp(self.noise[l] - self.centre[l]) * burst;
        }
        for l in 0..LANES {
            self.hour_requests[l] += f64::from(self.multiplier[l] * sum);
        }
    }

    /// A minute: who serves, what comes, what the alarms see. True when somebody has to act.
    #[inline(always)]
    fn minute(&mut self, minute: u32, factor: f32) -> bool {
        let slot = (minute % RING) as usize;
        if self.due[slot] {
            self.due[slot] = false;
            for l in 0..LANES {
                self.running[l] += self.starting[slot][l];
                self.starting[slot][l] = 0.0;
            }
        }
        for l in 0..LANES {
            let demand = self.multiplier[l] * factor;
            let load = demand * self.slope[0][l] + self.idle[0][l] * self.running[l];
            self.demand[l] = demand;
            self.load[0][l] = load;
            let over = load > self.running[l] * 100.0;
            self.hour_overload[l] += if over { 1.0 } else { 0.0 };
            self.hour_minutes[l] += self.desired[l];
            self.attention[l] = 0;
        }
        if self.service.spot != super::service::Spot::default() {
            for l in 0..LANES {
                let beyond = self.desired[l] - self.service.spot.first;
                self.hour_beyond[l] += if beyond > 0.0 { beyond } else { 0.0 };
            }
        }
        self.other_metrics();
        self.track(minute);
        self.watch(minute);
        let mut any = 0;
        for l in 0..LANES {
            any |= self.attention[l];
        }
        any != 0
    }

    #[inline(always)]
    fn other_metrics(&mut self) {
        let used = |metric| {
            self.service.tracking.iter().any(|policy| policy.metric as usize == metric)
                || self.service.steps.iter().any(|policy| policy.alarm.metric as usize == metric)
        };
        for metric in 1..3 {
            if used(metric) {
                for l in 0..LANES {
                    self.load[metric][l] = self.demand[l] * self.slope[metric][l]
                        + self.idle[metric][l] * self.running[l];
                }
            }
        }
    }

    /// Target tracking: counts datapoints, and calls for attention where a policy may act. It may only if the exact rule could.
    #[inline(always)]
    #[expect(clippy::cast_possible_wrap, reason = "a month has 43,800 minutes")]
    fn track(&mut self, minute: u32) {
        let mut unready: Lanes<i32> = [0; LANES];
        let mut asked = false;
        for (policy, state) in self.service.tracking.iter().zip(&mut self.tracking) {
            let load = &self.load[policy.metric as usize];
            let (target, most) = (policy.target, policy.metric.most());
            let (low, silence) = (target * LOW_SHARE, policy.metric.silence());
            for l in 0..LANES {
                let (load, running, desired) = (load[l], self.running[l], self.desired[l]);
                let data = (running > 0.0) & (self.demand[l] > silence);
                let is_high = (load > target * running) & data;
                let is_low = (load < low * running) & data;
                state.high[l] = state.high[l].wrapping_add(1) & mask(is_high);
                state.low[l] = state.low[l].wrapping_add(1) & mask(is_low);
                let seen = if load < most * running { load } else { most * running };
                let more = seen > target * (1.0 - SLACK) * desired;
                let out = (state.high[l] >= HIGH) & more & (desired < self.max);
                self.attention[l] = count(self.attention[l], out);
            }
            if policy.scale_in {
                for l in 0..LANES {
                    let less = self.load[policy.metric as usize][l]
                        <= target * (1.0 + SLACK) * (self.desired[l] - 1.0);
                    unready[l] = count(unready[l], !((state.low[l] >= LOW) & less));
                }
                asked = true;
            }
        }
        if asked {
            for l in 0..LANES {
                let may = (self.desired[l] > self.min) & (self.scale_in_from[l] <= minute as i32);
                self.attention[l] = count(self.attention[l], (unready[l] == 0) & may);
            }
        }
    }

    #[inline(always)]
    fn watch(&mut self, minute: u32) {
        for (policy, watch) in self.service.steps.iter().zip(&mut self.watches) {
            let load = &self.load[policy.alarm.metric as usize];
            watch.minute(&policy.alarm, minute, load, &self.running, &self.demand);
            let (adds, takes) = (policy.adds(), policy.takes());
            for l in 0..LANES {
                let room =
                    adds & (self.desired[l] < self.max) | takes & (self.desired[l] > self.min);
                self.attention[l] = count(self.attention[l], watch.on[l] & room);
            }
        }
    }

    #[inline(never)]
    fn attend(&mut self, minute: u32) {
        for l in 0..LANES {
            if self.attention[l] != 0 {
                self.act(l, minute);
            }
        }
    }

    /// Deployments and interruptions: drawn for all, done for those that are hit.
    fn rare(&mut self, tick: u32) {
        for l in 0..LANES {
            let scenario = self.scenarios[l];
            let hit = |stream| uniform(scenario.key.bits(stream, tick));
            if hit(Stream::Deployment) < scenario.deployment_chance {
                self.deploy(l, tick * TICK);
            }
            let spot = self.service.spot;
            let beyond = (self.desired[l] - spot.first).max(0.0);
            let on_spot = (self.desired[l] - beyond) * spot.of_first + beyond * spot.of_rest;
            if hit(Stream::Interruption) < on_spot * scenario.interruption_chance {
                self.interrupt(l, tick * TICK);
            }
        }
    }

    /// Ends an hour: what was counted in it goes to the month.
    #[inline(always)]
    fn hour(&mut self) {
        for l in 0..LANES {
            let month = &mut self.months[l];
            month.task_minutes += f64::from(self.hour_minutes[l]);
            month.beyond_base += f64::from(self.hour_beyond[l]);
            month.overload += f64::from(self.hour_overload[l]);
            month.requests += self.hour_requests[l];
            month.units += self.service.units_of(self.hour_requests[l], &self.scenarios[l].traffic);
            self.hour_minutes[l] = 0.0;
            self.hour_beyond[l] = 0.0;
            self.hour_overload[l] = 0.0;
            self.hour_requests[l] = 0.0;
        }
    }
}

/// All bits, or none. Arithmetic that wraps has no branch for an overflow, so that loops stay loops of vectors.
#[inline(always)]
fn mask(is: bool) -> i32 {
    i32::from(is).wrapping_neg()
}

/// One more if so. An `or` would become a masked store, which is slow on many processors.
#[inline(always)]
fn count(before: i32, is: bool) -> i32 {
    before.wrapping_add(i32::from(is))
}

/// A count of tasks as the engine counts.
#[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
pub(crate) fn tasks(count: u32) -> f32 {
    count as f32
}
