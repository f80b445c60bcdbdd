//! The provider's configuration and what is given to the stack as a whole.

pub mod default_tags;
pub mod required_tags;
pub mod secret_in_state;
pub mod secret_keys;
