//! The month of many scenarios at once. What happens in every minute is done to whole vectors of them; what a scenario does rarely
//! (scaling, deployments, interruptions) is done by [`super::act`], one scenario at a time.
//!
//! Every operation has one order, and none is fused, so the bits are those of the plain reading of the rules.

#![expect(
    clippy::indexing_slicing,
    reason = "all columns have as many vectors, and a lane is one of theirs"
)]

use super::alarm::Watch;
use super::alone::is_alone;
use super::clock::{TICK, TICKS_AN_HOUR};
use super::column::{Column, VECTORS, first};
use super::queue::Queue;
use super::random::{Stream, uniform};
use super::requests::Requests;
use super::service::{Month, RING, Scenario, Service, Spot};
use super::shape::Shape;
use super::tasks::{Starts, Tasks, tasks};
use super::tracked::{Room, Tracked};
use super::vector::{Floats, Words};
use pulp::Simd;

/// The state of a block of scenarios.
pub(crate) struct Block<'s, S: Simd> {
    pub(crate) simd: S,
    /// The first vector that has scenarios.
    pub(crate) first: usize,
    pub(crate) service: &'s Service,
    scenarios: &'s [Scenario],
    requests: Requests<S>,
    /// Of each scenario.
    pub(crate) tasks: Vec<Tasks>,
    pub(crate) tracking: Vec<Tracked<S>>,
    pub(crate) watches: Vec<Watch<S>>,
    /// Whose tasks will serve, by the minute modulo its length.
    pub(crate) due: [Vec<u16>; RING as usize],
    pub(crate) starts: Starts,
    pub(crate) min: f32,
    pub(crate) max: f32,
    /// [`is_alone`]
    alone: bool,
    pub(crate) metrics: [Load<S>; 3],
    /// Tasks that serve, where step scaling looks at them.
    running: Column<Floats<S>>,
    /// Tasks that are asked for, where step scaling looks at them.
    desired: Column<Floats<S>>,
    /// All processor time of the tasks that run.
    pub(crate) full: Column<Floats<S>>,
    /// Scale-in waits until this minute.
    pub(crate) scale_in_from: Column<Words<S>>,
    /// Minutes in which demand was more than the tasks could serve.
    pub(crate) overload: Column<Words<S>>,
}

/// A metric times the tasks that run.
pub(crate) struct Load<S: Simd> {
    /// Whether it is looked at.
    used: bool,
    slope: Column<Floats<S>>,
    /// What demand adds to it, at a shape of 1.
    pub(crate) pressure: Column<Floats<S>>,
    idle: Column<Floats<S>>,
    /// What the tasks that run add to it by themselves.
    pub(crate) base: Column<Floats<S>>,
    now: Column<Floats<S>>,
}

impl<'s, S: Simd> Block<'s, S> {
    pub(crate) fn new(simd: S, service: &'s Service, scenarios: &'s [Scenario]) -> Self {
        let zero = Column::<Floats<S>>::all(simd, 0.0);
        let none = Column::<Words<S>>::all(simd, 0);
        let (min, max) = (tasks(service.min), tasks(service.max));
        let metrics = service.tracking.iter().map(|policy| policy.metric);
        let metrics = metrics.chain(service.steps.iter().map(|policy| policy.alarm.metric));
        let mut used = [true, false, false];
        metrics.for_each(|metric| used[metric as usize] = true);
        let each = |of: &dyn Fn(&Scenario) -> f32| {
            Column::<Floats<S>>::each(simd, |l| scenarios.get(l).map_or(0.0, of))
        };
        let load = |metric: usize| Load {
            used: used[metric],
            slope: each(&|s| s.slope[metric]),
            pressure: zero,
            idle: each(&|s| s.idle[metric]),
            base: zero,
            now: zero,
        };
        let mut block = Self {
            simd,
            first: first::<S>(scenarios.len()),
            service,
            scenarios,
            requests: Requests::new(simd, service, scenarios),
            tasks: scenarios.iter().map(|scenario| Tasks::new(scenario.key, min)).collect(),
            tracking: service.tracking.iter().map(|_| Tracked::new(simd)).collect(),
            watches: service.steps.iter().map(|policy| Watch::new(simd, &policy.alarm)).collect(),
            due: std::array::from_fn(|_| Vec::new()),
            starts: Starts::new(service),
            min,
            max,
            alone: is_alone(service),
            metrics: [load(0), load(1), load(2)],
            running: zero,
            desired: zero,
            full: zero,
            scale_in_from: none,
            overload: none,
        };
        (0..scenarios.len()).for_each(|l| block.refresh(l));
        block
    }

