//! The rules once more, read plainly: one scenario, every task an object, every datapoint kept, every alarm evaluated from its history.
//! Slow, and shares nothing with the engine but random numbers and the types that say what AWS was told.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "minutes, seconds and tasks of a month are small"
)]

use super::clock::{TICK, TICKS_AN_HOUR, minutes};
use super::random::{Stream, exp2, normal, uniform};
use super::scaling::{Alarm, Comparison, Metric, Missing, StepScaling, TargetTracking};
use super::service::{Month, Scenario, Service};
use super::shape::Shape;
use super::vector::{Floats, Words};

struct Task {
    requested: i64,
    serves: i64,
    /// Billed seconds before its image is there that are not billed.
    unbilled: i64,
}

/// What a minute showed of a metric: of all tasks together, and how many those were; nothing when there is no datapoint.
type Datapoint = Option<(f32, f32)>;

#[derive(Default)]
struct Cooldown {
    until: i64,
    before: f32,
}

/// A month, and the tasks asked for in each minute of it.
pub(super) fn month(service: &Service, shape: &Shape, scenario: &Scenario) -> (Month, Vec<f32>) {
    let mut it = Reference {
        service,
        scenario,
        min: service.min,
        max: service.max,
        tasks: (0..service.min).map(|_| Task { requested: 0, serves: -1, unbilled: 0 }).collect(),
        data: [Vec::new(), Vec::new(), Vec::new()],
        out: (0..service.tracking.len() + service.steps.len())
            .map(|_| Cooldown::default())
            .collect(),
        scale_in_from: 0,
        deployed: 0,
        billed: 0,
        month: Month { peak: f64::from(service.min), ..Month::default() },
    };
    let end = i64::from(shape.ticks() * TICK);
    let multipliers = multipliers(shape, scenario);
    let mut asked = Vec::new();
    for minute in 0..end {
        if minute % i64::from(TICK) == 0 {
            it.accidents(minute);
        }
        for action in service.scheduled.iter().filter(|a| i64::from(a.minute) == minute) {
            it.min = action.min.unwrap_or(it.min);
            it.max = action.max.unwrap_or(it.max);
            let now = it.tasks.len() as u32;
            it.scale(now.min(it.max).max(it.min), minute);
        }
        asked.push(it.tasks.len() as f32);
        it.observe(
            minute,
            multipliers[(minute / i64::from(TICK)) as usize],
            shape.factors()[minute as usize],
        );
        if minute + 1 < end {
            it.decide(minute);
        }
    }
    let alive = |task: &Task| (end - task.requested) * 60 - task.unbilled;
    let billed = it.billed + it.tasks.iter().map(alive).sum::<i64>();
    it.month.seconds = billed as f64 - it.month.task_minutes * 60.0;
    it.hours(shape, scenario);
    (it.month, asked)
}

/// Requests a second at a shape of 1, tick by tick.
fn multipliers(shape: &Shape, scenario: &Scenario) -> Vec<f32> {
    let (mut noise, mut until) = (0.0f32, 0);
    let (innovation, median) = (scenario.innovation(), scenario.median());
    let shock = |bits| normal(Words::one(bits)).value();
    let tick = |tick: u32| {
        let passed = (tick / TICKS_AN_HOUR) as f32 / 730.0;
        let level = median * (1.0 + scenario.growth * passed);
        noise =
            scenario.memory * noise + innovation * shock(scenario.key.bits(Stream::Noise, tick));
        // The 24 high bits of an hour's draw say whether a burst starts in it, the 8 low ones at which of its 12 ticks.
        let draw = scenario.key.bits(Stream::Burst, tick / 12);
        if share(draw) < scenario.burst_chance && tick % 12 == (draw % 256) * 12 / 256 {
            until = tick + scenario.burst_ticks;
        }
        let burst = if tick < until { scenario.burst_factor } else { 1.0 };
        level * exp2(Floats::one(noise)).value() * burst
    };
    (0..shape.ticks()).map(tick).collect()
}

fn share(bits: u32) -> f32 {
    uniform(Words::one(bits)).value()
}

struct Reference<'s> {
    service: &'s Service,
    scenario: &'s Scenario,
    min: u32,
    max: u32,
    tasks: Vec<Task>,
    data: [Vec<Datapoint>; 3],
    out: Vec<Cooldown>,
    scale_in_from: i64,
    deployed: i64,
    /// Seconds of tasks that are gone.
    billed: i64,
    month: Month,
}

