//! Runs months: scenarios in blocks, blocks on all cores, each with the widest vector instructions that the processor has. The bits are
//! the same whatever the cores and the processor.

use super::column::lanes;
use super::lanes::Block;
use super::service::{Month, Scenario, Service};
use super::shape::Shape;
use pulp::{Arch, Scalar, Simd, WithSimd};
use rayon::prelude::*;

/// Scenarios that a thread takes at a time.
const BATCH: usize = 256;

/// Runs the month of each scenario.
pub fn run(service: &Service, shape: &Shape, scenarios: &[Scenario]) -> Vec<Month> {
    let arch = Arch::new();
    batches(scenarios, |scenarios, months| {
        arch.dispatch(Batch { service, shape, scenarios, months });
    })
}

/// The same without vectors: what [`run`] does on old machines.
pub fn run_portable(service: &Service, shape: &Shape, scenarios: &[Scenario]) -> Vec<Month> {
    batches(scenarios, |scenarios, months| {
        Batch { service, shape, scenarios, months }.with_simd(Scalar);
    })
}

fn batches(scenarios: &[Scenario], run: impl Fn(&[Scenario], &mut [Month]) + Sync) -> Vec<Month> {
    let mut months = vec![Month::default(); scenarios.len()];
    let batches = scenarios.par_chunks(BATCH).zip(months.par_chunks_mut(BATCH));
    batches.for_each(|(scenarios, months)| run(scenarios, months));
    months
}

struct Batch<'b> {
    service: &'b Service,
    shape: &'b Shape,
    scenarios: &'b [Scenario],
    months: &'b mut [Month],
}

impl WithSimd for Batch<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let blocks = self.scenarios.chunks(lanes::<S>()).zip(self.months.chunks_mut(lanes::<S>()));
        for (scenarios, months) in blocks {
            Block::new(simd, self.service, scenarios).run(self.shape, months);
        }
    }
}
