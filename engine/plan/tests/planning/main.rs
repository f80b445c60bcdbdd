//! From a text and a state to a plan.

#[cfg(test)]
mod changes;
#[cfg(test)]
mod desk;
#[cfg(test)]
#[path = "../../../../tests/folder/mod.rs"]
mod folder;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod saved;
#[cfg(test)]
mod state;
