//! The room against AWS doubles: moto over the real SDK for each resource type, and raw sockets for what goes wrong on the wire.

#[cfg(test)]
mod balancing;
#[cfg(test)]
mod cloud;
#[cfg(test)]
#[path = "../../../../tests/moto/server.rs"]
mod moto;
#[cfg(test)]
mod network;
#[cfg(test)]
mod prices;
#[cfg(test)]
mod services;
#[cfg(test)]
mod signed;
#[cfg(test)]
mod signed_types;
#[cfg(test)]
mod wire;
