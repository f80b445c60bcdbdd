//! Resolving stacks that lie in memory.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod resolve;
