//! Instances, volumes, images.

pub mod default_group_instance;
pub mod default_network;
pub mod detailed_monitoring;
pub mod disk_encryption;
pub mod ebs_optimized;
pub mod encryption_by_default;
pub mod image_copy_key;
pub mod image_encryption;
pub mod image_owner;
pub mod imds_hops;
pub mod imds_v1;
pub mod instance_profile;
pub mod instance_public_ip;
pub mod many_interfaces;
pub mod old_instance_type;
pub mod public_snapshot;
pub mod secret_in_user_data;
pub mod shared_image;
pub mod snapshot_key;
pub mod volume_encryption;
pub mod volume_key;
