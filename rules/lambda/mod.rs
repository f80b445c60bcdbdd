//! Functions.

pub mod code_signing;
pub mod concurrency_limit;
pub mod confused_permission;
pub mod dead_letters;
pub mod deprecated_runtime;
pub mod environment_key;
pub mod environment_secret;
pub mod one_subnet;
pub mod open_cors;
pub mod open_url;
pub mod outside_vpc;
pub mod public_permission;
pub mod tracing;
pub mod wide_permission;
