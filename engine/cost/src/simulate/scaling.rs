//! How a service scales, as Application Auto Scaling and CloudWatch are told.
//! <https://docs.aws.amazon.com/autoscaling/application/userguide/what-is-application-auto-scaling.html>

/// A metric of a service that alarms watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// `ECSServiceAverageCPUUtilization`, percent.
    Cpu,
    /// `ECSServiceAverageMemoryUtilization`, percent.
    Memory,
    /// `ALBRequestCountPerTarget`, requests a minute. Without requests there is no datapoint.
    Requests,
}

impl Metric {
    /// The greatest value that CloudWatch can report: a task cannot use more than it has.
    pub(crate) const fn most(self) -> f32 {
        match self {
            Self::Cpu | Self::Memory => 100.0,
            Self::Requests => f32::MAX,
        }
    }

    /// A load above this makes a datapoint.
    pub(crate) const fn silence(self) -> f32 {
        match self {
            Self::Cpu | Self::Memory => -1.0,
            Self::Requests => 0.0,
        }
    }
}

/// A target tracking policy. It owns two alarms: three datapoints of a minute above the target scale out, fifteen below nine tenths of it
/// scale in.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetTracking {
    /// What it watches.
    pub metric: Metric,
    /// Where it shall be.
    pub target: f32,
    /// `scale_out_cooldown` in minutes, rounded up.
    pub scale_out_cooldown: u32,
    /// `scale_in_cooldown` in minutes, rounded up.
    pub scale_in_cooldown: u32,
    /// False with `disable_scale_in`.
    pub scale_in: bool,
}

/// A step scaling policy, and an alarm that calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepScaling {
    /// What calls it.
    pub alarm: Alarm,
    /// What the numbers of its steps mean.
    pub adjustment: Adjustment,
    /// Its steps, by how far the metric is from the threshold.
    pub steps: Vec<Step>,
    /// `min_adjustment_magnitude`; 0 when there is none.
    pub least: u32,
    /// `cooldown` in minutes, rounded up.
    pub cooldown: u32,
}

/// `adjustment_type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// So many tasks more or less.
    ChangeInCapacity,
    /// So many tasks.
    ExactCapacity,
    /// So many percent of the tasks more or less.
    PercentChangeInCapacity,
}

/// A step: from `lower` (inclusive above the threshold) to `upper`, both relative to the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// `metric_interval_lower_bound`; minus infinity when null.
    pub lower: f32,
    /// `metric_interval_upper_bound`; infinity when null.
    pub upper: f32,
    /// `scaling_adjustment`
    pub by: i32,
}

/// An alarm on an average of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// What it watches.
    pub metric: Metric,
    /// How a datapoint is compared.
    pub comparison: Comparison,
    /// With what.
    pub threshold: f32,
    /// Minutes in a datapoint.
    pub period: u32,
    /// `evaluation_periods`, at most 32.
    pub evaluated: u32,
    /// `datapoints_to_alarm`
    pub breaching: u32,
    /// `treat_missing_data`
    pub missing: Missing,
}

/// `comparison_operator`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `GreaterThanThreshold`
    Above,
    /// `GreaterThanOrEqualToThreshold`
    AtLeast,
    /// `LessThanThreshold`
    Below,
    /// `LessThanOrEqualToThreshold`
    AtMost,
}

impl Comparison {
    /// True for the alarms that call for more tasks.
    pub(crate) fn is_upper(self) -> bool {
        matches!(self, Self::Above | Self::AtLeast)
    }
}

/// `treat_missing_data`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// As if it breached.
    Breaching,
    /// As if it did not.
    NotBreaching,
    /// As if the period had not been.
    Ignore,
    /// Insufficient data: what was counted is forgotten.
    Missing,
}

/// A scheduled action, at one time of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scheduled {
    /// Minute of the month.
    pub minute: u32,
    /// New `min_capacity`.
    pub min: Option<u32>,
    /// New `max_capacity`.
    pub max: Option<u32>,
}

