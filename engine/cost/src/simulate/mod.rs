//! A month of a service, minute by minute, many times over: what it costs when demand is not what was expected.

mod act;
mod alarm;
mod clock;
pub mod engine;
pub mod inputs;
mod lanes;
mod random;
pub mod scaling;
pub mod service;
pub mod shape;
mod triangular;

pub use clock::MINUTES;
pub use scaling::Metric;
pub use triangular::Triangular;
