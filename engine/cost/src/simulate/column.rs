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

/// The vector that a scenario is in. Its place there is `lane / VECTORS`: scenarios are numbered as the bits of words, which the first vector
/// comes into first, and ends up highest.
#[inline(always)]
const fn vector(lane: usize) -> usize {
    VECTORS - 1 - lane % VECTORS
}

/// The place of a scenario among all values of a column.
#[inline(always)]
pub(crate) const fn place<S: Simd>(lane: usize) -> usize {
    vector(lane) * S::F32_LANES + lane / VECTORS
}

/// The first vector that one of so many scenarios is in; the others follow.
pub(crate) fn first(scenarios: usize) -> usize {
    VECTORS - scenarios.min(VECTORS)
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
        self.0[vector(lane)].lanes()[lane / VECTORS]
    }

    #[inline(always)]
    pub(crate) fn lane_mut(&mut self, lane: usize) -> &mut f32 {
        &mut self.0[vector(lane)].lanes_mut()[lane / VECTORS]
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
        self.0[vector(lane)].lanes()[lane / VECTORS]
    }

    #[inline(always)]
    pub(crate) fn lane_mut(&mut self, lane: usize) -> &mut u32 {
        &mut self.0[vector(lane)].lanes_mut()[lane / VECTORS]
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
