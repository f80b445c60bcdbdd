//! Fixes: from what a rule wants of a resource to byte edits of the files it is written in, and from edits to files that are
//! proved better than before.

mod align;
mod compare;
mod insert;
mod layout;
mod literal;
mod locate;
mod overlay;
mod patch;
mod planner;
mod replace;
mod settle;
mod trees;
mod wanted;

pub use patch::{Edit, Patch};
pub(crate) use planner::Planner;
pub use settle::{ChangedFile, Fixed, Refused, Repaired, fix};
pub use wanted::{Fix, FixKind, Want, Where};
