//! Desired stack against prior state: the plan, its order, the state format, and the trait that AWS hangs off.
//!
//! Pure: no clock, no network, no disk.

mod change;
mod configuration;
pub mod document;
mod drift;
mod equal;
mod finals;
pub mod imported;
mod merge;
mod moved;
mod options;
mod order;
mod pattern;
mod planning;
mod provider;
mod replace;
mod saved;
pub mod shape;
mod sides;
mod state;
mod world;

pub use change::{Action, Change, Counts, OutputChange, Plan, Reason};
pub use configuration::{aws_configuration, configuration, configuration_of};
pub use drift::Drift;
pub use options::Options;
pub use order::{Order, Step, Work};
pub use pattern::{Pattern, PatternError, ResourcePattern};
pub use planning::{Planned, plan, show};
pub use provider::{
    Account, Clouds, Created, Failure, FailureKind, Found, Identity, Pending, Progress, Provider,
    Quota, Settled, Token,
};
pub use saved::{Bound, Moved, Recipe, Saved, SavedError};
pub use state::{Instance, MoveError, Object, State, StateError, StoredOutput};