    /// Computes what depends on the tasks of a scenario, after they changed.
    #[inline(always)]
    pub(crate) fn refresh(&mut self, l: usize) {
        let Tasks { running, desired, .. } = self.tasks[l];
        *self.running.lane_mut(l) = running;
        *self.desired.lane_mut(l) = desired;
        *self.full.lane_mut(l) = running * 100.0;
        for metric in &mut self.metrics {
            if metric.used {
                metric.refresh(l, running);
            }
        }
        for (policy, state) in self.service.tracking.iter().zip(&mut self.tracking) {
            state.refresh(l, &Room::new(policy, self.min, self.max), running, desired);
        }
    }

    /// Runs the month.
    #[inline(always)]
    pub(crate) fn run(mut self, shape: &Shape, months: &mut [Month]) {
        let risky = self.scenarios.iter().any(|s| s.deployment_chance > 0.0)
            || (self.service.spot != Spot::default()
                && self.scenarios.iter().any(|s| s.interruption_chance > 0.0));
        let end = shape.ticks() * TICK;
        let mut queue = Queue::new(self.simd, self.tasks.len());
        let mut scheduled = self.service.scheduled.iter().peekable();
        for tick in 0..shape.ticks() {
            if tick % TICKS_AN_HOUR == 0 {
                self.requests.begin_hour(tick / TICKS_AN_HOUR);
            }
            self.requests.tick(tick, shape.sums.get(tick as usize).copied().unwrap_or_default());
            for metric in &mut self.metrics {
                if metric.used {
                    for at in self.first..VECTORS {
                        metric.pressure[at] = self.requests.rate[at] * metric.slope[at];
                    }
                }
            }
            if risky {
                self.accidents(tick);
            }
            for (minute, factor) in (tick * TICK..).zip(shape.tick(tick)) {
                while let Some(action) = scheduled.next_if(|action| action.minute <= minute) {
                    self.schedule(*action, minute);
                }
                self.arrive(minute);
                // What is asked for in the last minute would be there after it.
                let last = minute + 1 == end;
                if self.alone {
                    let [out, back] = self.minute_alone(*factor);
                    if !last {
                        queue.fill(out);
                        self.out_alone(queue.lanes(), minute, *factor);
                        queue.fill(back);
                        self.in_alone(queue.lanes(), minute, *factor);
                    }
                } else {
                    queue.fill(self.minute(minute, *factor));
                    let called = if last { &[] } else { queue.lanes() };
                    for lane in called {
                        self.act(*lane, minute, *factor);
                    }
                }
            }
            if tick % TICKS_AN_HOUR == TICKS_AN_HOUR - 1 || tick + 1 == shape.ticks() {
                self.requests.end_hour();
            }
        }
        for ((l, month), tasks) in months.iter_mut().enumerate().zip(&self.tasks) {
            let overload = f64::from(self.overload.lane(l));
            let (requests, units) = self.requests.month(l);
            *month = Month { requests, units, overload, ..tasks.month(self.service, end) };
        }
    }

