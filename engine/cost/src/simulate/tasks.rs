//! The tasks of one scenario: those that serve, those that start, and what of their lives is billed.

#![expect(
    clippy::indexing_slicing,
    reason = "a byte has 256 values, and a minute has its place in the ring"
)]

use super::clock::minutes;
use super::random::{Key, Stream};
use super::service::{Month, RING, Service};
use super::vector::WHOLE;

/// Seconds between the notice to a Spot task and its end.
const SPOT_NOTICE: f64 = 120.0;

/// The tasks of a scenario.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Tasks {
    /// Tasks that serve.
    pub(crate) running: f32,
    /// Tasks that are asked for: those that serve, and those that start.
    pub(crate) desired: f32,
    key: Key,
    /// Minutes of the tasks that were, less those before now of the tasks that are.
    /// It wraps around, and a month's fit.
    minutes: u32,
    /// The same of those beyond the base.
    beyond: u32,
    /// Seconds that are billed besides, of deployments and interruptions.
    seconds: f64,
    /// Tasks that were started, taken back before they served, stopped after that.
    launched: u32,
    revoked: u32,
    stopped: u32,
    /// The most at a time.
    peak: f32,
    /// A deployment is over at this minute.
    pub(crate) deployed: u32,
    /// Tasks that will serve, by the minute modulo the length.
    starting: [f32; RING as usize],
}

/// How long starts take.
pub(crate) struct Starts {
    /// [`Service::starts`]
    seconds: [u32; 256],
    /// Whole minutes, fewer than [`RING`].
    minutes: [u32; 256],
}

impl Starts {
    pub(crate) fn new(service: &Service) -> Self {
        let seconds = service.starts();
        Self { seconds, minutes: seconds.map(|seconds| minutes(seconds).min(RING - 1)) }
    }
}

impl Tasks {
    pub(crate) fn new(key: Key, count: f32) -> Self {
        Self {
            running: count,
            desired: count,
            key,
            minutes: 0,
            beyond: 0,
            seconds: 0.0,
            launched: 0,
            revoked: 0,
            stopped: 0,
            peak: count,
            deployed: 0,
            starting: [0.0; RING as usize],
        }
    }

    /// Tasks that were started serve from a minute on.
    #[inline(always)]
    pub(crate) fn arrive(&mut self, minute: u32) {
        self.running += std::mem::take(self.slot(minute));
    }

    /// Asks for more tasks. They serve from a minute that is returned.
    #[inline(always)]
    pub(crate) fn grow(&mut self, service: &Service, starts: &Starts, to: f32, minute: u32) -> u32 {
        let more = to - self.desired;
        self.minutes = self.minutes.wrapping_sub(counted(more).wrapping_mul(minute));
        self.peak = if self.peak < to { to } else { self.peak };
        self.ask_for(service, to, minute);
        self.launch(starts, more, minute)
    }

    /// Asks for fewer tasks. First those are stopped that would serve last, which are billed from their request, so a minute at least;
    /// then those that serve, which are billed until they have drained.
    #[inline(always)]
    pub(crate) fn shrink(&mut self, service: &Service, to: f32, minute: u32) {
        let mut left = self.desired - to;
        self.minutes = self.minutes.wrapping_add(counted(left).wrapping_mul(minute));
        if self.running < self.desired {
            left = self.revoke(left, minute);
        }
        self.running -= left;
        self.stopped = self.stopped.wrapping_add(counted(left));
        self.ask_for(service, to, minute);
    }

    #[cold]
    #[inline(never)]
    fn revoke(&mut self, mut left: f32, minute: u32) -> f32 {
        for ahead in (0..RING).rev() {
            let starting = self.slot(minute + ahead);
            let here = starting.min(left);
            *starting -= here;
            left -= here;
            self.revoked += counted(here);
        }
        left
    }

    #[inline(always)]
    fn ask_for(&mut self, service: &Service, to: f32, minute: u32) {
        let first = service.spot.first;
        if first > 0.0 {
            let beyond = |tasks: f32| counted((tasks - first).max(0.0));
            let more = beyond(to).wrapping_sub(beyond(self.desired));
            self.beyond = self.beyond.wrapping_sub(more.wrapping_mul(minute));
        }
        self.desired = to;
    }

    /// All tasks are replaced. Where new ones start before old ones stop, both are billed for a while.
    pub(crate) fn deploy(&mut self, service: &Service, starts: &Starts, minute: u32) {
        let seconds = starts.seconds[self.start(minute)];
        let both = seconds.saturating_sub(service.provision) + service.drain;
        let desired = f64::from(self.desired);
        self.launched += counted(self.desired);
        self.seconds += desired * f64::from(service.provision);
        self.seconds += if service.overlap { desired * f64::from(both) } else { 0.0 };
        self.deployed = minute + minutes(seconds + service.drain);
    }

    /// A Spot task ends and another is started, which serves from a minute that is returned.
    pub(crate) fn interrupt(&mut self, starts: &Starts, minute: u32) -> Option<u32> {
        (self.running >= 1.0).then(|| {
            self.running -= 1.0;
            self.seconds += SPOT_NOTICE;
            self.launch(starts, 1.0, minute)
        })
    }

    /// Starts tasks: they are billed from the pull of their image, and serve later.
    #[inline(always)]
    fn launch(&mut self, starts: &Starts, count: f32, minute: u32) -> u32 {
        let at = minute + starts.minutes[self.start(minute)];
        *self.slot(at) += count;
        self.launched = self.launched.wrapping_add(counted(count));
        at
    }

    /// What a start at a minute draws.
    #[inline(always)]
    fn start(&self, minute: u32) -> usize {
        (self.key.bits(Stream::Start, minute) >> 24) as usize
    }

    #[inline(always)]
    fn slot(&mut self, minute: u32) -> &mut f32 {
        &mut self.starting[(minute % RING) as usize]
    }

    /// What a month came to that ends with a minute.
    pub(crate) fn month(&self, service: &Service, end: u32) -> Month {
        let until = |before: u32, tasks: f32| before.wrapping_add(counted(tasks).wrapping_mul(end));
        let minutes = until(self.minutes, self.desired);
        let beyond = if service.spot.first > 0.0 {
            until(self.beyond, (self.desired - service.spot.first).max(0.0))
        } else {
            minutes
        };
        let billed = f64::from(self.stopped) * f64::from(service.drain);
        let unbilled =
            (f64::from(self.launched) - f64::from(self.revoked)) * f64::from(service.provision);
        Month {
            task_minutes: minutes.into(),
            beyond_base: beyond.into(),
            seconds: billed - unbilled + self.seconds,
            launches: self.launched.into(),
            peak: self.peak.into(),
            ..Month::default()
        }
    }
}

/// A count of tasks as the engine counts.
#[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
pub(crate) fn tasks(count: u32) -> f32 {
    count as f32
}

/// The same as a number of 32 bits.
#[inline(always)]
fn counted(tasks: f32) -> u32 {
    (tasks + WHOLE).to_bits() & 0x7f_ffff
}

/// The tasks that are enough: the next whole number, without a call into a library where the processor has no instruction for it.
#[inline(always)]
pub(crate) fn enough(tasks: f32) -> f32 {
    let near = (tasks + WHOLE) - WHOLE;
    if near < tasks { near + 1.0 } else { near }
}
