//! The month of the simulation: 730 hours, minute by minute. It starts on a Monday at 00:00 UTC, the first of the month.

/// Minutes in a month of 730 hours.
pub const MINUTES: u32 = 43_800;
/// Minutes between two draws of noise.
pub(crate) const TICK: u32 = 5;
/// Draws of noise in a month.
pub(crate) const TICKS: u32 = MINUTES / TICK;
/// Draws of noise in an hour.
pub(crate) const TICKS_AN_HOUR: u32 = 60 / TICK;
/// Minutes in a day.
pub(crate) const DAY: u32 = 24 * 60;

/// Whole minutes that so many seconds take.
pub(crate) fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60)
}
