//! Kubernetes clusters.

pub mod control_plane_logs;
pub mod old_version;
pub mod open_endpoint;
pub mod open_node_ssh;
pub mod public_endpoint;
pub mod secret_encryption;
