//! Target tracking over many scenarios: what its two alarms count, and the loads from which on they may call.

use super::column::{Column, lanes};
use super::scaling::{Metric, TargetTracking};
use super::vector::{Floats, Mask, Words};
use pulp::Simd;

/// Datapoints above the target before target tracking scales out.
pub(crate) const HIGH: u32 = 3;
/// Datapoints below nine tenths of it before target tracking scales in.
pub(crate) const LOW: u32 = 15;
/// The low alarm's threshold, as a share of the target.
const LOW_SHARE: f32 = 0.9;
/// A little more than rounding errors can be: what is tested with it is tested again, exactly.
const SLACK: f32 = 1e-5;

/// What a target tracking policy remembers.
pub(crate) struct Tracked<S: Simd> {
    /// Datapoints above the target, in a row.
    pub(crate) high: Column<Words<S>>,
    /// Datapoints below nine tenths of it, in a row.
    pub(crate) low: Column<Words<S>>,
    /// Of each scenario.
    pub(crate) cooldowns: Vec<Cooldown>,
    /// The load above which a datapoint is high; infinite when no task runs.
    above: Column<Floats<S>>,
    /// The load below which it is low.
    below: Column<Floats<S>>,
    /// A load above this may be a reason to scale out; infinite when there is no room.
    crowded: Column<Floats<S>>,
    /// A load up to this may be a reason to scale in; negative when there is no room.
    deserted: Column<Floats<S>>,
}

/// What a policy remembers of its last scale-out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cooldown {
    /// It ends at this minute.
    pub(crate) until: u32,
    /// The tasks before it.
    pub(crate) before: f32,
}

impl Cooldown {
    /// What a policy sees while it lasts: a load that would be there with the tasks from before, so that only a larger scale-out adds to the
    /// last one.
    #[inline(always)]
    pub(crate) fn seen(self, load: f32, running: f32, minute: u32) -> f32 {
        let lasts = minute < self.until && self.before < running;
        if lasts { load * (self.before / running) } else { load }
    }

    /// A scale-out from so many tasks.
    #[inline(always)]
    pub(crate) fn begin(&mut self, tasks: f32, minute: u32, minutes: u32) {
        if self.until <= minute {
            self.before = tasks;
        }
        self.until = minute + minutes;
    }
}

/// What thresholds depend on.
pub(crate) struct Room {
    target: f32,
    loose: f32,
    strict: f32,
    most: f32,
    min: f32,
    max: f32,
}

impl Room {
    #[inline(always)]
    pub(crate) fn new(policy: &TargetTracking, min: f32, max: f32) -> Self {
        let target = policy.target;
        let (loose, strict) = (target * (1.0 + SLACK), target * (1.0 - SLACK));
        Self { target, loose, strict, most: policy.metric.most(), min, max }
    }
}

impl<S: Simd> Tracked<S> {
    pub(crate) fn new(simd: S) -> Self {
        let zero = Column::<Floats<S>>::all(simd, 0.0);
        let none = Column::<Words<S>>::all(simd, 0);
        Self {
            high: none,
            low: none,
            cooldowns: vec![Cooldown::default(); lanes::<S>()],
            above: zero,
            below: zero,
            crowded: zero,
            deserted: zero,
        }
    }

    /// Computes the thresholds of a scenario.
    #[inline(always)]
    pub(crate) fn refresh(&mut self, l: usize, room: &Room, running: f32, desired: f32) {
        *self.above.lane_mut(l) = if running > 0.0 { room.target * running } else { f32::INFINITY };
        *self.below.lane_mut(l) = room.target * LOW_SHARE * running;
        self.refresh_room(l, room, running, desired);
    }

    /// The same when as many run as before.
    #[inline(always)]
    pub(crate) fn refresh_room(&mut self, l: usize, room: &Room, running: f32, desired: f32) {
        let crowded = room.strict * desired;
        let more = desired < room.max && (room.most * running > crowded);
        *self.crowded.lane_mut(l) = if more { crowded } else { f32::INFINITY };
        *self.deserted.lane_mut(l) =
            if desired > room.min { room.loose * (desired - 1.0) } else { -1.0 };
    }

    /// Counts a datapoint, and says where it may be a reason to scale out: only where the exact rule could. There is no datapoint without a
    /// task, nor of requests where there are none.
    #[inline(always)]
    pub(crate) fn count(&mut self, at: usize, load: Floats<S>, metric: Metric) -> Mask<S> {
        let high = load.above(self.above[at]).words();
        let count = (self.high[at] - high) & high;
        self.high[at] = count;
        let low = self.below[at].above(load);
        let low = if metric == Metric::Requests { low & load.above(load.like(0.0)) } else { low };
        let low = low.words();
        self.low[at] = (self.low[at] - low) & low;
        count.above(count.like(HIGH - 1)) & load.above(self.crowded[at])
    }

    /// Where the last datapoint may be a reason to scale in.
    #[inline(always)]
    pub(crate) fn ready(&self, at: usize, load: Floats<S>) -> Mask<S> {
        let low = self.low[at];
        low.above(low.like(LOW - 1)) & self.deserted[at].at_least(load)
    }
}
