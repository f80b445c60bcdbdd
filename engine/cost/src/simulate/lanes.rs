//! The month of many scenarios at once: each array holds one value for each scenario, and each loop over an array is what a vector unit
//! does in a few instructions. Whatever a scenario does rarely (scaling, deployments, interruptions) is done by [`super::act`], one
//! scenario at a time.
//!
//! Every operation has one order, and none is fused, so the bits are those of the plain reading of the rules.

#![expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    clippy::needless_bitwise_bool,
    reason = "all arrays have `LANES` elements, and loops in this form, without branches, become vector instructions"
)]

use super::alarm::Watch;
use super::clock::{TICK, TICKS_AN_HOUR};
use super::random::{Stream, bits, exp, normal, uniform};
use super::scaling::{Metric, TargetTracking};
use super::service::{Month, RING, Scenario, Service, Spot};
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
    /// The tick at which a burst starts in this hour; -1 when none does.
    burst_at: Lanes<i32>,
    burst_until: Lanes<i32>,
    /// Which metrics are looked at.
    used: [bool; 3],
    slope: [Lanes<f32>; 3],
    idle: [Lanes<f32>; 3],
    /// What demand adds to each metric times the tasks that run, at a shape of 1.
    pressure: [Lanes<f32>; 3],
    /// What the tasks that run add to it by themselves.
    base: [Lanes<f32>; 3],
    /// Each metric times the tasks that run.
    pub(crate) load: [Lanes<f32>; 3],
    /// All processor time of the tasks that run.
    full: Lanes<f32>,
    /// Tasks that serve.
    pub(crate) running: Lanes<f32>,
    /// Tasks that are asked for: those that serve, and those that start.
    pub(crate) desired: Lanes<f32>,
    /// Tasks that will serve, by the minute modulo its length.
    pub(crate) starting: [Lanes<f32>; RING as usize],
    /// Whose, a bit for each scenario.
    pub(crate) due: [u64; RING as usize],
    pub(crate) tracking: Vec<Tracked>,
    pub(crate) watches: Vec<Watch>,
    /// Scale-in waits until this minute.
    pub(crate) scale_in_from: Lanes<i32>,
    /// A deployment is over at this minute.
    pub(crate) deployed: Lanes<i32>,
    /// Since when there are as many, in minutes.
    pub(crate) since: Lanes<u32>,
    /// [`Service::starts`]
    pub(crate) starts: [u32; 256],
    pub(crate) min: f32,
    pub(crate) max: f32,
    /// Whom to look at.
    attention: Lanes<u8>,
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
    /// The load above which a datapoint is high; infinite when no task runs.
    above: Lanes<f32>,
    /// The load below which it is low.
    below: Lanes<f32>,
    /// The greatest load that can be seen.
    most: Lanes<f32>,
    /// A load above this may be a reason to scale out; infinite when there is no room.
    crowded: Lanes<f32>,
    /// A load up to this may be a reason to scale in; negative when there is no room.
    deserted: Lanes<f32>,
}

