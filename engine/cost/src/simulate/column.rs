//! A value for each scenario of a block: vectors for what is done to all of them, lanes for what is done to one.

#![expect(
    clippy::indexing_slicing,
    reason = "a column has `VECTORS` vectors, and each lane is in one of them"
)]

use super::vector::{Floats, Words};
use pulp::Simd;
use std::ops::{Index, IndexMut};

/// Vectors in a column: as many as a word has bits, so that a vector of words says yes or no for each scenario.
pub(crate) const VECTORS: usize = 32;

/// Scenarios in a column.
pub(crate) const fn lanes<S: Simd>() -> usize {
    VECTORS * S::F32_LANES
}

/// The vector that a scenario is in: the first ones are in the last vector, which is the lowest bit of words that all vectors are shifted
/// into, one after the other.
#[inline(always)]
const fn vector<S: Simd>(lane: usize) -> usize {
    VECTORS - 1 - lane / S::F32_LANES % VECTORS
}

/// The place of a scenario among all values of a column.
#[inline(always)]
pub(crate) const fn place<S: Simd>(lane: usize) -> usize {
    vector::<S>(lane) * S::F32_LANES + lane % S::F32_LANES
}

/// The first vector that any of so many scenarios is in; the others follow.
pub(crate) fn first<S: Simd>(scenarios: usize) -> usize {
    VECTORS - scenarios.div_ceil(S::F32_LANES).min(VECTORS)
}

/// A vector for each of [`VECTORS`] places.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Column<V>([V; VECTORS]);

impl<S: Simd> Column<Floats<S>> {
    #[inline(always)]
    pub(crate) fn all(simd: S, value: f32) -> Self {
        Self([Floats::all(simd, value); VECTORS])
    }

    /// A value for each scenario.
    #[inline(always)]
    pub(crate) fn each(simd: S, mut of: impl FnMut(usize) -> f32) -> Self {
        let mut column = Self::all(simd, 0.0);
        (0..lanes::<S>()).for_each(|lane| *column.lane_mut(lane) = of(lane));
        column
    }

    #[inline(always)]
    pub(crate) fn lane(&self, lane: usize) -> f32 {
        self.0[vector::<S>(lane)].lanes()[lane % S::F32_LANES]
    }

    #[inline(always)]
    pub(crate) fn lane_mut(&mut self, lane: usize) -> &mut f32 {
        &mut self.0[vector::<S>(lane)].lanes_mut()[lane % S::F32_LANES]
    }
}

impl<S: Simd> Column<Words<S>> {
    #[inline(always)]
    pub(crate) fn all(simd: S, value: u32) -> Self {
        Self([Words::all(simd, value); VECTORS])
    }

    /// A value for each scenario.
    #[inline(always)]
    pub(crate) fn each(simd: S, mut of: impl FnMut(usize) -> u32) -> Self {
        let mut column = Self::all(simd, 0);
        (0..lanes::<S>()).for_each(|lane| *column.lane_mut(lane) = of(lane));
        column
    }

    #[inline(always)]
    pub(crate) fn lane(&self, lane: usize) -> u32 {
        self.0[vector::<S>(lane)].lanes()[lane % S::F32_LANES]
    }

    #[inline(always)]
    pub(crate) fn lane_mut(&mut self, lane: usize) -> &mut u32 {
        &mut self.0[vector::<S>(lane)].lanes_mut()[lane % S::F32_LANES]
    }
}

impl<V> Index<usize> for Column<V> {
    type Output = V;

    #[inline(always)]
    fn index(&self, at: usize) -> &V {
        &self.0[at]
    }
}

impl<V> IndexMut<usize> for Column<V> {
    #[inline(always)]
    fn index_mut(&mut self, at: usize) -> &mut V {
        &mut self.0[at]
    }
}
