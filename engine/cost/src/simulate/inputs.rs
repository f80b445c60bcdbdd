//! What a simulation asks about a service that no stack says: each input has a name, a unit and a default, and is low, likely and high.

use super::clock::{TICK, TICKS};
use super::outcome::InForce;
use super::random::{Key, exp2};
use super::service::{Scenario, Service};
use super::triangular::Triangular;
use super::vector::Floats;
use std::f32::consts::LOG2_E;

/// An input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meaning {
    /// How it is called in `[simulate]` of `banana-usage.toml`: `cpu_ms`.
    pub name: &'static str,
    /// What it is when nobody says otherwise.
    pub default: Triangular,
    /// The least and the greatest that make sense.
    pub limits: (f64, f64),
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
}

macro_rules! inputs {
    ($($input:ident $name:literal = $low:literal $likely:literal $high:literal in $least:literal $most:literal $unit:literal, $about:literal;)*) => {
        /// The inputs, in the order of their meanings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Input {
            $(#[doc = $about] $input,)*
        }

        /// What each input means.
        pub const INPUTS: &[Meaning] = &[$(Meaning {
            name: $name,
            default: Triangular { low: $low, likely: $likely, high: $high },
            limits: ($least, $most),
            unit: $unit,
            about: $about,
        },)*];
    };
}

inputs! {
    RequestsPerSecond "requests_per_second" = 0.0 0.0 0.0 in 0.0 1e6 "requests/s", "demand on the service, its mean over the month before growth";
    GrowthMonth "growth_month" = 0.0 0.0 0.0 in -1.0 100.0 "share", "what demand gains until the end of the month: 0.1 is a tenth";
    Noise "noise" = 0.1 0.1 0.1 in 0.0 3.0 "of a logarithm", "standard deviation of the logarithm of demand around its profile";
    NoiseMinutes "noise_minutes" = 60.0 60.0 60.0 in 1.0 1e5 "minutes", "how long noise remembers: its correlation time";
    BurstsMonth "bursts_month" = 0.0 0.0 0.0 in 0.0 730.0 "bursts", "bursts of demand a month, at any time, one an hour at most";
    BurstFactor "burst_factor" = 3.0 3.0 3.0 in 0.0 1e4 "times", "what a burst multiplies demand with";
    BurstMinutes "burst_minutes" = 30.0 30.0 30.0 in 0.0 43800.0 "minutes", "how long a burst lasts, in steps of five minutes";
    CpuMs "cpu_ms" = 20.0 20.0 20.0 in 0.0 1e7 "vCPU ms", "processor time that a request takes";
    CpuIdlePercent "cpu_idle_percent" = 1.0 1.0 1.0 in 0.0 100.0 "%", "processor use of a task without requests";
    MemoryIdlePercent "memory_idle_percent" = 30.0 30.0 30.0 in 0.0 100.0 "%", "memory use of a task without requests";
    MemoryMb "memory_mb" = 0.0 0.0 0.0 in 0.0 1e6 "MiB", "memory that each request a second takes besides";
    RequestsPerConnection "requests_per_connection" = 5.0 5.0 5.0 in 1e-3 1e9 "requests", "requests that come over one connection";
    ConnectionSeconds "connection_seconds" = 30.0 30.0 30.0 in 0.0 1e6 "seconds", "how long a connection stays open";
    RequestKb "request_kb" = 1.0 1.0 1.0 in 0.0 1e9 "kB", "size of a request";
    ResponseKb "response_kb" = 10.0 10.0 10.0 in 0.0 1e9 "kB", "size of a response, which leaves for the Internet through a public load balancer";
    LogBytes "log_bytes" = 250.0 250.0 250.0 in 0.0 1e9 "bytes", "what a request writes to the log group";
    NatKb "nat_kb" = 0.0 0.0 0.0 in 0.0 1e9 "kB", "what a request moves through a NAT gateway, both ways";
    NatOutKb "nat_out_kb" = 0.0 0.0 0.0 in 0.0 1e9 "kB", "the part of it that leaves for the Internet";
    ImageMb "image_mb" = 100.0 100.0 100.0 in 0.0 1e6 "MB", "compressed size of the image that each start of a task pulls";
    DeploymentsMonth "deployments_month" = 0.0 0.0 0.0 in 0.0 8760.0 "deployments", "deployments a month, at any time";
    SpotInterruptionsMonth "spot_interruptions_month" = 1.0 1.0 1.0 in 0.0 8760.0 "interruptions", "how often a Spot task is interrupted in a month";
    SpotPrice "spot_price" = 1.0 1.0 1.0 in 0.0 10.0 "times", "the Spot price of the month, as a multiple of the listed one";
    StartSeconds "start_seconds" = 20.0 45.0 90.0 in 1.0 840.0 "seconds", "from the request of a task until it serves, drawn for each start";
    ProvisionSeconds "provision_seconds" = 10.0 10.0 10.0 in 0.0 60.0 "seconds", "from the request of a task until its image is pulled and billing starts";
}