impl<'s> Block<'s> {
    pub(crate) fn new(service: &'s Service, scenarios: &Lanes<Scenario>) -> Self {
        let of = |f: fn(&Scenario) -> f32| scenarios.each_ref().map(f);
        let (min, max) = (tasks(service.min), tasks(service.max));
        let tracked = |_: &TargetTracking| Tracked {
            high: [0; LANES],
            low: [0; LANES],
            cooled: [0; LANES],
            before: [0.0; LANES],
            above: [0.0; LANES],
            below: [0.0; LANES],
            most: [0.0; LANES],
            crowded: [0.0; LANES],
            deserted: [0.0; LANES],
        };
        let metrics = service.tracking.iter().map(|policy| policy.metric);
        let metrics = metrics.chain(service.steps.iter().map(|policy| policy.alarm.metric));
        let mut used = [true, false, false];
        metrics.for_each(|metric| used[metric as usize] = true);
        let mut block = Self {
            service,
            used,
            key: [scenarios.each_ref().map(|s| s.key.a), scenarios.each_ref().map(|s| s.key.b)],
            amplitude: [0.0; LANES],
            noise: [0.0; LANES],
            innovation: of(|s| s.noise * (1.0 - s.memory * s.memory).sqrt()),
            memory: of(|s| s.memory),
            centre: of(|s| s.noise * s.noise * 0.5),
            burst_chance: of(|s| s.burst_chance),
            burst_factor: of(|s| s.burst_factor),
            burst_ticks: scenarios.each_ref().map(|s| s.burst_ticks),
            burst_at: [-1; LANES],
            burst_until: [0; LANES],
            pressure: [[0.0; LANES]; 3],
            base: [[0.0; LANES]; 3],
            full: [0.0; LANES],
            slope: [of(|s| s.slope[0]), of(|s| s.slope[1]), of(|s| s.slope[2])],
            idle: [of(|s| s.idle[0]), of(|s| s.idle[1]), of(|s| s.idle[2])],
            load: [[0.0; LANES]; 3],
            running: [min; LANES],
            desired: [min; LANES],
            starting: [[0.0; LANES]; RING as usize],
            due: [0; RING as usize],
            tracking: service.tracking.iter().map(tracked).collect(),
            watches: service.steps.iter().map(|policy| Watch::new(&policy.alarm)).collect(),
            scale_in_from: [0; LANES],
            deployed: [0; LANES],
            since: [0; LANES],
            starts: service.starts(),
            min,
            max,
            attention: [0; LANES],
            hour_overload: [0.0; LANES],
            hour_requests: [0.0; LANES],
            months: [Month { peak: min.into(), ..Month::default() }; LANES],
            scenarios: *scenarios,
        };
        (0..LANES).for_each(|l| block.refresh(l));
        block
    }

    /// Computes what depends on the tasks of a scenario, after they changed.
    #[inline(always)]
    pub(crate) fn refresh(&mut self, l: usize) {
        let (running, desired) = (self.running[l], self.desired[l]);
        self.full[l] = running * 100.0;
        for metric in 0..3 {
            if self.used[metric] {
                self.base[metric][l] = self.idle[metric][l] * running;
            }
        }
        for (policy, state) in self.service.tracking.iter().zip(&mut self.tracking) {
            let target = policy.target;
            let (loose, strict) = (target * (1.0 + SLACK), target * (1.0 - SLACK));
            state.above[l] = if running > 0.0 { target * running } else { f32::INFINITY };
            state.below[l] = target * LOW_SHARE * running;
            state.most[l] = policy.metric.most() * running;
            state.crowded[l] = if desired < self.max { strict * desired } else { f32::INFINITY };
            state.deserted[l] = if desired > self.min { loose * (desired - 1.0) } else { -1.0 };
        }
    }

    /// Runs the month.
    #[inline(always)]
    pub(crate) fn run(mut self, shape: &Shape) -> Lanes<Month> {
        let rare = self.scenarios.iter().any(|s| s.deployment_chance > 0.0)
            || (self.service.spot != Spot::default()
                && self.scenarios.iter().any(|s| s.interruption_chance > 0.0));
        let one = self.is_alone();
        let mut scheduled = self.service.scheduled.iter().peekable();
        for tick in 0..shape.ticks() {
            if tick % TICKS_AN_HOUR == 0 {
                self.begin_hour(tick / TICKS_AN_HOUR);
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
                let last = minute + 1 == shape.ticks() * TICK;
                if one {
                    if self.minute_of_one(minute, *factor) && !last {
                        self.attend::<true>(minute);
                    }
                } else if self.minute(minute, *factor) && !last {
                    self.attend::<false>(minute);
                }
            }
            if tick % TICKS_AN_HOUR == TICKS_AN_HOUR - 1 || tick + 1 == shape.ticks() {
                self.hour();
            }
        }
        (0..LANES).for_each(|l| self.bill(l, shape.ticks() * TICK));
        self.months
    }

