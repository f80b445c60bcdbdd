//! What a scenario does when an alarm calls: Application Auto Scaling's decision, tasks that start and stop, deployments, interruptions.

#![expect(clippy::indexing_slicing, reason = "the lane is one of `LANES`")]
#![expect(clippy::cast_possible_wrap, reason = "a month has 43,800 minutes")]

use super::alarm::Watch;
use super::clock::minutes;
use super::lanes::{Block, HIGH, LANES, LOW, Tracked, tasks};
use super::random::Stream;
use super::scaling::{Scheduled, StepScaling, TargetTracking};
use super::service::RING;

/// Seconds between the notice to a Spot task and its end.
pub(crate) const SPOT_NOTICE: f64 = 120.0;

/// A capacity that a policy asks for.
struct Proposal {
    capacity: f32,
    policy: usize,
}

impl Block<'_> {
    /// At the end of a minute: scales out if any policy wants to, else in if those that may agree. What is asked for starts with the next
    /// minute. Among several policies the greatest capacity wins.
    /// `ONE` says that there is one policy only, which tracks: nothing is looked for then.
    #[inline(never)]
    pub(crate) fn act<const ONE: bool>(&mut self, l: usize, minute: u32) {
        let now = minute as i32;
        if let Some(proposal) = self.scale_out::<ONE>(l, now) {
            let before = self.desired[l];
            self.scale(l, proposal.capacity, minute + 1);
            self.scale_in_from[l] = 0;
            let states = if ONE { 1 } else { self.tracking.len() };
            let (cooled, cooldown, base) = match proposal.policy.checked_sub(states) {
                None => {
                    let state = &mut self.tracking[proposal.policy];
                    let cooldown = self.service.tracking[proposal.policy].scale_out_cooldown;
                    (&mut state.cooled[l], cooldown, &mut state.before[l])
                }
                Some(step) => {
                    let state = &mut self.watches[step];
                    let cooldown = self.service.steps[step].cooldown;
                    (&mut state.cooled[l], cooldown, &mut state.before[l])
                }
            };
            if *cooled <= now {
                *base = before;
            }
            *cooled = now + cooldown as i32;
        } else if self.scale_in_from[l] <= now
            && self.deployed[l] <= now
            && let Some((capacity, cooldown)) = self.scale_in::<ONE>(l)
        {
            self.scale(l, capacity, minute + 1);
            self.scale_in_from[l] = now + cooldown as i32;
        }
    }

    /// The greatest capacity above the present one that a policy asks for. While its cooldown lasts, a policy starts from the capacity
    /// that it found, so that only a larger scale-out adds to the last one.
    #[inline(always)]
    fn scale_out<const ONE: bool>(&self, l: usize, now: i32) -> Option<Proposal> {
        let (desired, running) = (self.desired[l], self.running[l]);
        let mut best = Proposal { capacity: desired, policy: usize::MAX };
        for (at, (policy, state)) in self.tracked::<ONE>().enumerate() {
            if state.high[l] < HIGH {
                continue;
            }
            let most = policy.metric.most() * running;
            let load = self.load[policy.metric as usize][l];
            let seen = if load < most { load } else { most };
            let seen = if now < state.cooled[l] && state.before[l] < running {
                seen * (state.before[l] / running)
            } else {
                seen
            };
            let capacity = ceil((seen / policy.target).min(self.max));
            if capacity > best.capacity {
                best = Proposal { capacity, policy: at };
            }
        }
        for (at, (policy, state)) in self.stepped::<ONE>().enumerate() {
            if !state.on[l] {
                continue;
            }
            let base = if now < state.cooled[l] { state.before[l] } else { desired };
            let capacity = policy.capacity(state.value[l], base);
            let capacity = capacity.unwrap_or(desired).min(self.max);
            if capacity > best.capacity {
                best = Proposal { capacity, policy: self.tracking.len() + at };
            }
        }
        (best.capacity > desired).then_some(best)
    }

    /// The greatest capacity below the present one, and the cooldown that follows. Target tracking policies act together: all that may
    /// scale in must want to.
    #[inline(always)]
    fn scale_in<const ONE: bool>(&self, l: usize) -> Option<(f32, u32)> {
        let desired = self.desired[l];
        let mut best: Option<(f32, u32)> = None;
        let mut consider = |capacity: f32, cooldown: u32| {
            let capacity = capacity.max(self.min);
            if capacity < desired && best.is_none_or(|(most, _)| capacity > most) {
                best = Some((capacity, cooldown));
            }
        };
        let mut together: Option<(f32, u32)> = None;
        let mut agreed = true;
        for (policy, state) in self.tracked::<ONE>() {
            if !policy.scale_in {
                continue;
            }
            agreed &= state.low[l] >= LOW;
            let load = self.load[policy.metric as usize][l];
            let capacity = ceil((load / policy.target).min(self.max));
            let (most, cooldown) = together.unwrap_or((0.0, 0));
            together = Some((capacity.max(most), cooldown.max(policy.scale_in_cooldown)));
        }
        if let Some((capacity, cooldown)) = together.filter(|_| agreed) {
            consider(capacity, cooldown);
        }
        for (policy, state) in self.stepped::<ONE>() {
            if state.on[l]
                && let Some(capacity) = policy.capacity(state.value[l], desired)
            {
                consider(capacity, policy.cooldown);
            }
        }
        best
    }

    #[inline(always)]
    fn tracked<const ONE: bool>(&self) -> impl Iterator<Item = (&TargetTracking, &Tracked)> {
        let most = if ONE { 1 } else { usize::MAX };
        self.service.tracking.iter().zip(&self.tracking).take(most)
    }

    #[inline(always)]
    fn stepped<const ONE: bool>(&self) -> impl Iterator<Item = (&StepScaling, &Watch)> {
        let most = if ONE { 0 } else { usize::MAX };
        self.service.steps.iter().zip(&self.watches).take(most)
    }

    /// A scheduled action: new limits, and a count within them.
    #[cold]
    pub(crate) fn schedule(&mut self, action: Scheduled, minute: u32) {
        self.min = action.min.map_or(self.min, tasks);
        self.max = action.max.map_or(self.max, tasks);
        for l in 0..LANES {
            let capacity = self.desired[l].min(self.max).max(self.min);
            if capacity.to_bits() == self.desired[l].to_bits() {
                self.refresh(l);
            } else {
                self.scale(l, capacity, minute);
            }
        }
    }

    /// All tasks are replaced. Where new ones start before old ones stop, both are billed for a while.
    #[cold]
    pub(crate) fn deploy(&mut self, l: usize, minute: u32) {
        let seconds = self.start(l, minute);
        let both = seconds.saturating_sub(self.service.provision) + self.service.drain;
        let desired = f64::from(self.desired[l]);
        let month = &mut self.months[l];
        month.launches += desired;
        month.seconds += if self.service.overlap { desired * f64::from(both) } else { 0.0 };
        self.deployed[l] = (minute + minutes(seconds + self.service.drain)) as i32;
    }

    /// A Spot task ends and another is started.
    #[cold]
    pub(crate) fn interrupt(&mut self, l: usize, minute: u32) {
        if self.running[l] >= 1.0 {
            self.running[l] -= 1.0;
            self.months[l].seconds += SPOT_NOTICE;
            self.launch(l, 1.0, minute);
            self.refresh(l);
        }
    }

    /// Counts the minutes of the tasks that were asked for until now.
    pub(crate) fn bill(&mut self, l: usize, minute: u32) {
        let minutes = f64::from(minute - self.since[l]);
        let beyond = (self.desired[l] - self.service.spot.first).max(0.0);
        self.since[l] = minute;
        let month = &mut self.months[l];
        month.task_minutes += f64::from(self.desired[l]) * minutes;
        month.beyond_base += f64::from(beyond) * minutes;
    }

    #[inline(always)]
    fn scale(&mut self, l: usize, capacity: f32, minute: u32) {
        self.bill(l, minute);
        let change = capacity - self.desired[l];
        if change > 0.0 {
            self.launch(l, change, minute);
        } else {
            self.stop(l, -change, minute);
        }
        self.desired[l] = capacity;
        self.refresh(l);
        let month = &mut self.months[l];
        month.peak = month.peak.max(f64::from(capacity));
    }

    /// Starts tasks: they are billed from the pull of their image, and serve later.
    fn launch(&mut self, l: usize, count: f32, minute: u32) {
        let wait = minutes(self.start(l, minute)).min(RING - 1);
        let slot = ((minute + wait) % RING) as usize;
        self.starting[slot][l] += count;
        self.due[slot] |= 1 << l;
        let month = &mut self.months[l];
        month.launches += f64::from(count);
        month.seconds -= f64::from(count) * f64::from(self.service.provision);
    }

    /// The seconds that a start at a minute takes.
    fn start(&self, l: usize, minute: u32) -> u32 {
        self.starts[(self.scenarios[l].key.bits(Stream::Start, minute) >> 24) as usize]
    }

    /// Stops tasks: first those that would serve last, which are billed from their request, so a minute at least; then those that serve,
    /// which are billed until they have drained.
    fn stop(&mut self, l: usize, count: f32, minute: u32) {
        let mut left = count;
        let starting = self.running[l] < self.desired[l];
        for ahead in (0..RING).rev().filter(|_| starting) {
            let slot = ((minute + ahead) % RING) as usize;
            let here = self.starting[slot][l].min(left);
            self.starting[slot][l] -= here;
            left -= here;
            self.months[l].seconds += f64::from(here) * f64::from(self.service.provision);
        }
        self.running[l] -= left;
        self.months[l].seconds += f64::from(left) * f64::from(self.service.drain);
    }
}

/// The next whole number, without a call into a library where the processor has no instruction for it. `x` is a count of tasks.
#[inline(always)]
fn ceil(x: f32) -> f32 {
    // Adding it leaves the nearest whole number.
    const ROUND: f32 = 8_388_608.0;
    let near = (x + ROUND) - ROUND;
    if near < x { near + 1.0 } else { near }
}
