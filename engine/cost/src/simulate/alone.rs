//! A service whose only policy tracks processor use: most are so, and what they do in a minute takes half the time here.

#![expect(clippy::indexing_slicing, reason = "a minute has its place in the ring")]

use super::column::VECTORS;
use super::lanes::Block;
use super::scaling::Metric;
use super::service::{RING, Service};
use super::tasks::enough;
use super::tracked::{LOW, Room};
use super::vector::Words;
use pulp::Simd;

/// True for such a service.
pub(crate) fn is_alone(service: &Service) -> bool {
    let tracking = service.tracking.as_slice();
    service.steps.is_empty() && matches!(tracking, [policy] if policy.metric == Metric::Cpu)
}

impl<S: Simd> Block<'_, S> {
    /// What [`Block::minute`] does. Says who may have to scale out, and who in.
    #[inline(always)]
    pub(crate) fn minute_alone(&mut self, factor: f32) -> [Words<S>; 2] {
        let none = Words::all(self.simd, 0);
        let ([policy], [state]) = (self.service.tracking.as_slice(), self.tracking.as_mut_slice())
        else {
            return [none, none];
        };
        let (mut out, mut back) = (none, none);
        let [cpu, ..] = &self.metrics;
        for at in self.first..VECTORS {
            let load = cpu.pressure[at] * factor + cpu.base[at];
            let over = load.above(self.full[at]);
            self.overload[at] = self.overload[at] - over.words();
            // Twice, less all bits: one place up, and a 1 where it is so.
            out = out + out - state.count(at, load, Metric::Cpu).words();
            back = back + back - state.ready(at, load).words();
        }
        [out, if policy.scale_in { back } else { none }]
    }

    /// What [`Block::act`] does, of scenarios that are called to scale out.
    #[inline(always)]
    pub(crate) fn out_alone(&mut self, called: &[u16], minute: u32, factor: f32) {
        let service = self.service;
        let ([policy], [state]) = (service.tracking.as_slice(), self.tracking.as_mut_slice())
        else {
            return;
        };
        let [cpu, ..] = &self.metrics;
        let room = Room::new(policy, self.min, self.max);
        for lane in called {
            let l = usize::from(*lane);
            let (tasks, cooldowns) = (self.tasks.get_mut(l), state.cooldowns.get_mut(l));
            let (Some(tasks), Some(cooldown)) = (tasks, cooldowns) else { break };
            let (load, full) = (cpu.load(l, factor), self.full.lane(l));
            let seen = cooldown.seen(if load < full { load } else { full }, tasks.running, minute);
            let capacity = enough((seen / policy.target).min(self.max));
            if capacity > tasks.desired {
                cooldown.begin(tasks.desired, minute, policy.scale_out_cooldown);
                let serves = tasks.grow(service, &self.starts, capacity, minute + 1);
                self.due[(serves % RING) as usize].push(*lane);
                *self.scale_in_from.lane_mut(l) = 0;
                state.refresh_room(l, &room, tasks.running, capacity);
            }
        }
    }

    /// The same of scenarios that are called to scale in.
    #[inline(always)]
    pub(crate) fn in_alone(&mut self, called: &[u16], minute: u32, factor: f32) {
        let service = self.service;
        let ([policy], [state]) = (service.tracking.as_slice(), self.tracking.as_mut_slice())
        else {
            return;
        };
        let [cpu, ..] = &mut self.metrics;
        let room = Room::new(policy, self.min, self.max);
        for l in called.iter().map(|lane| usize::from(*lane)) {
            let Some(tasks) = self.tasks.get_mut(l) else { break };
            let wanted = enough((cpu.load(l, factor) / policy.target).min(self.max));
            let capacity = wanted.max(self.min);
            let from = self.scale_in_from.lane_mut(l);
            if capacity < tasks.desired && tasks.deployed <= minute && *from <= minute {
                *from = minute + policy.scale_in_cooldown;
                // What stays low calls again when the cooldown is over; what does not counts from the start anyway.
                *state.low.lane_mut(l) = LOW.wrapping_sub(policy.scale_in_cooldown);
                tasks.shrink(service, capacity, minute + 1);
                *self.full.lane_mut(l) = tasks.running * 100.0;
                cpu.refresh(l, tasks.running);
                state.refresh(l, &room, tasks.running, capacity);
            }
        }
    }

    /// What [`Block::arrive`] does.
    #[inline(always)]
    pub(crate) fn arrive_alone(&mut self, due: &[u16], minute: u32) {
        let tracking = self.service.tracking.as_slice();
        let ([policy], [state]) = (tracking, self.tracking.as_mut_slice()) else { return };
        let [cpu, ..] = &mut self.metrics;
        let room = Room::new(policy, self.min, self.max);
        for l in due.iter().map(|lane| usize::from(*lane)) {
            let Some(tasks) = self.tasks.get_mut(l) else { break };
            tasks.arrive(minute);
            *self.full.lane_mut(l) = tasks.running * 100.0;
            cpu.refresh(l, tasks.running);
            state.refresh(l, &room, tasks.running, tasks.desired);
        }
    }
}