impl StepScaling {
    /// True when it may ask for more tasks.
    pub(crate) fn adds(&self) -> bool {
        self.adjustment == Adjustment::ExactCapacity || self.steps.iter().any(|step| step.by > 0)
    }

    /// True when it may ask for fewer tasks.
    pub(crate) fn takes(&self) -> bool {
        self.adjustment == Adjustment::ExactCapacity || self.steps.iter().any(|step| step.by < 0)
    }

    /// The capacity that a value of the metric asks for, starting from `capacity`. `None` when no step covers it.
    /// Percentages are cut towards zero but move one task at least.
    /// <https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html>
    #[expect(clippy::cast_possible_truncation, reason = "counts of tasks are small")]
    #[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
    pub(crate) fn capacity(&self, value: f32, capacity: f32) -> Option<f32> {
        let over = value - self.alarm.threshold;
        let upper = self.alarm.comparison.is_upper();
        let covers = |step: &&Step| {
            if upper {
                step.lower <= over && over < step.upper
            } else {
                step.lower < over && over <= step.upper
            }
        };
        let by = self.steps.iter().find(covers)?.by as f32;
        let change = match self.adjustment {
            Adjustment::ExactCapacity => return Some(by),
            Adjustment::ChangeInCapacity => by,
            Adjustment::PercentChangeInCapacity => {
                let change = capacity * by / 100.0;
                let whole = (change as i32) as f32;
                if by == 0.0 || whole != 0.0 { whole } else { by.signum() }
            }
        };
        let least = if change == 0.0 { 0.0 } else { change.signum() * self.least as f32 };
        let change = if change.abs() < least.abs() { least } else { change };
        Some(capacity + change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(adjustment: Adjustment, least: u32) -> StepScaling {
        let step = |lower, upper, by| Step { lower, upper, by };
        StepScaling {
            alarm: Alarm {
                metric: Metric::Cpu,
                comparison: Comparison::AtLeast,
                threshold: 60.0,
                period: 1,
                evaluated: 3,
                breaching: 3,
                missing: Missing::Missing,
            },
            adjustment,
            steps: vec![step(0.0, 10.0, 10), step(10.0, f32::INFINITY, 30)],
            least,
            cooldown: 5,
        }
    }

    /// The worked example of the user guide: capacity 10, a metric of 60 to 70 adds 10 %, one of 70 and more 30 %.
    #[test]
    fn steps_are_relative_to_the_threshold() {
        let percent = policy(Adjustment::PercentChangeInCapacity, 0);
        assert_eq!(percent.capacity(60.0, 10.0), Some(11.0));
        assert_eq!(percent.capacity(69.9, 10.0), Some(11.0));
        assert_eq!(percent.capacity(70.0, 10.0), Some(13.0));
        assert_eq!(percent.capacity(59.0, 10.0), None);
        assert_eq!(policy(Adjustment::ChangeInCapacity, 0).capacity(75.0, 10.0), Some(40.0));
        assert_eq!(policy(Adjustment::ExactCapacity, 0).capacity(75.0, 10.0), Some(30.0));
    }

    #[test]
    fn percentages_are_cut_but_move_something() {
        let percent = policy(Adjustment::PercentChangeInCapacity, 0);
        assert_eq!(percent.capacity(65.0, 4.0), Some(5.0));
        assert_eq!(percent.capacity(65.0, 19.0), Some(20.0));
        assert_eq!(policy(Adjustment::PercentChangeInCapacity, 2).capacity(65.0, 4.0), Some(6.0));
        let mut down = policy(Adjustment::PercentChangeInCapacity, 0);
        down.alarm.comparison = Comparison::AtMost;
        down.steps = vec![Step { lower: f32::NEG_INFINITY, upper: 0.0, by: -10 }];
        assert_eq!(down.capacity(50.0, 67.0), Some(61.0));
        assert_eq!(down.capacity(50.0, 7.0), Some(6.0));
    }
}
