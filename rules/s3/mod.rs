//! Buckets.

pub mod abandoned_uploads;
pub mod access_point_block;
pub mod bucket_acls;
pub mod bucket_key;
pub mod bucket_lifecycle;
pub mod bucket_logging;
pub mod bucket_name;
pub mod bucket_notifications;
pub mod bucket_replication;
pub mod bucket_versioning;
pub mod lockout_policy;
pub mod mfa_delete;
pub mod object_key;
pub mod object_lock;
pub mod open_cors;
pub mod public_access_block;
pub mod public_access_switches;
pub mod public_acl;
pub mod public_bucket_policy;
pub mod public_write_acl;
pub mod static_website;
pub mod tls_only;
pub mod wide_bucket_policy;
