//! What a scenario does when an alarm calls: Application Auto Scaling's decision, and limits that a schedule moves.

#![expect(clippy::indexing_slicing, reason = "the lane is one of a block's")]

use super::lanes::Block;
use super::scaling::Scheduled;
use super::service::RING;
use super::tasks::{enough, tasks};
use super::tracked::{Cooldown, HIGH, LOW};
use pulp::Simd;

/// A capacity that a policy asks for.
struct Proposal {
    capacity: f32,
    policy: usize,
}

impl<S: Simd> Block<'_, S> {
    /// At the end of a minute: scales out if any policy wants to, else in if those that may agree. What is asked for starts with the next
    /// minute. Among several policies the greatest capacity wins.
    #[inline(always)]
    pub(crate) fn act(&mut self, lane: u16, minute: u32, factor: f32) {
        let l = usize::from(lane);
        if let Some(proposal) = self.scale_out(l, minute, factor) {
            let before = self.tasks[l].desired;
            let serves =
                self.tasks[l].grow(self.service, &self.starts, proposal.capacity, minute + 1);
            self.due[(serves % RING) as usize].push(lane);
            *self.scale_in_from.lane_mut(l) = 0;
            let (cooldown, minutes) = match proposal.policy.checked_sub(self.tracking.len()) {
                None => {
                    let minutes = self.service.tracking[proposal.policy].scale_out_cooldown;
                    (&mut self.tracking[proposal.policy].cooldowns[l], minutes)
                }
                Some(step) => {
                    let minutes = self.service.steps[step].cooldown;
                    (&mut self.watches[step].cooldowns[l], minutes)
                }
            };
            cooldown.begin(before, minute, minutes);
            self.refresh(l);
        } else if self.scale_in_from.lane(l) <= minute
            && self.tasks[l].deployed <= minute
            && let Some((capacity, cooldown)) = self.scale_in(l, factor)
        {
            self.tasks[l].shrink(self.service, capacity, minute + 1);
            *self.scale_in_from.lane_mut(l) = minute + cooldown;
            self.refresh(l);
        }
    }

    /// The greatest capacity above the present one that a policy asks for. While its cooldown lasts, a policy starts from the capacity
    /// that it found, so that only a larger scale-out adds to the last one.
    #[inline(always)]
    fn scale_out(&self, l: usize, now: u32, factor: f32) -> Option<Proposal> {
        let (desired, running) = (self.tasks[l].desired, self.tasks[l].running);
        let mut best = Proposal { capacity: desired, policy: usize::MAX };
        for (at, (policy, state)) in self.service.tracking.iter().zip(&self.tracking).enumerate() {
            if state.high.lane(l) < HIGH {
                continue;
            }
            let most = policy.metric.most() * running;
            let load = self.metrics[policy.metric as usize].load(l, factor);
            let seen = if load < most { load } else { most };
            let seen = state.cooldowns[l].seen(seen, running, now);
            let capacity = enough((seen / policy.target).min(self.max));
            if capacity > best.capacity {
                best = Proposal { capacity, policy: at };
            }
        }
        for (at, (policy, state)) in self.service.steps.iter().zip(&self.watches).enumerate() {
            if state.on.lane(l) == 0 {
                continue;
            }
            let Cooldown { until, before } = state.cooldowns[l];
            let base = if now < until { before } else { desired };
            let capacity = policy.capacity(state.value.lane(l), base);
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
    fn scale_in(&self, l: usize, factor: f32) -> Option<(f32, u32)> {
        let desired = self.tasks[l].desired;
        let mut best: Option<(f32, u32)> = None;
        let mut consider = |capacity: f32, cooldown: u32| {
            let capacity = capacity.max(self.min);
            if capacity < desired && best.is_none_or(|(most, _)| capacity > most) {
                best = Some((capacity, cooldown));
            }
        };
        let mut together: Option<(f32, u32)> = None;
        let mut agreed = true;
        for (policy, state) in self.service.tracking.iter().zip(&self.tracking) {
            if !policy.scale_in {
                continue;
            }
            agreed &= state.low.lane(l) >= LOW;
            let load = self.metrics[policy.metric as usize].load(l, factor);
            let capacity = enough((load / policy.target).min(self.max));
            let (most, cooldown) = together.unwrap_or((0.0, 0));
            together = Some((capacity.max(most), cooldown.max(policy.scale_in_cooldown)));
        }
        if let Some((capacity, cooldown)) = together.filter(|_| agreed) {
            consider(capacity, cooldown);
        }
        for (policy, state) in self.service.steps.iter().zip(&self.watches) {
            if state.on.lane(l) != 0
                && let Some(capacity) = policy.capacity(state.value.lane(l), desired)
            {
                consider(capacity, policy.cooldown);
            }
        }
        best
    }

    /// A scheduled action: new limits, and a count within them.
    #[cold]
    pub(crate) fn schedule(&mut self, action: Scheduled, minute: u32) {
        self.min = action.min.map_or(self.min, tasks);
        self.max = action.max.map_or(self.max, tasks);
        for lane in (0u16..).take(self.tasks.len()) {
            let l = usize::from(lane);
            let desired = self.tasks[l].desired;
            let capacity = desired.min(self.max).max(self.min);
            if capacity > desired {
                let serves = self.tasks[l].grow(self.service, &self.starts, capacity, minute);
                self.due[(serves % RING) as usize].push(lane);
            } else if capacity < desired {
                self.tasks[l].shrink(self.service, capacity, minute);
            }
            self.refresh(l);
        }
    }
}