impl Reference<'_> {
    fn running(&self, minute: i64) -> f32 {
        self.tasks.iter().filter(|task| task.serves <= minute).count() as f32
    }

    fn observe(&mut self, minute: i64, multiplier: f32, factor: f32) {
        let running = self.running(minute);
        for (metric, data) in
            [Metric::Cpu, Metric::Memory, Metric::Requests].into_iter().zip(&mut self.data)
        {
            let at = metric as usize;
            let load =
                multiplier * self.scenario.slope[at] * factor + self.scenario.idle[at] * running;
            if metric == Metric::Cpu && load > running * 100.0 {
                self.month.overload += 1.0;
            }
            let silent = running == 0.0 || (metric == Metric::Requests && load == 0.0);
            data.push((!silent).then_some((load, running)));
        }
        let desired = self.tasks.len() as f64;
        self.month.task_minutes += desired;
        self.month.beyond_base += (desired - f64::from(self.service.spot.first)).max(0.0);
    }

    /// The last datapoints of a minute are all so.
    fn in_a_row(&self, metric: Metric, count: usize, is: impl Fn(f32, f32) -> bool) -> bool {
        let data = &self.data[metric as usize];
        data.len() >= count
            && data.iter().rev().take(count).all(|d| d.is_some_and(|(load, tasks)| is(load, tasks)))
    }

    fn high(&self, policy: &TargetTracking) -> bool {
        self.in_a_row(policy.metric, 3, |load, tasks| load > policy.target * tasks)
    }

    fn low(&self, policy: &TargetTracking) -> bool {
        self.in_a_row(policy.metric, 15, |load, tasks| load < policy.target * 0.9 * tasks)
    }

    fn last(&self, metric: Metric) -> (f32, f32) {
        self.data[metric as usize].last().copied().flatten().unwrap_or((0.0, 0.0))
    }

    fn decide(&mut self, minute: i64) {
        let desired = self.tasks.len() as f32;
        let max = self.max as f32;
        let mut proposals: Vec<(f32, usize, u32)> = Vec::new();
        for (at, policy) in self.service.tracking.iter().enumerate() {
            if !self.high(policy) {
                continue;
            }
            let (load, running) = self.last(policy.metric);
            let most = if policy.metric == Metric::Requests { f32::MAX } else { 100.0 };
            let mut seen = load.min(most * running);
            if minute < self.out[at].until && self.out[at].before < running {
                seen *= self.out[at].before / running;
            }
            proposals.push(((seen / policy.target).ceil().min(max), at, policy.scale_out_cooldown));
        }
        let mut stepped: Vec<(f32, u32)> = Vec::new();
        for (step, policy) in self.service.steps.iter().enumerate() {
            let Some(value) = self.alarm(&policy.alarm) else { continue };
            let at = self.service.tracking.len() + step;
            let cooling = minute < self.out[at].until;
            let base = if cooling { self.out[at].before } else { desired };
            if let Some(capacity) = capacity(policy, value, base) {
                proposals.push((capacity.min(max), at, policy.cooldown));
            }
            stepped.extend(capacity(policy, value, desired).map(|c| (c, policy.cooldown)));
        }
        // The first of the greatest.
        let best = proposals.into_iter().filter(|(capacity, ..)| *capacity > desired);
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((capacity, at, cooldown)) = best {
            if self.out[at].until <= minute {
                self.out[at].before = desired;
            }
            self.out[at].until = minute + i64::from(cooldown);
            self.scale_in_from = 0;
            return self.scale(capacity as u32, minute + 1);
        }
        if minute < self.scale_in_from || minute < self.deployed {
            return;
        }
        let team: Vec<&TargetTracking> =
            self.service.tracking.iter().filter(|p| p.scale_in).collect();
        let mut wishes = Vec::new();
        if !team.is_empty() && team.iter().all(|policy| self.low(policy)) {
            let wish =
                |policy: &&TargetTracking| (self.last(policy.metric).0 / policy.target).ceil();
            let capacity = team.iter().map(wish).fold(0.0, f32::max);
            let cooldown = team.iter().map(|policy| policy.scale_in_cooldown).max();
            wishes.push((capacity, cooldown.unwrap_or(0)));
        }
        wishes.extend(stepped);
        let wishes = wishes.into_iter().map(|(c, cooldown)| (c.max(self.min as f32), cooldown));
        let wishes = wishes.filter(|(capacity, _)| *capacity < desired);
        let best = wishes.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((capacity, cooldown)) = best {
            self.scale_in_from = minute + i64::from(cooldown);
            self.scale(capacity as u32, minute + 1);
        }
    }

    /// The last datapoint of an alarm that is in ALARM.
    fn alarm(&self, alarm: &Alarm) -> Option<f32> {
        let data = &self.data[alarm.metric as usize];
        let most = if alarm.metric == Metric::Requests { f32::MAX } else { 100.0 };
        let period = |minutes: &[Datapoint]| {
            let (mut load, mut tasks) = (0.0f32, 0.0f32);
            for (of_minute, running) in minutes.iter().flatten() {
                load += of_minute.min(most * running);
                tasks += running;
            }
            (tasks > 0.0).then(|| load / tasks)
        };
        let periods: Vec<Option<f32>> =
            data.chunks_exact(alarm.period as usize).map(period).collect();
        let mut judged: Vec<bool> = Vec::new();
        for value in &periods {
            match (value, alarm.missing) {
                (Some(value), _) => judged.push(match alarm.comparison {
                    Comparison::Above => *value > alarm.threshold,
                    Comparison::AtLeast => *value >= alarm.threshold,
                    Comparison::Below => *value < alarm.threshold,
                    Comparison::AtMost => *value <= alarm.threshold,
                }),
                (None, Missing::Breaching) => judged.push(true),
                (None, Missing::NotBreaching) => judged.push(false),
                (None, Missing::Ignore) => {}
                (None, Missing::Missing) => judged.clear(),
            }
        }
        let breaching = judged.iter().rev().take(alarm.evaluated as usize).filter(|b| **b).count();
        (breaching >= alarm.breaching as usize)
            .then(|| periods.last().copied().flatten().unwrap_or(alarm.threshold))
    }

    fn scale(&mut self, capacity: u32, minute: i64) {
        let now = self.tasks.len() as u32;
        if capacity > now {
            self.start(capacity - now, minute);
        }
        // Those that would serve last go first.
        self.tasks.sort_by_key(|task| task.serves);
        for _ in capacity..now {
            let Some(task) = self.tasks.pop() else { break };
            let drain = i64::from(self.service.drain);
            let more = if task.serves < minute { drain - task.unbilled } else { 0 };
            self.billed += (minute - task.requested) * 60 + more;
        }
        self.month.peak = self.month.peak.max(f64::from(capacity));
    }

    fn start(&mut self, count: u32, minute: i64) {
        let seconds = self.start_seconds(minute);
        let serves = minute + (seconds + 59) / 60;
        let unbilled = i64::from(self.service.provision);
        self.tasks.extend((0..count).map(|_| Task { requested: minute, serves, unbilled }));
        self.month.launches += f64::from(count);
    }

    fn start_seconds(&self, minute: i64) -> i64 {
        let byte = self.scenario.key.bits(Stream::Start, minute as u32) >> 24;
        self.service.start.at((f64::from(byte) + 0.5) / 256.0).ceil().max(1.0) as i64
    }

    fn accidents(&mut self, minute: i64) {
        let tick = (minute / i64::from(TICK)) as u32;
        let hit = |stream| share(self.scenario.key.bits(stream, tick));
        let (deployment, interruption) = (hit(Stream::Deployment), hit(Stream::Interruption));
        if deployment < self.scenario.deployment_chance {
            let seconds = self.start_seconds(minute) as u32;
            let both = seconds.saturating_sub(self.service.provision) + self.service.drain;
            let tasks = self.tasks.len() as i64;
            self.month.launches += tasks as f64;
            self.billed += if self.service.overlap { tasks * i64::from(both) } else { 0 };
            self.deployed = minute + i64::from(minutes(seconds + self.service.drain));
        }
        let spot = self.service.spot;
        let desired = self.tasks.len() as f32;
        let beyond = (desired - spot.first).max(0.0);
        let on_spot = (desired - beyond) * spot.of_first + beyond * spot.of_rest;
        if interruption < on_spot * self.scenario.interruption_chance
            && let Some(at) = self.tasks.iter().position(|task| task.serves < minute)
        {
            let task = self.tasks.swap_remove(at);
            self.billed += (minute - task.requested) * 60 - task.unbilled + 120;
            self.start(1, minute);
        }
    }

    /// Requests and capacity units, hour by hour.
    fn hours(&mut self, shape: &Shape, scenario: &Scenario) {
        let [new, active, bytes, rules] = scenario.traffic;
        let multipliers = multipliers(shape, scenario);
        for (multipliers, ticks) in multipliers.chunks(12).zip(shape.sums.chunks(12)) {
            let requests: f64 = multipliers.iter().zip(ticks).map(|(m, t)| f64::from(m * t)).sum();
            let units = self.service.units;
            let dimensions =
                [new / units.new, active / units.active, bytes / units.bytes, rules / units.rules];
            self.month.requests += requests;
            self.month.units += requests * dimensions.into_iter().fold(0.0, f64::max);
        }
    }
}

/// The capacity that a step scaling policy asks for.
fn capacity(policy: &StepScaling, value: f32, capacity: f32) -> Option<f32> {
    policy.capacity(value, capacity)
}
