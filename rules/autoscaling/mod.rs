//! Application Auto Scaling.

pub mod capacity_range;
