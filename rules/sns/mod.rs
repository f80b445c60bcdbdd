//! Topics.

pub mod delivery_status;
pub mod other_account_topic;
pub mod public_topic;
pub mod topic_encryption;
pub mod topic_key;
pub mod wide_topic_policy;
