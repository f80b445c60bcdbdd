//! Security groups of all three styles against a second reading of the same rules, packet by packet.

#[cfg(test)]
#[path = "../../../tests/folder/mod.rs"]
mod folder;

use banana_reach::{self as reach, Addresses, Packet, Peer, Peers, Reach, TCP, UDP};
use folder::Folder;
use model::Model;
use proptest::prelude::*;
use stack::{Empty, Program, ResourceId, Stack};
use std::net::{IpAddr, Ipv4Addr};

fn stack(text: String) -> Stack {
    let host = Folder(text);
    let options = stack::Options { path: "/stack".into(), ..stack::Options::default() };
    let program = Program::load(&options, &host);
    assert!(program.reports().is_empty(), "{:?}", program.reports());
    let stack = program.resolve(&Empty);
    assert!(stack.reports.is_empty(), "{:?}", stack.reports);
    stack
}

fn id(stack: &Stack, address: &str) -> Option<ResourceId> {
    let named = |id: &ResourceId| {
        stack.resource(*id).is_some_and(|resource| resource.address.to_string() == address)
    };
    (0..100).map(ResourceId).find(named)
}

/// A rule, before it is written in one of the styles.
#[derive(Clone, Debug)]
struct Rule {
    style: u8,
    protocol: &'static str,
    ports: (u16, u16),
    peer: Who,
}

#[derive(Clone, Debug)]
enum Who {
    Range(u8, u8),
    Other,
    Itself,
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let who = prop_oneof![
        4 => (any::<u8>(), 0..=8u8).prop_map(|(at, len)| Who::Range(at, len)),
        1 => Just(Who::Other),
        1 => Just(Who::Itself),
    ];
    let protocol = prop_oneof![Just("tcp"), Just("6"), Just("udp"), Just("-1"), Just("50")];
    let rule =
        (0..3u8, protocol, (0..4u16, 0..4u16), who).prop_map(|(style, protocol, (a, b), peer)| {
            Rule { style, protocol, ports: (a.min(b), a.max(b)), peer }
        });
    prop::collection::vec(rule, 0..6)
}

/// The last byte of the addresses is the shrunk space.
fn cidr(at: u8, len: u8) -> String {
    let bits = u32::from_be_bytes([9, 9, 9, at]) & (u32::MAX << (8 - u32::from(len)));
    format!("{}/{}", Ipv4Addr::from(bits), 24 + len)
}

fn write(rules: &[Rule]) -> String {
    let written: Vec<(bool, String)> =
        rules.iter().enumerate().map(|(at, rule)| one(at, rule)).collect();
    let part = |inside| {
        written
            .iter()
            .filter(|(i, _)| *i == inside)
            .map(|(_, text)| text.as_str())
            .collect::<String>()
    };
    format!(
        "resource \"aws_security_group\" \"other\" {{}}\nresource \"aws_security_group\" \"it\" {{\n{}}}\n{}",
        part(true),
        part(false)
    )
}

/// A rule in its style, and whether that is inline.
fn one(at: usize, Rule { style, protocol, ports: (from, to), peer }: &Rule) -> (bool, String) {
    // Every protocol has no ports; in the newest style they must not even be written.
    let every = *protocol == "-1";
    let (from, to) = if every { (&0, &0) } else { (from, to) };
    let ports = format!("from_port = {from}\nto_port = {to}\n");
    // The group itself can only be named by a rule of its own.
    let style = if matches!(peer, Who::Itself) { 1 } else { *style };
    let other = "aws_security_group.other.id";
    let peer = match (peer, style) {
        (Who::Range(at, len), 0 | 1) => format!("cidr_blocks = [{:?}]", cidr(*at, *len)),
        (Who::Range(at, len), _) => format!("cidr_ipv4 = {:?}", cidr(*at, *len)),
        (Who::Other, 0) => format!("security_groups = [{other}]"),
        (Who::Other, 1) => format!("source_security_group_id = {other}"),
        (Who::Other, _) => format!("referenced_security_group_id = {other}"),
        (Who::Itself, _) => "self = true".into(),
    };
    let group = "security_group_id = aws_security_group.it.id";
    match style {
        0 => (true, format!("ingress {{\nprotocol = {protocol:?}\n{ports}{peer}\n}}\n")),
        1 => (
            false,
            format!(
                "resource \"aws_security_group_rule\" \"r{at}\" {{\ntype = \"ingress\"\n{group}\nprotocol = {protocol:?}\n{ports}{peer}\n}}\n"
            ),
        ),
        _ => {
            let ports = if every { "" } else { &ports };
            let ty = "aws_vpc_security_group_ingress_rule";
            (
                false,
                format!(
                    "resource {ty:?} \"r{at}\" {{\n{group}\nip_protocol = {protocol:?}\n{ports}{peer}\n}}\n"
                ),
            )
        }
    }
}

