//! A month of each service, minute by minute, many times over: what a stack costs when demand is not what was expected.
//!
//! [`simulate`] reads services, scaling and prices from the same graph as the estimate, and demand from the `[simulate]` table of the usage
//! file. It knows no clock and no network: the same seed gives the same bits.

#![expect(
    clippy::inline_always,
    reason = "what runs under vector instructions must be compiled into the function that has them"
)]

mod act;
mod alarm;
mod alone;
mod clock;
mod column;
mod demand;
mod drivers;
pub mod engine;
mod graph;
pub mod inputs;
mod lanes;
#[cfg(test)]
mod laws;
mod ledger;
mod outcome;
mod queue;
mod random;
#[cfg(test)]
mod reference;
mod requests;
mod rules;
mod run;
pub mod scaling;
pub mod service;
pub mod shape;
mod tasks;
mod trace;
mod tracked;
mod triangular;
mod vector;

pub use clock::MINUTES;
pub use demand::{Demand, DemandError};
pub use outcome::{
    Budget, Comparison, Distribution, Driver, InForce, NotSimulated, Rule, ServiceMonths,
    Simulation, Usd, compare,
};
pub use rules::RULES;
pub use run::{MOST_SCENARIOS, Settings, simulate};
pub use scaling::Metric;
pub use trace::{Trace, TraceError};
pub use triangular::Triangular;
