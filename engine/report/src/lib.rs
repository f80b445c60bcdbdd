//! Findings, estimates and plans as people and machines read them. One format a file.
//!
//! A format never judges: it prints what the rooms above decided.

mod snippet;
mod style;

pub use snippet::{Trouble, problem, problems};
pub use style::Style;
