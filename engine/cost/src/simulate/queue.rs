//! Who is called: from a bit for each scenario to one scenario after the other.

#![expect(clippy::indexing_slicing, reason = "there is a place for each scenario, and two more")]

use super::column::{VECTORS, lanes};
use super::vector::Words;
use pulp::Simd;

/// The scenarios that are called, one after the other.
pub(crate) struct Queue<S: Simd> {
    /// A bit for each scenario that there is: a block may be fuller than it has scenarios.
    present: Words<S>,
    lanes: Vec<u16>,
    length: usize,
}

impl<S: Simd> Queue<S> {
    pub(crate) fn new(simd: S, scenarios: usize) -> Self {
        let present = |word: usize| {
            let lanes = (word..scenarios).step_by(S::F32_LANES).take(VECTORS);
            (0..).zip(lanes).fold(0, |bits, (bit, _)| bits | 1 << bit)
        };
        // The places of all, and two that are written before it is known that nobody is there.
        let lanes = vec![0; lanes::<S>() + 2];
        Self { present: Words::each(simd, present), lanes, length: 0 }
    }

    /// Takes a bit for each scenario.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "a block has fewer scenarios")]
    pub(crate) fn fill(&mut self, called: Words<S>) {
        let called = called & self.present;
        let mut length = 0;
        for (first, words) in (0..).step_by(2).zip(called.lanes().chunks(2)) {
            let high = words.get(1).map_or(0, |word| u64::from(*word) << VECTORS);
            let mut bits = u64::from(words[0]) | high;
            loop {
                // Two at a time, whether they are there or not: few words have more, so that a processor foresees where this ends.
                for _ in 0..2 {
                    let bit = bits.trailing_zeros() as usize;
                    let lane = bit % VECTORS * S::F32_LANES + first + bit / VECTORS;
                    self.lanes[length] = lane as u16;
                    length += usize::from(bits != 0);
                    bits &= bits.wrapping_sub(1);
                }
                if bits == 0 {
                    break;
                }
            }
        }
        self.length = length;
    }

    /// Who is called.
    pub(crate) fn lanes(&self) -> &[u16] {
        &self.lanes[..self.length]
    }
}
