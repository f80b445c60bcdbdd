//! Resolving stacks that lie in memory.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod found;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod order;
#[cfg(test)]
mod plan_json;
#[cfg(test)]
mod resolve;
