//! Queues.

pub mod public_queue;
pub mod queue_encryption;
pub mod queue_key;
pub mod wide_queue_policy;
