//! File systems.

pub mod access_point_root;
pub mod access_point_user;
pub mod file_system_backup;
pub mod file_system_encryption;
pub mod file_system_key;
pub mod public_file_system;
