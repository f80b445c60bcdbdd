//! A CloudWatch alarm over many scenarios: datapoints of one or more minutes, M of the last N of them breaching.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html>

use super::column::{Column, VECTORS, lanes};
use super::scaling::{Alarm, Comparison, Missing};
use super::tracked::Cooldown;
use super::vector::{Floats, Words};
use pulp::Simd;

/// What an alarm remembers.
pub(crate) struct Watch<S: Simd> {
    simd: S,
    /// The last datapoints, newest in the lowest bit: 1 breached.
    history: Column<Words<S>>,
    /// The metric of all tasks, added up over the period.
    sum: Column<Floats<S>>,
    /// Tasks, added up over the period.
    tasks: Column<Floats<S>>,
    /// The last datapoint.
    pub(crate) value: Column<Floats<S>>,
    /// Not 0 in ALARM.
    pub(crate) on: Column<Words<S>>,
    /// Of each scenario.
    pub(crate) cooldowns: Vec<Cooldown>,
    window: u32,
}

impl<S: Simd> Watch<S> {
    pub(crate) fn new(simd: S, alarm: &Alarm) -> Self {
        let (zero, none) = (Column::<Floats<S>>::all(simd, 0.0), Column::<Words<S>>::all(simd, 0));
        Self {
            simd,
            history: none,
            sum: zero,
            tasks: zero,
            value: zero,
            on: none,
            cooldowns: vec![Cooldown::default(); lanes::<S>()],
            window: u32::MAX >> (32 - alarm.evaluated.clamp(1, 32)),
        }
    }

    /// Takes a minute; at the end of a period, evaluates.
    #[inline(always)]
    pub(crate) fn minute(
        &mut self,
        alarm: &Alarm,
        minute: u32,
        load: &Column<Floats<S>>,
        running: &Column<Floats<S>>,
        first: usize,
    ) {
        let zero = Floats::all(self.simd, 0.0);
        let silence = Floats::all(self.simd, alarm.metric.silence());
        for at in first..VECTORS {
            let seen = load[at].min(running[at] * alarm.metric.most());
            let data = running[at].above(zero) & load[at].above(silence);
            self.sum[at] = self.sum[at] + data.pick(seen, zero);
            self.tasks[at] = self.tasks[at] + data.pick(running[at], zero);
        }
        if (minute + 1).is_multiple_of(alarm.period) {
            self.evaluate(alarm, first);
        }
    }

    #[inline(always)]
    fn evaluate(&mut self, alarm: &Alarm, first: usize) {
        let zero = Floats::all(self.simd, 0.0);
        let threshold = Floats::all(self.simd, alarm.threshold);
        for at in first..VECTORS {
            let data = self.tasks[at].above(zero);
            let value = self.sum[at] / self.tasks[at];
            let breaches = match alarm.comparison {
                Comparison::Above => value.above(threshold),
                Comparison::AtLeast => value.at_least(threshold),
                Comparison::Below => threshold.above(value),
                Comparison::AtMost => threshold.at_least(value),
            };
            let older = self.history[at] << 1;
            let silent = match alarm.missing {
                Missing::Breaching => older | 1,
                Missing::NotBreaching => older,
                Missing::Ignore => self.history[at],
                Missing::Missing => older.like(0),
            };
            let history = data.pick(older | (breaches.words() & 1), silent);
            let counted = ones(history & self.window) + 1;
            self.on[at] = counted.above(counted.like(alarm.breaching)).words();
            self.history[at] = history;
            self.value[at] = data.pick(value, threshold);
            (self.sum[at], self.tasks[at]) = (zero, zero);
        }
    }
}

/// How many bits are set: in pairs, in fours, in bytes, in all.
#[inline(always)]
fn ones<S: Simd>(x: Words<S>) -> Words<S> {
    let x = x - ((x >> 1) & 0x5555_5555);
    let x = (x & 0x3333_3333) + ((x >> 2) & 0x3333_3333);
    let x = (x + (x >> 4)) & 0x0f0f_0f0f;
    (x * 0x0101_0101) >> 24
}
