//! What one expression may cost: loops within loops, doubled strings and products must end, whatever they are asked for.

use crate::value::{Kind, Value};
use std::sync::atomic::{AtomicU64, Ordering};

/// What evaluating one expression may cost, the templates that it renders included: about five million evaluations, or
/// eighty megabytes of text. Real expressions take a few thousand.
const MOST: u64 = 40_000_000;

/// One evaluation, in units of some ten nanoseconds.
const EVALUATION: u64 = 8;

/// One part of a value that a function is given, or that is made: it is walked more than once.
const PART: u64 = 2;

/// One report, in the same units.
const REPORT: u64 = 500;

/// The most parts that one value may be made of, however they are shared: whoever walks values may count on it.
pub(crate) const MOST_PARTS: u64 = 1 << 19;

/// Set when nothing may be spent any more, whatever was.
const ENDED: u64 = 1 << 63;

/// What is spent on an expression so far. The same for all threads that it goes through, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Effort(AtomicU64);

/// What evaluating a whole stack may cost: about eighty million evaluations. The largest real stack that we know takes five.
const MOST_IN_ALL: u64 = 16 * MOST;

/// What is spent on all expressions of a stack so far. The sum is the same whatever the order.
#[derive(Debug, Default)]
pub(crate) struct Total(AtomicU64);

impl Total {
    /// Adds what one expression has spent.
    pub(crate) fn add(&self, effort: &Effort) {
        let spent = effort.0.load(Ordering::Relaxed) & !ENDED;
        self.0.fetch_add(spent.min(MOST), Ordering::Relaxed);
    }

    /// Whether anything is left.
    pub(crate) fn is_left(&self) -> bool {
        self.0.load(Ordering::Relaxed) <= MOST_IN_ALL
    }
}

impl Effort {
    /// Spends some; `false` when nothing is left.
    pub(crate) fn spend(&self, units: u64) -> bool {
        let spent = self.0.load(Ordering::Relaxed).saturating_add(units);
        self.0.store(spent, Ordering::Relaxed);
        spent <= MOST
    }

    /// Whether anything is left.
    pub(crate) fn is_left(&self) -> bool {
        self.spend(0)
    }

    /// Spends what a report takes: a loop can make the same mistake a million times.
    pub(crate) fn report(&self) {
        self.spend(REPORT);
    }

    /// Leaves nothing to spend.
    pub(crate) fn end(&self) {
        self.0.fetch_or(ENDED, Ordering::Relaxed);
    }

    /// Spends what one evaluation takes.
    pub(crate) fn evaluate(&self) -> bool {
        self.spend(EVALUATION)
    }

    /// Spends what it takes to make a text of this many bytes.
    pub(crate) fn write(&self, bytes: usize) -> bool {
        self.spend(bytes as u64 / 2)
    }

    /// Spends what it takes to walk a value, and counts its parts, up to the most that there may be.
    pub(crate) fn walk(&self, value: &Value) -> u64 {
        let mut parts = 0;
        let mut bytes = 0;
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            parts += 1;
            if let Kind::String(text) = &value.kind {
                bytes += text.len();
            }
            open.extend(value.children());
            // All that waits is a part too: sharing makes long lists of few values.
            if parts + open.len() as u64 > MOST_PARTS {
                parts = MOST_PARTS + 1;
                break;
            }
        }
        self.spend(PART * parts);
        self.write(bytes);
        parts
    }
}
