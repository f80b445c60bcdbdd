//! Trails.

pub mod cis_alarms;
pub mod read_events;
pub mod write_events;
