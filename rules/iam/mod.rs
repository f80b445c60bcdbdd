//! Who may do what.

pub mod admin_attachment;
pub mod admin_policy;
pub mod open_trust;
pub mod wildcard_action;
pub mod wildcard_resource;
