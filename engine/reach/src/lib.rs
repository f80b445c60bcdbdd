//! Proofs: what can reach what, exactly, without a solver.

mod addresses;
mod balancer;
mod concrete;
pub mod iam;
mod layers;
mod reach;
mod route;
mod security_group;
mod traffic;
mod world;

pub use addresses::Addresses;
pub use balancer::{Balancers, balancers, listeners};
pub use concrete::{admits, rule_admits};
pub use layers::{Layers, Point, Region, Run, Set};
pub use reach::{Egress, Exposure, Reach};
pub use route::{Gateway, Hop, Prefix, Routes, Table, TableKey, TableOf};
pub use security_group::{Group, GroupKey, Groups, Rule, RulePeer, RuleSource, Side, group_target};
pub use traffic::{
    ICMP, ICMPV6, Name, Packet, Peer, Peers, Ports, TCP, Traffic, UDP, describe, is_every_protocol,
    open_to_world, ports_where, protocol_name, protocol_number, traffic,
};
