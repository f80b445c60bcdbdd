//! Networks and security groups.

pub mod default_group_rules;
pub mod default_security_group;
pub mod flow_logs;
pub mod open_admin_port;
pub mod open_to_world;
pub mod subnet_public_ip;
