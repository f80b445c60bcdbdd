//! A CloudWatch alarm over many scenarios: datapoints of one or more minutes, M of the last N of them breaching.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html>

#![expect(
    clippy::indexing_slicing,
    clippy::needless_bitwise_bool,
    reason = "all arrays have `LANES` elements, and loops in this form, without branches, become vector instructions"
)]

use super::lanes::{LANES, Lanes};
use super::scaling::{Alarm, Missing};

/// What an alarm remembers.
pub(crate) struct Watch {
    /// The last datapoints, newest in the lowest bit: 1 breached.
    history: Lanes<u32>,
    /// The metric of all tasks, added up over the period.
    sum: Lanes<f32>,
    /// Tasks, added up over the period.
    tasks: Lanes<f32>,
    /// The last datapoint.
    pub(crate) value: Lanes<f32>,
    /// In ALARM.
    pub(crate) on: Lanes<bool>,
    /// The cooldown of the last scale-out that it called for ends at this minute.
    pub(crate) cooled: Lanes<i32>,
    /// The tasks before that scale-out.
    pub(crate) before: Lanes<f32>,
    window: u32,
}

impl Watch {
    pub(crate) fn new(alarm: &Alarm) -> Self {
        Self {
            history: [0; LANES],
            sum: [0.0; LANES],
            tasks: [0.0; LANES],
            value: [0.0; LANES],
            on: [false; LANES],
            cooled: [0; LANES],
            before: [0.0; LANES],
            window: u32::MAX >> (32 - alarm.evaluated.clamp(1, 32)),
        }
    }

    /// Takes a minute; at the end of a period, evaluates.
    #[inline(always)]
    pub(crate) fn minute(
        &mut self,
        alarm: &Alarm,
        minute: u32,
        load: &Lanes<f32>,
        running: &Lanes<f32>,
    ) {
        let (most, silence) = (alarm.metric.most(), alarm.metric.silence());
        for l in 0..LANES {
            let seen = if load[l] < most * running[l] { load[l] } else { most * running[l] };
            let data = (running[l] > 0.0) & (load[l] > silence);
            self.sum[l] += if data { seen } else { 0.0 };
            self.tasks[l] += if data { running[l] } else { 0.0 };
        }
        if !(minute + 1).is_multiple_of(alarm.period) {
            return;
        }
        for l in 0..LANES {
            let data = self.tasks[l] > 0.0;
            let value = self.sum[l] / self.tasks[l];
            let breaches = alarm.comparison.breaches(value, alarm.threshold);
            let before = self.history[l];
            let history = match (data, alarm.missing) {
                (true, _) => before << 1 | u32::from(breaches),
                (false, Missing::Breaching) => before << 1 | 1,
                (false, Missing::NotBreaching) => before << 1,
                (false, Missing::Ignore) => before,
                (false, Missing::Missing) => 0,
            };
            self.value[l] = if data { value } else { alarm.threshold };
            self.history[l] = history;
            self.on[l] = (history & self.window).count_ones() >= alarm.breaching;
            self.sum[l] = 0.0;
            self.tasks[l] = 0.0;
        }
    }
}
