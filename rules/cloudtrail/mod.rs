//! Trails.

pub mod cis_alarms;
pub mod data_events;
