//! Log groups.

pub mod log_retention;
