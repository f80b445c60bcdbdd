//! CloudWatch Logs.

pub mod log_retention;
