//! The room against AWS doubles: moto over the real SDK for each resource type, and raw sockets for what goes wrong on the wire.

mod balancing;
mod cloud;
#[path = "../../../../tests/moto/mod.rs"]
mod moto;
mod network;
mod services;
mod wire;
