//! One packet against rules as they are written: no sets, no bounds. What the proofs are checked with.

use crate::security_group::{Rule, RuleSource, Side, group_target};
use crate::traffic::{
    ICMP, ICMPV6, Name, Packet, Peer, TCP, UDP, is_every_protocol, protocol_number,
};
use ipnet::IpNet;
use model::{Ec2ManagedPrefixList, Model, Target, field};
use stack::Value;

/// True when one of the rules certainly lets the packet through.
pub fn admits<'a>(model: &Model<'a>, side: &Side<'a>, packet: &Packet) -> bool {
    side.rules.iter().any(|rule| rule_admits(model, rule, packet))
}

/// True when the rule certainly lets the packet through.
pub fn rule_admits<'a>(model: &Model<'a>, rule: &Rule<'a>, packet: &Packet) -> bool {
    let (RuleSource::Inline { value } | RuleSource::Own { value }) = rule.source;
    !rule.resource.symbolic && service(value, packet) && peer(model, rule, value, packet)
}

/// Protocol and port.
fn service(rule: &Value, packet: &Packet) -> bool {
    let protocol = ["protocol", "ip_protocol"].iter().find_map(|name| field(rule, name).as_str());
    let Some(protocol) = protocol else { return false };
    if is_every_protocol(protocol) {
        return true;
    }
    if protocol_number(protocol) != Some(packet.protocol) {
        return false;
    }
    let (from, to) = (field(rule, "from_port"), field(rule, "to_port"));
    if from.is_unknown() || to.is_unknown() {
        return false;
    }
    let (from, to) = (from.as_i64(), to.as_i64());
    match packet.protocol {
        TCP | UDP => {
            from == Some(-1)
                || (from.or(to).unwrap_or(0)..=to.or(from).unwrap_or(65535))
                    .contains(&i64::from(packet.port))
        }
        ICMP | ICMPV6 => {
            let [kind, code] = packet.port.to_be_bytes().map(i64::from);
            matches!(from, None | Some(-1))
                || (from == Some(kind) && (matches!(to, None | Some(-1)) || to == Some(code)))
        }
        _ => true,
    }
}

fn peer<'a>(model: &Model<'a>, rule: &Rule<'a>, value: &'a Value, packet: &Packet) -> bool {
    let all = |names: &[&str]| {
        names
            .iter()
            .flat_map(|name| {
                let attribute = field(value, name);
                attribute.as_slice().unwrap_or(std::slice::from_ref(attribute))
            })
            .collect::<Vec<&'a Value>>()
    };
    match packet.peer {
        Peer::Address(address) => {
            let holds = |cidr: &Value| {
                let net = cidr.as_str().and_then(|text| text.trim().parse::<IpNet>().ok());
                net.is_some_and(|net| net.contains(&address))
            };
            all(&["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"])
                .into_iter()
                .any(holds)
                || all(&["prefix_list_ids", "prefix_list_id"]).into_iter().any(|list| {
                    match model.target::<Ec2ManagedPrefixList>(list) {
                        Target::Here(list) => field(&list.resource.value, "entry")
                            .elements()
                            .any(|entry| holds(field(entry, "cidr"))),
                        _ => false,
                    }
                })
        }
        Peer::Group(id) => {
            let names =
                ["security_groups", "source_security_group_id", "referenced_security_group_id"];
            let own = field(value, "self").as_bool() == Some(true) && rule.group == Some(id);
            own || all(&names)
                .into_iter()
                .any(|group| group_target(model, group) == Some(Name::Group(id)))
        }
    }
}
