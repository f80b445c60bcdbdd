//! Caches.

pub mod cache_backup;
pub mod cache_encryption;
pub mod cache_failover;
pub mod cache_key;
pub mod cache_network;
pub mod cache_node;
pub mod cache_parameters;
pub mod cache_password;
pub mod cache_port;
pub mod cache_tls;
pub mod cache_upgrades;
pub mod invalid_cache_node;
pub mod old_cache_version;
