//! `cidrhost`, `cidrnetmask`, `cidrsubnet`, `cidrsubnets`.

use super::call::{int_of, strings};
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Number, Value};
use dashu_int::IBig;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const PREFIX: Parameter = Parameter::new("prefix", Want::String);
const STRING: Returns = Returns::Always(Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("cidrhost", &[PREFIX, Parameter::new("hostnum", Want::Number)], STRING, host)
        .never_null(),
    Function::new("cidrnetmask", &[PREFIX], STRING, netmask).never_null(),
    Function::new(
        "cidrsubnet",
        &[PREFIX, Parameter::new("newbits", Want::Number), Parameter::new("netnum", Want::Number)],
        STRING,
        subnet,
    )
    .never_null(),
    Function::new("cidrsubnets", &[PREFIX], Returns::Always(Want::ListOfString), subnets)
        .rest(Parameter::new("newbits", Want::Number))
        .never_null(),
];

/// A network: its first address as a number, its prefix length, and how many bits addresses have.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Network {
    first: u128,
    length: u32,
    bits: u32,
}

impl Network {
    /// Reads `10.0.0.0/8`; bits after the prefix are dropped. As older Go versions, and so Terraform, read it: leading zeros are
    /// decimal.
    fn read(text: &str) -> Result<Self, Trouble> {
        let wrong = || Trouble::new(format!("`{text}` is not a network such as `10.0.0.0/8`"));
        let (address, length) = text.split_once('/').ok_or_else(wrong)?;
        let digits =
            !length.is_empty() && length.len() <= 4 && length.bytes().all(|b| b.is_ascii_digit());
        let length: u32 = length.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
        let (first, bits) = match address_of(address).ok_or_else(wrong)? {
            IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32),
            IpAddr::V6(v6) => (u128::from(v6), 128),
        };
        if length > bits {
            return Err(wrong());
        }
        Ok(Self { first, length, bits }.masked())
    }

    fn masked(self) -> Self {
        let host = self.bits - self.length;
        let first = self.first.checked_shr(host).and_then(|n| n.checked_shl(host)).unwrap_or(0);
        Self { first, ..self }
    }

    fn address(&self, number: u128) -> IpAddr {
        if self.bits == 32 {
            IpAddr::V4(Ipv4Addr::from(u32::try_from(number & u128::from(u32::MAX)).unwrap_or(0)))
        } else {
            IpAddr::V6(Ipv6Addr::from(number))
        }
    }

    fn text(&self) -> String {
        format!("{}/{}", go_text(self.address(self.first)), self.length)
    }

    /// The last address.
    fn last(&self) -> u128 {
        let host = self.bits - self.length;
        self.first | 1u128.checked_shl(host).map_or(u128::MAX, |n| n - 1)
    }
}

/// Go writes addresses that are IPv4 in disguise with dots alone.
fn go_text(address: IpAddr) -> String {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| v6.to_string(), |v4| v4.to_string()),
        IpAddr::V4(v4) => v4.to_string(),
    }
}

fn address_of(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        let (head, tail) = text.rsplit_once(':')?;
        if !tail.contains('.') {
            return text.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
        }
        let [a, b, c, d] = octets(tail)?;
        let low =
            format!("{head}:{:x}:{:x}", u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        return low.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    octets(text).map(|octets| IpAddr::V4(Ipv4Addr::from(octets)))
}

/// Four decimal numbers, leading zeros allowed.
fn octets(text: &str) -> Option<[u8; 4]> {
    let parts: Option<Vec<u8>> = text
        .split('.')
        .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?)
        .collect();
    parts?.try_into().ok()
}

/// A whole number of any size.
fn whole(call: &Call<'_>, at: usize) -> Result<IBig, Trouble> {
    let number = call.at(at)?.as_number().filter(|n| Number::is_integer(n));
    let digits = number.and_then(Number::integer_digits);
    digits.ok_or_else(|| Trouble::argument(at, "a whole number is required"))
}

fn host(call: &Call<'_>) -> Outcome {
    let number = whole(call, 1)?;
    let network = Network::read(call.str(0)?)?;
    let host = network.bits - network.length;
    let size = IBig::ONE << usize::try_from(host).unwrap_or(128);
    // Negative numbers count from the end.
    let at = if number < IBig::ZERO { &size + &number } else { number.clone() };
    if at < IBig::ZERO || at >= size {
        return Err(
            format!("a prefix of {} bits has no room for host {number}", network.length).into()
        );
    }
    let at = u128::try_from(at).unwrap_or(0);
    Ok(Value::string(go_text(network.address(network.first | at))))
}

fn netmask(call: &Call<'_>) -> Outcome {
    let network = Network::read(call.str(0)?)?;
    if network.bits != 32 {
        return Err("an IPv6 network has no netmask".into());
    }
    let mask = Network { first: u128::from(u32::MAX), ..network }.masked();
    Ok(Value::string(mask.address(mask.first).to_string()))
}

fn subnet(call: &Call<'_>) -> Outcome {
    let new_bits = call.int(1)?;
    let number = whole(call, 2).map_err(|t| t.message)?;
    let network = Network::read(call.str(0)?)?;
    let length = i64::from(network.length) + new_bits;
    let length = u32::try_from(length).ok().filter(|length| *length <= network.bits);
    let Some(length) = length else {
        let message = format!("a prefix of {} bits cannot grow by {new_bits}", network.length);
        return Err(message.into());
    };
    // A shorter prefix takes any number, as long as the address has room for it.
    let room = usize::try_from(new_bits).unwrap_or(length as usize);
    if number < IBig::ZERO || number >= IBig::ONE << room {
        return Err(format!("{new_bits} more bits have no room for subnet {number}").into());
    }
    let offset =
        u128::try_from(number).unwrap_or(0).checked_shl(network.bits - length).unwrap_or(0);
    let subnet = Network { first: network.first | offset, length, ..network };
    Ok(Value::string(subnet.text()))
}

fn subnets(call: &Call<'_>) -> Outcome {
    let network = Network::read(call.str(0)?).map_err(|t| Trouble { argument: Some(0), ..t })?;
    let mut free = Some(network.first);
    let mut found = Vec::new();
    for (at, argument) in call.arguments.iter().enumerate().skip(1) {
        let new_bits = int_of(argument, at)?;
        let wrong = |message: String| Trouble::argument(at, message);
        let new_bits = u32::try_from(new_bits)
            .ok()
            .filter(|bits| (1..=32).contains(bits))
            .ok_or_else(|| wrong("a prefix can grow by 1 to 32 bits".into()))?;
        let length = network.length + new_bits;
        if length > network.bits {
            return Err(wrong(format!("{length} bits are too long for a prefix")));
        }
        let full = || wrong(format!("no room is left for a prefix of {length} bits"));
        // The next multiple of the size that is free.
        let host = network.bits - length;
        let size = 1u128.checked_shl(host).ok_or_else(full)?;
        let start = free.and_then(|free| free.checked_next_multiple_of(size)).ok_or_else(full)?;
        let subnet = Network { first: start, length, ..network };
        if start > network.last() {
            return Err(full());
        }
        free = subnet.last().checked_add(1);
        found.push(subnet.text());
    }
    Ok(strings(found))
}
