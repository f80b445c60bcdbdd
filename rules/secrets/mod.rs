//! Secrets.

pub mod public_secret;
pub mod rotation_interval;
pub mod secret_key;
pub mod secret_over_http;
pub mod secret_rotation;
