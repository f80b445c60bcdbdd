//! The provider's configuration and what is given to the stack as a whole.

pub mod secret_keys;
