//! Image repositories.

pub mod image_lifecycle;
pub mod mutable_tags;
pub mod public_repository;
pub mod repository_key;
pub mod repository_policy;
pub mod scan_on_push;
