//! What a filter lets through: protocols x ports x peers.

use crate::{Addresses, Layers, Region, Set};
use stack::{ResourceId, Str};
use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

/// TCP's number (IANA protocol numbers).
pub const TCP: u8 = 6;
/// UDP's number.
pub const UDP: u8 = 17;
/// ICMP's number.
pub const ICMP: u8 = 1;
/// The number of ICMP for IPv6.
pub const ICMPV6: u8 = 58;

/// Ports by protocol. For ICMP a port is `type * 256 + code`; protocols without ports have all of them or none.
pub type Ports = Layers<u8, Set<u16>>;

/// Peers by port by protocol.
pub type Traffic = Layers<u8, Layers<u16, Peers>>;

/// Who is at the other end. Names stand for sets of addresses that the text does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Peers {
    /// By address.
    pub addresses: Addresses,
    /// By name.
    pub named: BTreeSet<Name>,
}

/// Peers by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// The members of a security group of this stack.
    Group(ResourceId),
    /// The members of a security group elsewhere.
    OtherGroup(Str),
    /// A prefix list whose entries are not in this stack.
    List(Str),
    /// An address range that is not known yet, but certain to be small: a VPC's, or one with a long prefix.
    Range(Str),
    /// A security group that is not known yet.
    Unknown,
}

impl Peers {
    /// Peers by address.
    pub fn addresses(addresses: Addresses) -> Self {
        Self { addresses, named: BTreeSet::new() }
    }

    /// Peers by name.
    pub fn named(name: Name) -> Self {
        Self { addresses: Addresses::default(), named: BTreeSet::from([name]) }
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty() && self.named.is_empty()
    }
}

impl Region for Peers {
    fn union(&self, other: &Self) -> Self {
        Self {
            addresses: self.addresses.union(&other.addresses),
            named: &self.named | &other.named,
        }
    }
    fn intersection(&self, other: &Self) -> Option<Self> {
        let both = Self {
            addresses: self.addresses.intersection(&other.addresses),
            named: &self.named & &other.named,
        };
        (!both.is_empty()).then_some(both)
    }
    fn difference(&self, other: &Self) -> Option<Self> {
        let rest = Self {
            addresses: self.addresses.difference(&other.addresses),
            named: &self.named - &other.named,
        };
        (!rest.is_empty()).then_some(rest)
    }
}

/// `ports` from `peers`.
pub fn traffic(ports: &Ports, peers: &Peers) -> Traffic {
    if peers.is_empty() {
        return Traffic::default();
    }
    ports.filter_map(|ports| Some(ports.with(peers)))
}

/// The ports at which the peers pass.
pub fn ports_where(traffic: &Traffic, mut pass: impl FnMut(&Peers) -> bool) -> Ports {
    let mut out = Ports::default();
    for run in traffic.runs() {
        let ports = run.value.points(&mut pass);
        if !ports.is_empty() {
            out = out.union(&Ports::run(run.first, run.last, ports));
        }
    }
    out
}

/// The ports that the whole Internet may use.
pub fn open_to_world(traffic: &Traffic) -> Ports {
    ports_where(traffic, |peers| peers.addresses.covers_internet())
}

/// The number of a protocol by name or number; `None` for `-1`, which is all of them, and for what is no protocol.
pub fn protocol_number(text: &str) -> Option<u8> {
    match text.to_ascii_lowercase().as_str() {
        "tcp" => Some(TCP),
        "udp" => Some(UDP),
        "icmp" => Some(ICMP),
        "icmpv6" => Some(ICMPV6),
        number => number.parse().ok(),
    }
}

/// True for the spellings of "every protocol".
pub fn is_every_protocol(text: &str) -> bool {
    text == "-1" || text.eq_ignore_ascii_case("all")
}

/// One packet, as a proof: this one gets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The other end.
    pub peer: Peer,
    /// IANA protocol number.
    pub protocol: u8,
    /// Destination port; for ICMP `type * 256 + code`.
    pub port: u16,
}

/// The other end of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// An address.
    Address(IpAddr),
    /// A member of a security group of this stack.
    Group(ResourceId),
}

impl Packet {
    /// A packet of the traffic whose address is one of `from`.
    pub fn of(traffic: &Traffic, ports: &Ports, from: &Addresses) -> Option<Self> {
        ports.runs().iter().find_map(|run| {
            let port = run.value.first()?;
            let peers = traffic.at(run.first)?.at(port)?;
            let peer = Peer::Address(peers.addresses.intersection(from).first()?);
            Some(Self { peer, protocol: run.first, port })
        })
    }
}

impl fmt::Display for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.protocol {
            ICMP | ICMPV6 => {
                let [kind, code] = self.port.to_be_bytes();
                write!(f, "{} type {kind} code {code}", protocol_name(self.protocol))?;
            }
            protocol => write!(f, "{} port {}", protocol_name(protocol), self.port)?,
        }
        match self.peer {
            Peer::Address(address) => write!(f, " from {address}"),
            Peer::Group(_) => f.write_str(" from a member of the group"),
        }
    }
}

/// What people call a protocol.
pub fn protocol_name(number: u8) -> String {
    match number {
        TCP => "tcp".into(),
        UDP => "udp".into(),
        ICMP => "icmp".into(),
        ICMPV6 => "icmpv6".into(),
        other => format!("protocol {other}"),
    }
}

/// Ports for people: `every protocol and port`, `tcp 22, 3389`, `tcp 0-65535 and udp 53`.
pub fn describe(ports: &Ports) -> String {
    if ports.runs().iter().all(|run| run.value.is_full())
        && matches!(ports.runs(), [run] if run.first == u8::MIN && run.last == u8::MAX)
    {
        return "every protocol and port".into();
    }
    let mut words = Vec::new();
    for run in ports.runs() {
        let name = if run.first == run.last {
            protocol_name(run.first)
        } else {
            format!("protocols {}-{}", run.first, run.last)
        };
        let ranges: Vec<String> = match run.first {
            _ if run.value.is_full() => vec!["all ports".into()],
            ICMP | ICMPV6 => vec!["some types".into()],
            _ => run.value.runs().iter().map(|r| range(r.first, r.last)).collect(),
        };
        match run.first {
            ICMP | ICMPV6 if run.value.is_full() => words.push(name),
            _ => words.push(format!("{name} {}", ranges.join(", "))),
        }
    }
    words.join(" and ")
}

fn range(first: u16, last: u16) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_for_people() {
        let tcp = |a, b| Ports::run(TCP, TCP, Set::range(a, b));
        assert_eq!(describe(&Ports::everywhere(Set::full())), "every protocol and port");
        assert_eq!(describe(&tcp(22, 22).union(&tcp(3389, 3389))), "tcp 22, 3389");
        let dns = Ports::run(UDP, UDP, Set::one(53));
        assert_eq!(describe(&tcp(0, u16::MAX).union(&dns)), "tcp all ports and udp 53");
        assert_eq!(describe(&Ports::run(ICMP, ICMP, Set::full())), "icmp");
    }

    #[test]
    fn protocols_by_name_and_number() {
        for (text, number) in
            [("tcp", Some(6)), ("6", Some(6)), ("TCP", Some(6)), ("50", Some(50)), ("-1", None)]
        {
            assert_eq!(protocol_number(text), number, "{text}");
        }
        assert!(is_every_protocol("-1") && is_every_protocol("all") && !is_every_protocol("1"));
    }
}
