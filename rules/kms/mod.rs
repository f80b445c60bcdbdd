//! Keys.

pub mod deletion_window;
pub mod disabled_key;
pub mod key_policy;
pub mod key_rotation;
pub mod public_key_policy;
