//! `banana.toml`: what a team says once instead of on every command line.
//!
//! [`shape`] is the table of all keys. A file is found ([`chain`]), read into a tree with places ([`node`]), held against the table,
//! and given types ([`file`]); [`settings`] lays defaults, files, environment and arguments over each other; [`overrides`] applies them
//! to rules and findings.

mod chain;
mod cost;
mod file;
mod glob;
mod names;
mod node;
mod overrides;
mod path;
#[cfg(test)]
mod schema;
mod settings;
mod shape;
mod show;

pub(crate) use cost::{Agreed, price};
pub(crate) use overrides::Overrides;
pub(crate) use path::{plain, shown};
pub(crate) use settings::{Settings, own_rules};
