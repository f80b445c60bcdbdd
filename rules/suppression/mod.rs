//! Comments that silence findings.

pub mod expired_suppression;
pub mod malformed_suppression;
pub mod suppression_without_reason;
pub mod unknown_suppression;
pub mod unused_peer_suppression;
pub mod unused_suppression;