/// What is known of all inputs of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs(Vec<Triangular>);

/// A value for each input: one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn(Vec<f64>);

impl Default for Inputs {
    fn default() -> Self {
        Self(INPUTS.iter().map(|meaning| meaning.default).collect())
    }
}

impl Input {
    /// What it means.
    pub fn meaning(self) -> Meaning {
        const NONE: Meaning = Meaning {
            name: "",
            default: Triangular::point(0.0),
            limits: (0.0, 0.0),
            unit: "",
            about: "",
        };
        INPUTS.get(self as usize).copied().unwrap_or(NONE)
    }
}

impl Inputs {
    /// What is known of an input.
    pub fn get(&self, input: Input) -> Triangular {
        self.at(input as usize)
    }

    /// What is known of an input, by its place in [`INPUTS`].
    pub fn at(&self, place: usize) -> Triangular {
        self.0.get(place).copied().unwrap_or(Triangular::point(0.0))
    }

    /// Says what is known of an input, by its place in [`INPUTS`].
    pub fn set(&mut self, at: usize, value: Triangular) {
        if let Some(slot) = self.0.get_mut(at) {
            *slot = value;
        }
    }

    /// The same of an input.
    #[must_use]
    pub fn with(mut self, input: Input, value: Triangular) -> Self {
        self.set(input as usize, value);
        self
    }

    /// All inputs, as they are in force.
    pub(crate) fn in_force(&self) -> Vec<InForce> {
        let one = |(value, meaning): (&Triangular, &Meaning)| {
            let Meaning { name, default, unit, about, .. } = *meaning;
            InForce { name, value: *value, unit, about, default: *value == default }
        };
        self.0.iter().zip(INPUTS).map(one).collect()
    }

    /// The inputs that are drawn and are not certain, by place. Times of starts are drawn for each start instead.
    pub fn uncertain(&self) -> impl Iterator<Item = (usize, &'static Meaning)> {
        let drawn = |at: usize| at != Input::StartSeconds as usize;
        let known = self.0.iter().zip(INPUTS).enumerate();
        known
            .filter(move |(at, (it, _))| it.is_uncertain() && drawn(*at))
            .map(|(at, (_, m))| (at, m))
    }

    /// Draws a scenario. The same seed, address, scenario and name give the same share of the distribution, whatever the others are.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "the engine works with single precision"
    )]
    pub fn draw(&self, service: &Service, seed: u64, scenario: u64) -> (Scenario, Drawn) {
        let key = Key::new(seed, &service.address, scenario);
        let drawn = self.0.iter().zip(INPUTS).map(|(it, meaning)| it.at(key.input(meaning.name)));
        let drawn = Drawn(drawn.collect());
        let get = |input| drawn.get(input);
        let per_tick = |input| (get(input) / f64::from(TICKS)) as f32;
        let new = 1.0 / 3600.0 / get(Input::RequestsPerConnection);
        let percent = |amount: f64, of: f64| if of > 0.0 { 100.0 * amount / of } else { 0.0 };
        let cpu = percent(get(Input::CpuMs) / 1000.0, service.vcpu);
        let memory = percent(get(Input::MemoryMb), service.memory);
        let scenario = Scenario {
            key,
            level: get(Input::RequestsPerSecond) as f32,
            growth: get(Input::GrowthMonth) as f32,
            noise: get(Input::Noise) as f32,
            memory: exp2(Floats::one(-(TICK as f32) * LOG2_E / get(Input::NoiseMinutes) as f32))
                .value(),
            burst_chance: (get(Input::BurstsMonth) / 730.0) as f32,
            burst_factor: get(Input::BurstFactor) as f32,
            burst_ticks: (get(Input::BurstMinutes) / f64::from(TICK)).ceil() as u32,
            slope: [cpu as f32, memory as f32, 60.0],
            idle: [get(Input::CpuIdlePercent) as f32, get(Input::MemoryIdlePercent) as f32, 0.0],
            deployment_chance: per_tick(Input::DeploymentsMonth),
            interruption_chance: per_tick(Input::SpotInterruptionsMonth),
            traffic: [
                new,
                new * get(Input::ConnectionSeconds),
                (get(Input::RequestKb) + get(Input::ResponseKb)) / 1e6,
                service.rules / 3600.0,
            ],
        };
        (scenario, drawn)
    }
}

impl Drawn {
    /// The value of an input.
    pub fn get(&self, input: Input) -> f64 {
        self.at(input as usize)
    }

    /// The value of an input by its place.
    pub fn at(&self, place: usize) -> f64 {
        self.0.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_within_their_limits() {
        for Meaning { name, default, limits: (least, most), .. } in INPUTS {
            assert!(*least <= default.low && default.low <= default.likely, "{name}");
            assert!(default.likely <= default.high && default.high <= *most, "{name}");
        }
        assert_eq!(Input::ProvisionSeconds.meaning().name, "provision_seconds");
    }
}
