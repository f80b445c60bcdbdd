//! The apply room against a cloud that fails and a machine that dies.

/// Most of the work of a million small stacks is in their allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod cloud;
#[cfg(test)]
mod critical;
#[cfg(test)]
mod disk;
#[cfg(test)]
#[path = "../../../../tests/folder/mod.rs"]
mod folder;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod power;
#[cfg(test)]
mod stacks;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod told;
