//! What the engine takes: a service as AWS was told, and what one scenario puts on it.

use super::random::{Key, SPREAD, exp2};
use super::scaling::{Scheduled, StepScaling, TargetTracking};
use super::triangular::Triangular;
use super::vector::Floats;
use std::f32::consts::LOG2_E;

/// An ECS service on Fargate.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its address, which names its random numbers.
    pub address: String,
    /// Tasks at least.
    pub min: u32,
    /// Tasks at most, 10,000 of them: what is counted in a month fits 32 bits.
    pub max: u32,
    /// Its target tracking policies.
    pub tracking: Vec<TargetTracking>,
    /// Its step scaling policies, one for each alarm.
    pub steps: Vec<StepScaling>,
    /// Its scheduled actions, in the order of time.
    pub scheduled: Vec<Scheduled>,
    /// Which of its tasks run on Spot.
    pub spot: Spot,
    /// Seconds that a task is billed after it left the load balancer: the target group's deregistration delay.
    pub drain: u32,
    /// True when a deployment starts new tasks before it stops old ones.
    pub overlap: bool,
    /// Seconds from the request of a task until it serves.
    pub start: Triangular,
    /// Seconds from the request of a task until its image is pulled, which is when billing starts.
    pub provision: u32,
    /// What its traffic is in capacity units of a load balancer.
    pub units: Units,
    /// Rules of the load balancer that each request is held against, beyond the ten that are free.
    pub rules: f64,
    /// vCPUs of a task.
    pub vcpu: f64,
    /// MiB of a task.
    pub memory: f64,
}

/// The tasks that a capacity provider strategy gives to Spot: of the first `first` tasks all or none, of those beyond a share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// `base`, of whatever provider.
    pub first: f32,
    /// 1 when the base is Spot's.
    pub of_first: f32,
    /// Spot's share of the tasks beyond the base.
    pub of_rest: f32,
}

/// How much of each dimension makes one capacity unit of a load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Units {
    /// New connections a second in a unit: 25 of an Application Load Balancer.
    pub new: f64,
    /// Active connections in a unit: 3,000.
    pub active: f64,
    /// GB an hour in a unit: 1.
    pub bytes: f64,
    /// Rule evaluations a second in a unit: 1,000; infinite where they are not counted.
    pub rules: f64,
}

/// One scenario of a service: what was drawn for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scenario {
    pub(crate) key: Key,
    /// Requests a second, the month's mean before growth.
    pub(crate) level: f32,
    /// Added by the end of the month, as a share.
    pub(crate) growth: f32,
    /// Standard deviation of the logarithm of noise.
    pub(crate) noise: f32,
    /// How much of the logarithm is left after a tick.
    pub(crate) memory: f32,
    /// Chance that a burst starts in an hour.
    pub(crate) burst_chance: f32,
    /// What a burst multiplies demand with.
    pub(crate) burst_factor: f32,
    /// How many ticks a burst lasts.
    pub(crate) burst_ticks: u32,
    /// What a request a second does to each metric, over all tasks, in the order of [`super::Metric`].
    pub(crate) slope: [f32; 3],
    /// What a task without demand shows.
    pub(crate) idle: [f32; 3],
    /// Chance of a deployment in a tick.
    pub(crate) deployment_chance: f32,
    /// Chance that a Spot task is interrupted in a tick.
    pub(crate) interruption_chance: f32,
    /// Of one request in an hour, by dimension of a capacity unit: new connections a second, active connections, GB, rule evaluations
    /// a second.
    pub(crate) traffic: [f64; 4],
}

/// What a month of a scenario came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Month {
    /// Minutes of tasks, asked for.
    pub task_minutes: f64,
    /// Those beyond the base of a capacity provider strategy.
    pub beyond_base: f64,
    /// Seconds that are billed besides: drains and overlaps more, provisioning less.
    pub seconds: f64,
    /// Tasks started, each of which pulls its image.
    pub launches: f64,
    /// Requests.
    pub requests: f64,
    /// Capacity units of the load balancer, by the hour.
    pub units: f64,
    /// Minutes in which demand was more than the tasks could serve.
    pub overload: f64,
    /// The most tasks at a time.
    pub peak: f64,
}

impl Scenario {
    /// What the shock of a tick adds to the logarithm of noise, to the base of 2.
    pub(crate) fn innovation(&self) -> f32 {
        self.noise * (1.0 - self.memory * self.memory).sqrt() * (LOG2_E / SPREAD)
    }

    /// Requests a second that noise is around: their mean is [`Self::level`].
    pub(crate) fn median(&self) -> f32 {
        self.level * exp2(Floats::one(self.noise * self.noise * -0.5 * LOG2_E)).value()
    }
}

impl Service {
    /// Capacity units of an hour, for each request in it: its greatest dimension.
    /// <https://aws.amazon.com/elasticloadbalancing/pricing/>
    pub(crate) fn units_of(&self, traffic: &[f64; 4]) -> f64 {
        let [new, active, bytes, rules] = traffic;
        let connections = (new / self.units.new).max(active / self.units.active);
        connections.max(bytes / self.units.bytes).max(rules / self.units.rules)
    }

    /// The seconds from a request until the task serves: as many values as a byte has, all equally likely.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within limits")]
    pub(crate) fn starts(&self) -> [u32; 256] {
        let mut byte = 0.0;
        [(); 256].map(|()| {
            byte += 1.0;
            self.start.at((byte - 0.5) / 256.0).ceil().max(1.0) as u32
        })
    }
}

/// Minutes that a start may take at most, and one.
pub(crate) const RING: u32 = 16;
