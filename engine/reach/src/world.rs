//! Who opens what to the whole Internet: the ports, and the values that do it.

use crate::security_group::{Rule, RulePeer};
use crate::traffic::{Peers, Ports, open_to_world, traffic};
use crate::{Addresses, Reach};
use stack::{ResourceId, Value};

/// What one resource adds to a group's opening to the world.
#[derive(Debug, Default)]
pub struct Opening<'m, 'a> {
    /// The values that open ports, and which.
    pub certain: Vec<(&'m Rule<'a>, &'m RulePeer<'a>, Ports)>,
    /// Values that may open ports, once they are known: path, value, ports.
    pub possible: Vec<(String, &'a Value, Ports)>,
}

impl<'a> Reach<'a> {
    /// What a group, or a rule of its own, opens to the world. Ranges that only together make up the Internet count all, even
    /// when they are written in different resources.
    pub fn opening(&self, id: ResourceId) -> Opening<'_, 'a> {
        let mut opening = Opening::default();
        let Some(group) = self.group(id) else { return opening };
        for rule in group.ingress.rules.iter().filter(|rule| rule.id == id) {
            for peer in &rule.peers {
                let certain = if rule.resource.symbolic {
                    Ports::default()
                } else {
                    opened(rule, peer, &group.ingress.together)
                };
                let possible = open_to_world(&traffic(&rule.may, &peer.may)).difference(&certain);
                if !certain.is_empty() {
                    opening.certain.push((rule, peer, certain));
                }
                if !possible.is_empty() {
                    opening.possible.push(open_end(rule, peer, possible));
                }
            }
        }
        if self.groups().of(id).is_some_and(|(key, _)| *key == crate::GroupKey::Here(id)) {
            for hole in &group.ingress.holes {
                let all = Ports::everywhere(crate::Set::full());
                opening.possible.push(("ingress".into(), hole, all));
            }
        }
        opening
    }
}

/// The ports that a peer opens: by itself, or with others.
fn opened(rule: &Rule<'_>, peer: &RulePeer<'_>, together: &Ports) -> Ports {
    if peer.is_the_world() {
        return rule.must.clone();
    }
    if peer.must.addresses.intersection(Addresses::internet()).is_empty() {
        return Ports::default();
    }
    rule.must.intersection(together)
}

/// What is not known of a rule that may open ports.
fn open_end<'a>(rule: &Rule<'a>, peer: &RulePeer<'a>, ports: Ports) -> (String, &'a Value, Ports) {
    let unknown_peer = peer.must != peer.may || peer.value.is_unknown();
    if unknown_peer || peer.may == Peers::default() {
        return (format!("{}{}", rule.path, peer.path), peer.value, ports);
    }
    let (crate::RuleSource::Inline { value } | crate::RuleSource::Own { value }) = rule.source;
    let numbers = ["protocol", "ip_protocol", "from_port", "to_port"];
    let unknown = numbers.iter().find(|name| model::field(value, name).is_unknown());
    match unknown {
        Some(name) => (format!("{}{name}", rule.path), model::field(value, name), ports),
        None => (format!("{}{}", rule.path, peer.path), peer.value, ports),
    }
}
