//! Application Auto Scaling.

pub mod capacity_range;
pub mod elb_health_check;
pub mod group_tags;
pub mod launch_template;
pub mod no_load_balancer;
pub mod one_zone;
