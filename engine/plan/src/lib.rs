//! Desired stack against prior state: the plan, its order, the state format, and the trait that AWS hangs off.
//!
//! Pure: no clock, no network, no disk.

mod provider;

pub use provider::{
    Account, Created, Failure, FailureKind, Identity, Pending, Progress, Provider, Settled, Token,
};