    /// Begins an hour: demand has grown, and a burst may start at one of its ticks.
    #[inline(always)]
    #[expect(clippy::cast_possible_wrap, clippy::cast_precision_loss, reason = "730 hours")]
    fn begin_hour(&mut self, hour: u32) {
        let passed = hour as f32 / 730.0;
        for l in 0..LANES {
            let scenario = &self.scenarios[l];
            self.amplitude[l] = scenario.level * (1.0 + scenario.growth * passed);
            let draw = bits(self.key[0][l], self.key[1][l], Stream::Burst, hour);
            let tick = hour * TICKS_AN_HOUR + (((draw & 0xff) * TICKS_AN_HOUR) >> 8);
            let starts = uniform(draw) < self.burst_chance[l];
            self.burst_at[l] = if starts { tick as i32 } else { -1 };
        }
    }

    /// Draws demand for the next minutes.
    #[inline(always)]
    #[expect(clippy::cast_possible_wrap, reason = "a month has 8,760 ticks")]
    fn noise(&mut self, tick: u32, sum: f32) {
        let mut multiplier: Lanes<f32> = [0.0; LANES];
        for l in 0..LANES {
            let (a, b) = (self.key[0][l], self.key[1][l]);
            let shock = normal(bits(a, b, Stream::Noise, tick));
            self.noise[l] = self.memory[l] * self.noise[l] + self.innovation[l] * shock;
            let now = tick as i32;
            let starts = self.burst_at[l] == now;
            let until = now.wrapping_add(self.burst_ticks[l]);
            self.burst_until[l] = if starts { until } else { self.burst_until[l] };
            let burst = if now < self.burst_until[l] { self.burst_factor[l] } else { 1.0 };
            multiplier[l] = self.amplitude[l] * exp(self.noise[l] - self.centre[l]) * burst;
        }
        for l in 0..LANES {
            self.hour_requests[l] += f64::from(multiplier[l] * sum);
        }
        for metric in 0..3 {
            if self.used[metric] {
                for l in 0..LANES {
                    self.pressure[metric][l] = multiplier[l] * self.slope[metric][l];
                }
            }
        }
    }

    /// A minute: who serves, what comes, what the alarms see. True when somebody has to act.
    #[inline(always)]
    fn minute(&mut self, minute: u32, factor: f32) -> bool {
        let slot = (minute % RING) as usize;
        if self.due[slot] != 0 {
            self.arrive(slot);
        }
        for l in 0..LANES {
            let load = self.pressure[0][l] * factor + self.base[0][l];
            self.load[0][l] = load;
            self.hour_overload[l] += if load > self.full[l] { 1.0 } else { 0.0 };
        }
        for metric in 1..3 {
            if self.used[metric] {
                for l in 0..LANES {
                    self.load[metric][l] = self.pressure[metric][l] * factor + self.base[metric][l];
                }
            }
        }
        self.track(minute);
        if !self.watches.is_empty() {
            self.watch(minute);
        }
        self.attention.iter().fold(0, |any, one| any | one) != 0
    }

    /// True for a service with one policy, which tracks processor use.
    fn is_alone(&self) -> bool {
        self.watches.is_empty()
            && matches!(self.service.tracking.as_slice(), [policy] if policy.metric == Metric::Cpu)
    }

    /// The same of a service with one policy, which tracks processor use: most are so, and it takes half the time.
    #[inline(always)]
    #[expect(clippy::cast_possible_wrap, reason = "a month has 43,800 minutes")]
    fn minute_of_one(&mut self, minute: u32, factor: f32) -> bool {
        let slot = (minute % RING) as usize;
        if self.due[slot] != 0 {
            self.arrive(slot);
        }
        let ([policy], [state]) = (self.service.tracking.as_slice(), self.tracking.as_mut_slice())
        else {
            return false;
        };
        let scale_in = policy.scale_in;
        let mut any = 0;
        for l in 0..LANES {
            let load = self.pressure[0][l] * factor + self.base[0][l];
            self.load[0][l] = load;
            let full = self.full[l];
            self.hour_overload[l] += if load > full { 1.0 } else { 0.0 };
            state.high[l] = state.high[l].wrapping_add(1) & mask(load > state.above[l]);
            state.low[l] = state.low[l].wrapping_add(1) & mask(load < state.below[l]);
            let seen = if load < full { load } else { full };
            let out = (state.high[l] >= HIGH) & (seen > state.crowded[l]);
            let ready = (state.low[l] >= LOW) & (load <= state.deserted[l]);
            let cool = self.scale_in_from[l] <= minute as i32;
            let called = out | scale_in & ready & cool;
            any |= i32::from(called);
            self.attention[l] = u8::from(called);
        }
        any != 0
    }

