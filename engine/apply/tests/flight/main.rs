//! The apply room against a cloud that fails and a machine that dies.

mod cases;
mod cloud;
mod disk;
mod laws;
mod power;
mod stacks;
mod stage;
