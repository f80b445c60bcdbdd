//! Log groups.

pub mod log_group_key;
pub mod log_retention;
pub mod log_retention_year;
pub mod open_log_destination;