/// What the rules mean, straight from their meaning.
fn allowed(rules: &[Rule], peer: Result<u8, bool>, protocol: u8, port: u16) -> bool {
    rules.iter().any(|rule| {
        let service = match rule.protocol {
            "-1" => true,
            "50" => protocol == 50,
            "udp" => protocol == UDP && (rule.ports.0..=rule.ports.1).contains(&port),
            _ => protocol == TCP && (rule.ports.0..=rule.ports.1).contains(&port),
        };
        let who = match (&rule.peer, peer) {
            (Who::Range(at, len), Ok(address)) => {
                let mask = 0xff_u32 << (8 - u32::from(*len));
                u32::from(*at) & mask & 0xff == u32::from(address) & mask & 0xff
            }
            (Who::Other, Err(itself)) => !itself,
            (Who::Itself, Err(itself)) => itself,
            _ => false,
        };
        service && who
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sets_packets_and_meaning_agree(rules in rules()) {
        let stack = stack(write(&rules));
        let model = Model::new(&stack);
        let reach = Reach::new(&model);
        let (it, other) = (id(&stack, "aws_security_group.it").unwrap(), id(&stack, "aws_security_group.other").unwrap());
        let side = &reach.group(it).unwrap().ingress;
        prop_assert_eq!(&side.must, &side.may);
        for (protocol, port) in [TCP, UDP, 50].into_iter().flat_map(|p| (0..5).map(move |q| (p, q))) {
            let peers = side.must.at(protocol).and_then(|ports| ports.at(port)).cloned().unwrap_or_default();
            for last in 0..=255u8 {
                let address = IpAddr::from([9, 9, 9, last]);
                let meant = allowed(&rules, Ok(last), protocol, port);
                prop_assert_eq!(peers.addresses.has(address), meant);
                if last % 16 == 0 {
                    let packet = Packet { peer: Peer::Address(address), protocol, port };
                    prop_assert_eq!(reach::admits(&model, side, &packet), meant);
                }
            }
            for (group, itself) in [(it, true), (other, false)] {
                let meant = allowed(&rules, Err(itself), protocol, port);
                prop_assert_eq!(peers.named.contains(&reach::Name::Group(group)), meant);
                let packet = Packet { peer: Peer::Group(group), protocol, port };
                prop_assert_eq!(reach::admits(&model, side, &packet), meant);
            }
        }
    }
}

#[test]
fn unknown_ranges_bound_from_both_sides() {
    let text = r#"
        resource "aws_eip" "x" {}
        resource "aws_security_group" "open" {
          ingress {
            protocol    = "tcp"
            from_port   = 22
            to_port     = 22
            cidr_blocks = [aws_eip.x.public_ip, "10.0.0.0/8"]
          }
        }
    "#;
    let stack = stack(text.into());
    let model = Model::new(&stack);
    let reach = Reach::new(&model);
    let side = &reach.group(id(&stack, "aws_security_group.open").unwrap()).unwrap().ingress;
    let ten = Peers::addresses(Addresses::parse("10.0.0.0/8").unwrap());
    assert_eq!(side.must.at(TCP).unwrap().at(22), Some(&ten));
    assert_eq!(side.may.at(TCP).unwrap().at(22).unwrap().addresses, Addresses::all());
    assert!(side.must.at(TCP).unwrap().at(23).is_none());
}
