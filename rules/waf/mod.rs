//! Web ACLs.

pub mod known_bad_inputs;
