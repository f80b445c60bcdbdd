//! Alarms.

pub mod silent_alarm;