    /// A minute: what comes, what the alarms see. Says who may have to act.
    #[inline(always)]
    fn minute(&mut self, minute: u32, factor: f32) -> Words<S> {
        for metric in &mut self.metrics {
            if metric.used {
                for at in self.first..VECTORS {
                    metric.now[at] = metric.pressure[at] * factor + metric.base[at];
                }
            }
        }
        for at in self.first..VECTORS {
            let over = self.metrics[0].now[at].above(self.full[at]);
            self.overload[at] = self.overload[at] - over.words();
        }
        let zero = Floats::all(self.simd, 0.0);
        let mut called = Words::all(self.simd, 0);
        let next = Words::all(self.simd, minute + 1);
        for at in self.first..VECTORS {
            let (mut out, mut back) = (zero.above(zero), None);
            for (policy, state) in self.service.tracking.iter().zip(&mut self.tracking) {
                let load = self.metrics[policy.metric as usize].now[at];
                out = out | state.count(at, load, policy.metric);
                if policy.scale_in {
                    let ready = state.ready(at, load);
                    back = Some(back.map_or(ready, |back| back & ready));
                }
            }
            let back = back.map(|back| back & next.above(self.scale_in_from[at]));
            let any = back.map_or(out, |back| out | back).words();
            called = called + called - any;
        }
        for (policy, watch) in self.service.steps.iter().zip(&mut self.watches) {
            let load = &self.metrics[policy.alarm.metric as usize].now;
            watch.minute(&policy.alarm, minute, load, &self.running, self.first);
            // An alarm that cannot change anything calls nobody.
            let most = if policy.adds() { self.max } else { f32::NEG_INFINITY };
            let least = if policy.takes() { self.min } else { f32::INFINITY };
            let [most, least] = [most, least].map(|limit| Floats::all(self.simd, limit));
            let mut on = Words::all(self.simd, 0);
            for at in self.first..VECTORS {
                let desired = self.desired[at];
                let room = most.above(desired) | desired.above(least);
                on = on + on - (watch.on[at] & room.words());
            }
            called = called | on;
        }
        called
    }

    /// Tasks that were started serve from now on.
    #[inline(always)]
    fn arrive(&mut self, minute: u32) {
        let slot = (minute % RING) as usize;
        let mut due = std::mem::take(&mut self.due[slot]);
        if self.alone {
            self.arrive_alone(&due, minute);
        } else {
            for l in &due {
                self.tasks[usize::from(*l)].arrive(minute);
                self.refresh(usize::from(*l));
            }
        }
        due.clear();
        self.due[slot] = due;
    }

    /// Deployments and interruptions: drawn for all, done for those that are hit.
    fn accidents(&mut self, tick: u32) {
        for (lane, scenario) in (0u16..).zip(self.scenarios) {
            let l = usize::from(lane);
            let hit = |stream| uniform(Words::one(scenario.key.bits(stream, tick))).value();
            let minute = tick * TICK;
            if hit(Stream::Deployment) < scenario.deployment_chance {
                self.tasks[l].deploy(self.service, &self.starts, minute);
            }
            let spot = self.service.spot;
            let desired = self.tasks[l].desired;
            let beyond = (desired - spot.first).max(0.0);
            let on_spot = (desired - beyond) * spot.of_first + beyond * spot.of_rest;
            if hit(Stream::Interruption) < on_spot * scenario.interruption_chance
                && let Some(serves) = self.tasks[l].interrupt(&self.starts, minute)
            {
                self.due[(serves % RING) as usize].push(lane);
                self.refresh(l);
            }
        }
    }
}

impl<S: Simd> Load<S> {
    /// What a scenario shows of it in a minute.
    #[inline(always)]
    pub(crate) fn load(&self, l: usize, factor: f32) -> f32 {
        self.pressure.lane(l) * factor + self.base.lane(l)
    }

    /// Computes what depends on the tasks of a scenario, after they changed.
    #[inline(always)]
    pub(crate) fn refresh(&mut self, l: usize, running: f32) {
        *self.base.lane_mut(l) = self.idle.lane(l) * running;
    }
}