    /// Tasks that were started serve from now on.
    #[inline(never)]
    fn arrive(&mut self, slot: usize) {
        let mut lanes = std::mem::take(&mut self.due[slot]);
        while lanes != 0 {
            let l = lanes.trailing_zeros() as usize;
            lanes &= lanes - 1;
            self.running[l] += std::mem::take(&mut self.starting[slot][l]);
            self.refresh(l);
        }
    }

    /// Target tracking: counts datapoints, and calls for attention where a policy may act. It may only if the exact rule could.
    #[inline(always)]
    #[expect(clippy::cast_possible_wrap, reason = "a month has 43,800 minutes")]
    fn track(&mut self, minute: u32) {
        let mut out: Lanes<i32> = [0; LANES];
        let mut stay: Lanes<i32> = [0; LANES];
        let mut asked = false;
        for (policy, state) in self.service.tracking.iter().zip(&mut self.tracking) {
            let load = &self.load[policy.metric as usize];
            state.count(load, policy.metric.silence());
            for l in 0..LANES {
                let seen = if load[l] < state.most[l] { load[l] } else { state.most[l] };
                out[l] = count(out[l], (state.high[l] >= HIGH) & (seen > state.crowded[l]));
            }
            if policy.scale_in {
                asked = true;
                for l in 0..LANES {
                    let ready = (state.low[l] >= LOW) & (load[l] <= state.deserted[l]);
                    stay[l] = count(stay[l], !ready);
                }
            }
        }
        for l in 0..LANES {
            let cool = self.scale_in_from[l] <= minute as i32;
            self.attention[l] = u8::from((out[l] != 0) | asked & (stay[l] == 0) & cool);
        }
    }

    #[inline(always)]
    fn watch(&mut self, minute: u32) {
        for (policy, watch) in self.service.steps.iter().zip(&mut self.watches) {
            let load = &self.load[policy.alarm.metric as usize];
            watch.minute(&policy.alarm, minute, load, &self.running);
            let (adds, takes) = (policy.adds(), policy.takes());
            for l in 0..LANES {
                let room =
                    adds & (self.desired[l] < self.max) | takes & (self.desired[l] > self.min);
                self.attention[l] |= u8::from(watch.on[l] & room);
            }
        }
    }

    #[inline(never)]
    fn attend<const ONE: bool>(&mut self, minute: u32) {
        let attention = self.attention;
        for (eight, lanes) in attention.chunks_exact(8).enumerate() {
            let mut bytes = u64::from_le_bytes(lanes.try_into().unwrap_or_default());
            while bytes != 0 {
                let lane = bytes.trailing_zeros() as usize / 8;
                bytes &= bytes - 1;
                self.act::<ONE>(eight * 8 + lane, minute);
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
            month.overload += f64::from(self.hour_overload[l]);
            month.requests += self.hour_requests[l];
            month.units += self.service.units_of(self.hour_requests[l], &self.scenarios[l].traffic);
            self.hour_overload[l] = 0.0;
            self.hour_requests[l] = 0.0;
        }
    }
}

impl Tracked {
    /// Counts a datapoint of each scenario. There is none without a task, nor where the load is not above `silence`.
    #[inline(always)]
    fn count(&mut self, load: &Lanes<f32>, silence: f32) {
        for l in 0..LANES {
            self.high[l] = self.high[l].wrapping_add(1) & mask(load[l] > self.above[l]);
        }
        if silence < 0.0 {
            for l in 0..LANES {
                self.low[l] = self.low[l].wrapping_add(1) & mask(load[l] < self.below[l]);
            }
        } else {
            for l in 0..LANES {
                let is_low = (load[l] < self.below[l]) & (load[l] > silence);
                self.low[l] = self.low[l].wrapping_add(1) & mask(is_low);
            }
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
