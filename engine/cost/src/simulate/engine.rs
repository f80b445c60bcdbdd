//! Runs months: scenarios in blocks, blocks on all cores, each with the widest vector instructions that the processor has. The bits are
//! the same whatever the cores and the processor.

use super::lanes::{Block, LANES};
use super::service::{Month, Scenario, Service};
use super::shape::Shape;
use pulp::Arch;
use rayon::prelude::*;

/// Runs the month of each scenario.
pub fn run(service: &Service, shape: &Shape, scenarios: &[Scenario]) -> Vec<Month> {
    let arch = Arch::new();
    scenarios
        .par_chunks(LANES)
        .flat_map_iter(|chunk| {
            let block = block(service, chunk);
            arch.dispatch(
                #[inline(always)]
                || block.run(shape),
            )
            .into_iter()
            .take(chunk.len())
        })
        .collect()
}

/// The same without vector instructions beyond those that every processor of its kind has: what [`run`] does on old machines.
pub fn run_portable(service: &Service, shape: &Shape, scenarios: &[Scenario]) -> Vec<Month> {
    scenarios
        .par_chunks(LANES)
        .flat_map_iter(|chunk| block(service, chunk).run(shape).into_iter().take(chunk.len()))
        .collect()
}

/// A block of scenarios; a last one that is not full repeats a scenario.
fn block<'s>(service: &'s Service, chunk: &[Scenario]) -> Block<'s> {
    let last = chunk.last().copied().unwrap_or_default();
    Block::new(service, &std::array::from_fn(|l| chunk.get(l).copied().unwrap_or(last)))
}
