//! Load balancers.

pub mod access_logs;
pub mod deletion_protection;
pub mod drop_invalid_headers;
pub mod https_listener;
pub mod tls_policy;
