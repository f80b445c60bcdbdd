//! Sets of IP addresses, and what counts as the Internet.

use crate::{Region, Set};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// A set of IPv4 and IPv6 addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Addresses {
    /// IPv4.
    pub v4: Set<u32>,
    /// IPv6.
    pub v6: Set<u128>,
}

/// Ranges that no packet from the Internet can come from: those that the IANA registry of special IPv4 addresses
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>) calls not globally reachable, and multicast.
const NOT_GLOBAL: [([u8; 4], u8); 14] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Global unicast IPv6: `2000::/3` (RFC 4291, section 2.4), less the range for documentation (RFC 3849).
const GLOBAL_V6: ([u16; 8], u8) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);
const DOCUMENTATION_V6: ([u16; 8], u8) = ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32);

impl Addresses {
    /// Every address.
    pub fn all() -> Self {
        Self { v4: Set::full(), v6: Set::full() }
    }

    /// Every address that a packet from the Internet may have.
    pub fn internet() -> &'static Self {
        static INTERNET: LazyLock<Addresses> = LazyLock::new(Addresses::global);
        &INTERNET
    }

    fn global() -> Self {
        let v4 = NOT_GLOBAL
            .iter()
            .map(|(at, len)| prefix_v4(Ipv4Addr::from(*at), *len))
            .fold(Set::full(), |all, special| all.difference(&special));
        let v6 = |(at, len): ([u16; 8], u8)| prefix_v6(Ipv6Addr::from(at), len);
        Self { v4, v6: v6(GLOBAL_V6).difference(&v6(DOCUMENTATION_V6)) }
    }

    /// The addresses of a range in CIDR notation; host bits are ignored as EC2 does. `None` when it is none.
    pub fn parse(cidr: &str) -> Option<Self> {
        cidr.trim().parse().ok().map(Self::of)
    }

    /// The addresses of a range.
    pub fn of(net: IpNet) -> Self {
        match net {
            IpNet::V4(net) => Self { v4: net_v4(net), v6: Set::default() },
            IpNet::V6(net) => Self { v4: Set::default(), v6: net_v6(net) },
        }
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// True when every IPv4 address of the Internet, or every IPv6 one, is in.
    pub fn covers_internet(&self) -> bool {
        let internet = Self::internet();
        self.v4.contains(&internet.v4) || self.v6.contains(&internet.v6)
    }

    /// True when the address is in.
    pub fn has(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(v4) => self.v4.has(u32::from(v4)),
            IpAddr::V6(v6) => self.v6.has(u128::from(v6)),
        }
    }

    /// An address of the set.
    pub fn first(&self) -> Option<IpAddr> {
        let v4 = self.v4.first().map(|bits| IpAddr::V4(Ipv4Addr::from(bits)));
        v4.or_else(|| self.v6.first().map(|bits| IpAddr::V6(Ipv6Addr::from(bits))))
    }

    /// Both together.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self { v4: self.v4.union(&other.v4), v6: self.v6.union(&other.v6) }
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self { v4: self.v4.intersection(&other.v4), v6: self.v6.intersection(&other.v6) }
    }

    /// What is here and not there.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self { v4: self.v4.difference(&other.v4), v6: self.v6.difference(&other.v6) }
    }
}

impl Region for Addresses {
    fn union(&self, other: &Self) -> Self {
        self.union(other)
    }
    fn intersection(&self, other: &Self) -> Option<Self> {
        Some(self.intersection(other)).filter(|region| !region.is_empty())
    }
    fn difference(&self, other: &Self) -> Option<Self> {
        Some(self.difference(other)).filter(|region| !region.is_empty())
    }
}

fn net_v4(net: Ipv4Net) -> Set<u32> {
    Set::range(u32::from(net.network()), u32::from(net.broadcast()))
}

fn net_v6(net: Ipv6Net) -> Set<u128> {
    Set::range(u128::from(net.network()), u128::from(net.broadcast()))
}

fn prefix_v4(at: Ipv4Addr, len: u8) -> Set<u32> {
    Ipv4Net::new(at, len).map(net_v4).unwrap_or_default()
}

fn prefix_v6(at: Ipv6Addr, len: u8) -> Set<u128> {
    Ipv6Net::new(at, len).map(net_v6).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(cidrs: &[&str]) -> Addresses {
        cidrs
            .iter()
            .map(|cidr| Addresses::parse(cidr).unwrap())
            .fold(Addresses::default(), |all, one| all.union(&one))
    }

    #[test]
    fn spellings_of_the_internet() {
        for cidrs in [
            &["0.0.0.0/0"][..],
            &["0.0.0.0/1", "128.0.0.0/1"],
            &["::/0"],
            &["0:0:0:0:0:0:0:0/0"],
            &["::/1", "8000::/1"],
            &["2000::/3"],
            &["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/3"],
        ] {
            assert!(set(cidrs).covers_internet(), "{cidrs:?}");
        }
        for cidrs in [&["10.0.0.0/8"][..], &["0.0.0.0/1"], &["8.8.8.8/32"], &["fd00::/8"], &[]] {
            assert!(!set(cidrs).covers_internet(), "{cidrs:?}");
        }
    }

    #[test]
    fn the_internet_is_what_the_registry_says() {
        let internet = Addresses::internet();
        for (address, global) in [
            ("8.8.8.8", true),
            ("1.0.0.0", true),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("100.128.0.1", true),
            ("172.32.0.1", true),
            ("223.255.255.255", true),
            ("255.255.255.255", false),
            ("2600::1", true),
            ("2001:db8::1", false),
            ("fe80::1", false),
        ] {
            assert_eq!(internet.has(address.parse().unwrap()), global, "{address}");
        }
    }
}
