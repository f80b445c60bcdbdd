//! Security groups as exact sets, whichever of Terraform's three styles their rules are written in.

use crate::traffic::{
    ICMP, ICMPV6, Name, Peers, Ports, TCP, Traffic, UDP, is_every_protocol, open_to_world,
    protocol_number, traffic,
};
use crate::{Addresses, Set};
use model::{
    Attr, DefaultSecurityGroup, Ec2ManagedPrefixList, InlineRule, Model, SecurityGroup,
    SecurityGroupRule, Target, Vpc, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule, field,
    is_written, named,
};
use stack::{Mode, Resource, ResourceId, Str, Value};
use std::collections::BTreeMap;

/// Which group a rule belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// A group of this stack.
    Here(ResourceId),
    /// A group elsewhere, by id or by the data source that finds it.
    Elsewhere(Str),
    /// Not known which: the rule is judged by itself.
    Alone(ResourceId),
}

/// A security group.
#[derive(Debug, Default)]
pub struct Group<'a> {
    /// What may come in.
    pub ingress: Side<'a>,
    /// What may go out.
    pub egress: Side<'a>,
}

/// One direction of a group.
#[derive(Debug, Default)]
pub struct Side<'a> {
    /// Its rules.
    pub rules: Vec<Rule<'a>>,
    /// Parts that are not known and may hold any rule.
    pub holes: Vec<&'a Value>,
    /// What certainly gets through.
    pub must: Traffic,
    /// What may get through, if every unknown turns out so.
    pub may: Traffic,
    /// Ports that are open to the world by several ranges together, and by none alone.
    pub together: Ports,
}

/// A rule: ports for some peers.
#[derive(Debug)]
pub struct Rule<'a> {
    /// The instance it is written in.
    pub resource: &'a Resource,
    /// That instance's id.
    pub id: ResourceId,
    /// The group it belongs to, when this stack makes that.
    pub group: Option<ResourceId>,
    /// Where in it: `ingress[0].`, or nothing.
    pub path: String,
    /// As it was read.
    pub source: RuleSource<'a>,
    /// Ports it certainly speaks of.
    pub must: Ports,
    /// Ports it may speak of.
    pub may: Ports,
    /// Its peers, each with the value that names them.
    pub peers: Vec<RulePeer<'a>>,
}

/// A rule as it was read.
#[derive(Clone, Copy, Debug)]
pub enum RuleSource<'a> {
    /// Inline.
    Inline {
        /// The whole block.
        value: &'a Value,
    },
    /// `aws_security_group_rule`, `aws_vpc_security_group_ingress_rule`, `aws_vpc_security_group_egress_rule`
    Own {
        /// The whole resource.
        value: &'a Value,
    },
}

/// Some peers of a rule.
#[derive(Debug)]
pub struct RulePeer<'a> {
    /// Where: `cidr_blocks[0]`.
    pub path: String,
    /// The value that names them.
    pub value: &'a Value,
    /// Who they certainly are.
    pub must: Peers,
    /// Who they may be.
    pub may: Peers,
}

impl RulePeer<'_> {
    /// True when it certainly is the whole Internet.
    pub fn is_the_world(&self) -> bool {
        self.must.addresses.covers_internet()
    }
}

impl Rule<'_> {
    /// What it certainly lets through. Nothing when it is not known whether the rule exists.
    pub fn must(&self) -> Traffic {
        if self.resource.symbolic {
            return Traffic::default();
        }
        self.peers
            .iter()
            .fold(Traffic::default(), |all, peer| all.union(&traffic(&self.must, &peer.must)))
    }

    /// What it may let through.
    pub fn may(&self) -> Traffic {
        self.peers
            .iter()
            .fold(Traffic::default(), |all, peer| all.union(&traffic(&self.may, &peer.may)))
    }
}

/// Every group that the stack makes or adds rules to.
#[derive(Debug, Default)]
pub struct Groups<'a> {
    groups: BTreeMap<GroupKey, Group<'a>>,
    owner: BTreeMap<ResourceId, GroupKey>,
}

impl<'a> Groups<'a> {
    /// Reads them all.
    pub fn new(model: &Model<'a>) -> Self {
        let mut groups = Self::default();
        for group in model.all::<SecurityGroup>() {
            groups.inline(model, group.id, group.resource, &group.ingress, &group.egress);
        }
        for group in model.all::<DefaultSecurityGroup>() {
            groups.inline(model, group.id, group.resource, &group.ingress, &group.egress);
        }
        for rule in model.all::<SecurityGroupRule>() {
            groups.own(model, rule.id, &rule.security_group_id, |key| {
                (rule.kind.known().copied(), own_rule(model, rule, key))
            });
        }
        for rule in model.all::<VpcSecurityGroupIngressRule>() {
            groups.own(model, rule.id, &rule.security_group_id, |_| {
                let (must, may) = ports(&rule.ip_protocol, &rule.from_port, &rule.to_port);
                let peers = single_peers(
                    model,
                    &rule.cidr_ipv4,
                    &rule.cidr_ipv6,
                    &rule.prefix_list_id,
                    &rule.referenced_security_group_id,
                );
                (Some("ingress"), Rule::own(rule.id, rule.resource, must, may, peers))
            });
        }
        for rule in model.all::<VpcSecurityGroupEgressRule>() {
            groups.own(model, rule.id, &rule.security_group_id, |_| {
                let (must, may) = ports(&rule.ip_protocol, &rule.from_port, &rule.to_port);
                let peers = single_peers(
                    model,
                    &rule.cidr_ipv4,
                    &rule.cidr_ipv6,
                    &rule.prefix_list_id,
                    &rule.referenced_security_group_id,
                );
                (Some("egress"), Rule::own(rule.id, rule.resource, must, may, peers))
            });
        }
        for group in groups.groups.values_mut() {
            group.ingress.sum();
            group.egress.sum();
        }
        groups
    }

    /// A group by key.
    pub fn get(&self, key: &GroupKey) -> Option<&Group<'a>> {
        self.groups.get(key)
    }

    /// The group that an instance is, or that a rule belongs to.
    pub fn of(&self, id: ResourceId) -> Option<(&GroupKey, &Group<'a>)> {
        let key = self.owner.get(&id)?;
        Some((key, self.groups.get(key)?))
    }

    fn inline(
        &mut self,
        model: &Model<'a>,
        id: ResourceId,
        resource: &'a Resource,
        ingress: &Attr<'a, Vec<Attr<'a, InlineRule<'a>>>>,
        egress: &Attr<'a, Vec<Attr<'a, InlineRule<'a>>>>,
    ) {
        let key = GroupKey::Here(id);
        let group = self.groups.entry(key.clone()).or_default();
        group.ingress.read(model, id, resource, "ingress", ingress);
        group.egress.read(model, id, resource, "egress", egress);
        self.owner.insert(id, key);
    }

    fn own(
        &mut self,
        model: &Model<'a>,
        id: ResourceId,
        group: &Attr<'a, &'a str>,
        rule: impl FnOnce(&GroupKey) -> (Option<&'a str>, Rule<'a>),
    ) {
        let key = match group_target(model, group.value()) {
            Some(Name::Group(group)) => GroupKey::Here(group),
            Some(Name::OtherGroup(name)) => GroupKey::Elsewhere(name),
            _ => GroupKey::Alone(id),
        };
        let (direction, mut rule) = rule(&key);
        if let GroupKey::Here(group) = key {
            rule.group = Some(group);
        }
        let group = self.groups.entry(key.clone()).or_default();
        match direction {
            Some("egress") => group.egress.rules.push(rule),
            Some(_) => group.ingress.rules.push(rule),
            None => group.ingress.holes.push(&rule.resource.value),
        }
        self.owner.insert(id, key);
    }
}

impl<'a> Side<'a> {
    fn read(
        &mut self,
        model: &Model<'a>,
        id: ResourceId,
        resource: &'a Resource,
        direction: &str,
        rules: &Attr<'a, Vec<Attr<'a, InlineRule<'a>>>>,
    ) {
        // The attribute is computed when it is not written: the rules then are those of rule resources, and no others.
        if !is_written(resource, direction) {
            return;
        }
        match rules {
            Attr::Known(rules, _) => {
                for (at, rule) in rules.iter().enumerate() {
                    match rule {
                        Attr::Known(rule, value) => {
                            let path = format!("{direction}[{at}].");
                            self.rules.push(inline_rule(model, id, resource, path, rule, value));
                        }
                        Attr::Unknown(value) => self.holes.push(value),
                        Attr::Null(_) => {}
                    }
                }
            }
            Attr::Unknown(value) => self.holes.push(value),
            Attr::Null(_) => {}
        }
    }

    fn sum(&mut self) {
        let add = |all: Traffic, one: Traffic| all.union(&one);
        self.must = self.rules.iter().map(Rule::must).fold(Traffic::default(), add);
        self.may = self.rules.iter().map(Rule::may).fold(Traffic::default(), add);
        let alone = self
            .rules
            .iter()
            .filter(|rule| !rule.resource.symbolic && rule.peers.iter().any(RulePeer::is_the_world))
            .fold(Ports::default(), |all, rule| all.union(&rule.must));
        self.together = open_to_world(&self.must).difference(&alone);
        if !self.holes.is_empty() {
            let anybody = Peers {
                addresses: Addresses::all(),
                named: std::collections::BTreeSet::from([Name::Unknown]),
            };
            self.may = self.may.union(&traffic(&Ports::everywhere(Set::full()), &anybody));
        }
    }
}

impl<'a> Rule<'a> {
    fn own(
        id: ResourceId,
        resource: &'a Resource,
        must: Ports,
        may: Ports,
        peers: Vec<RulePeer<'a>>,
    ) -> Self {
        let source = RuleSource::Own { value: &resource.value };
        Self { resource, id, group: None, path: String::new(), source, must, may, peers }
    }
}

fn inline_rule<'a>(
    model: &Model<'a>,
    id: ResourceId,
    resource: &'a Resource,
    path: String,
    rule: &InlineRule<'a>,
    value: &'a Value,
) -> Rule<'a> {
    let (must, may) = ports(&rule.protocol, &rule.from_port, &rule.to_port);
    let mut peers = Vec::new();
    list(&mut peers, "cidr_blocks", &rule.cidr_blocks, cidr);
    list(&mut peers, "ipv6_cidr_blocks", &rule.ipv6_cidr_blocks, cidr);
    list(&mut peers, "prefix_list_ids", &rule.prefix_list_ids, |a| prefix_list(model, a));
    list(&mut peers, "security_groups", &rule.security_groups, |a| group(model, a));
    itself(&mut peers, &rule.self_, Name::Group(id));
    let source = RuleSource::Inline { value };
    Rule { resource, id, group: Some(id), path, source, must, may, peers }
}

fn own_rule<'a>(model: &Model<'a>, rule: &SecurityGroupRule<'a>, key: &GroupKey) -> Rule<'a> {
    let (must, may) = ports(&rule.protocol, &rule.from_port, &rule.to_port);
    let mut peers = Vec::new();
    list(&mut peers, "cidr_blocks", &rule.cidr_blocks, cidr);
    list(&mut peers, "ipv6_cidr_blocks", &rule.ipv6_cidr_blocks, cidr);
    list(&mut peers, "prefix_list_ids", &rule.prefix_list_ids, |a| prefix_list(model, a));
    // Computed when it is not written: with `self` it becomes the group's own id.
    if is_written(rule.resource, "source_security_group_id") {
        let path = "source_security_group_id";
        one(&mut peers, path, &rule.source_security_group_id, |a| group(model, a));
    }
    let own = match key {
        GroupKey::Here(id) => Name::Group(*id),
        GroupKey::Elsewhere(name) => Name::OtherGroup(name.clone()),
        GroupKey::Alone(_) => Name::Unknown,
    };
    itself(&mut peers, &rule.self_, own);
    Rule::own(rule.id, rule.resource, must, may, peers)
}

fn single_peers<'a>(
    model: &Model<'a>,
    cidr_ipv4: &Attr<'a, &'a str>,
    cidr_ipv6: &Attr<'a, &'a str>,
    list_id: &Attr<'a, &'a str>,
    group_id: &Attr<'a, &'a str>,
) -> Vec<RulePeer<'a>> {
    let mut peers = Vec::new();
    one(&mut peers, "cidr_ipv4", cidr_ipv4, cidr);
    one(&mut peers, "cidr_ipv6", cidr_ipv6, cidr);
    one(&mut peers, "prefix_list_id", list_id, |a| prefix_list(model, a));
    one(&mut peers, "referenced_security_group_id", group_id, |a| group(model, a));
    peers
}

/// Certain and possible peers.
type Bounds = (Peers, Peers);

fn list<'a>(
    peers: &mut Vec<RulePeer<'a>>,
    name: &str,
    attr: &Attr<'a, Vec<Attr<'a, &'a str>>>,
    read: impl Fn(&Attr<'a, &'a str>) -> Bounds,
) {
    match attr {
        Attr::Known(all, _) => {
            for (at, element) in all.iter().enumerate() {
                one(peers, &format!("{name}[{at}]"), element, &read);
            }
        }
        Attr::Unknown(value) => one(peers, name, &Attr::Unknown(value), read),
        Attr::Null(_) => {}
    }
}

fn one<'a>(
    peers: &mut Vec<RulePeer<'a>>,
    path: &str,
    attr: &Attr<'a, &'a str>,
    read: impl Fn(&Attr<'a, &'a str>) -> Bounds,
) {
    if attr.is_null() || attr.known() == Some(&"") {
        return;
    }
    let (must, may) = read(attr);
    peers.push(RulePeer { path: path.into(), value: attr.value(), must, may });
}

fn itself<'a>(peers: &mut Vec<RulePeer<'a>>, attr: &Attr<'a, bool>, own: Name) {
    let own = Peers::named(own);
    let must = match attr {
        Attr::Known(true, _) => own.clone(),
        Attr::Unknown(_) => Peers::default(),
        _ => return,
    };
    peers.push(RulePeer { path: "self".into(), value: attr.value(), must, may: own });
}

/// A range. One that is not known may be any, unless what it is made of says that it is small.
fn cidr(attr: &Attr<'_, &str>) -> Bounds {
    if let Some(name) = small_range(attr.value()) {
        let peers = Peers::named(Name::Range(name));
        return (peers.clone(), peers);
    }
    match attr.known().and_then(|text| Addresses::parse(text)) {
        Some(addresses) => {
            let peers = Peers::addresses(addresses);
            (peers.clone(), peers)
        }
        None => (Peers::default(), Peers::addresses(Addresses::all())),
    }
}

/// The name of a range that is not known and yet certain to be small: what a VPC or subnet has, or text that ends in a prefix
/// length of eight bits or more, such as `"${aws_eip.office.public_ip}/32"`.
fn small_range(value: &Value) -> Option<Str> {
    let unknown = value.as_unknown()?;
    if let Some((address, "cidr_block" | "ipv6_cidr_block")) = named(&unknown.origin)
        && matches!(address.ty.as_str(), "aws_vpc" | "aws_default_vpc" | "aws_subnet")
    {
        return Some(label(value));
    }
    let (_, length) = unknown.refinement.suffix.rsplit_once('/')?;
    length.parse::<u8>().is_ok_and(|bits| bits >= 8).then(|| label(value))
}

/// A prefix list: its entries, when this stack makes it; a name, when AWS keeps it; else it may hold any range.
fn prefix_list<'a>(model: &Model<'a>, attr: &Attr<'a, &'a str>) -> Bounds {
    let value = attr.value();
    if let Target::Here(list) = model.target::<Ec2ManagedPrefixList>(value) {
        let mut bounds = Bounds::default();
        if list.entry.is_unknown() {
            bounds.1 = Peers::addresses(Addresses::all());
        }
        for entry in list.entry.elements() {
            let (must, may) = match entry {
                Attr::Known(entry, _) => cidr(&entry.cidr),
                Attr::Null(_) => continue,
                Attr::Unknown(value) => cidr(&Attr::Unknown(value)),
            };
            bounds = (union(&bounds.0, &must), union(&bounds.1, &may));
        }
        return bounds;
    }
    let name = Peers::named(Name::List(label(value)));
    if kept_by_aws(model, value) {
        return (name.clone(), name);
    }
    let may = union(&name, &Peers::addresses(Addresses::all()));
    (name, may)
}

fn union(a: &Peers, b: &Peers) -> Peers {
    crate::Region::union(a, b)
}

/// True for the lists that AWS keeps, which hold addresses of one of its services: looked up by a name that starts with
/// `com.amazonaws.`, or asked of a gateway endpoint.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html>
fn kept_by_aws(model: &Model<'_>, value: &Value) -> bool {
    let Some((address, attribute)) = value.as_unknown().and_then(|u| named(&u.origin)) else {
        return false;
    };
    if address.mode == Mode::Managed {
        return address.ty == "aws_vpc_endpoint" && attribute == "prefix_list_id";
    }
    let stack = model.stack();
    stack.find(address).and_then(|id| stack.resource(id)).is_some_and(|data| {
        let name = field(&data.config, "name").as_str();
        name.is_some_and(|name| name.starts_with("com.amazonaws."))
    })
}

/// The members of a group.
fn group<'a>(model: &Model<'a>, attr: &Attr<'a, &'a str>) -> Bounds {
    match group_target(model, attr.value()) {
        Some(name) => {
            let peers = Peers::named(name);
            (peers.clone(), peers)
        }
        None => (Peers::default(), Peers::named(Name::Unknown)),
    }
}

/// The group that a value names.
pub fn group_target<'a>(model: &Model<'a>, value: &'a Value) -> Option<Name> {
    if let Target::Here(group) = model.target::<DefaultSecurityGroup>(value) {
        return Some(Name::Group(group.id));
    }
    if let Some(text) = value.as_str() {
        // A peer's group is written account/group.
        let id = model.refers(value).filter(|id| {
            model.get::<SecurityGroup>(*id).is_some()
                || model.get::<DefaultSecurityGroup>(*id).is_some()
        });
        return Some(id.map_or_else(|| Name::OtherGroup(text.into()), Name::Group));
    }
    if let Some(name) = default_group(model, value) {
        return Some(name);
    }
    match model.target::<SecurityGroup>(value) {
        Target::Here(group) => Some(Name::Group(group.id)),
        Target::Elsewhere(value) => Some(Name::OtherGroup(label(value))),
        Target::Unknown(_) | Target::Nothing(_) => None,
    }
}

/// `aws_vpc.x.default_security_group_id`: the adopted group, when the stack adopts it.
fn default_group<'a>(model: &Model<'a>, value: &'a Value) -> Option<Name> {
    let (address, attribute) = named(&value.as_unknown()?.origin)?;
    if attribute != "default_security_group_id" {
        return None;
    }
    let vpc = model.stack().find(address)?;
    let adopted = model.all::<DefaultSecurityGroup>().iter().find(|group| {
        model.target::<Vpc>(group.vpc_id.value()).here().is_some_and(|found| found.id == vpc)
    });
    Some(adopted.map_or_else(|| Name::OtherGroup(label(value)), |group| Name::Group(group.id)))
}

/// What a value names, for people and as a key.
fn label(value: &Value) -> Str {
    if let Some(text) = value.as_str() {
        return text.into();
    }
    match value.as_unknown().and_then(|unknown| named(&unknown.origin)) {
        Some((address, attribute)) => format!("{address}.{attribute}").into(),
        None => "unknown".into(),
    }
}

/// Certain and possible ports of a rule.
fn ports(protocol: &Attr<'_, &str>, from: &Attr<'_, i64>, to: &Attr<'_, i64>) -> (Ports, Ports) {
    let all = Ports::everywhere(Set::full());
    let Some(text) = protocol.known() else {
        // Whatever the protocol turns out to be, TCP and UDP keep to the ports.
        let (_, tcp) = port_range(from, to);
        let numbered = Set::one(TCP).union(&Set::one(UDP));
        let may = all.overlay(&numbered.with(&tcp));
        return (Ports::default(), may.filter_map(|set| (!set.is_empty()).then(|| set.clone())));
    };
    if is_every_protocol(text) {
        return (all.clone(), all);
    }
    let Some(number) = protocol_number(text) else { return (Ports::default(), all) };
    let (must, may) = match number {
        TCP | UDP => port_range(from, to),
        ICMP | ICMPV6 => types(from, to),
        _ => (Set::full(), Set::full()),
    };
    let only = |set: Set<u16>| {
        if set.is_empty() { Ports::default() } else { Ports::run(number, number, set) }
    };
    (only(must), only(may))
}

fn port_range(from: &Attr<'_, i64>, to: &Attr<'_, i64>) -> (Set<u16>, Set<u16>) {
    if from.is_unknown() || to.is_unknown() {
        let low = from.known().map_or(0, |n| clamp(*n));
        let high = to.known().map_or(u16::MAX, |n| clamp(*n));
        return (Set::default(), Set::range(low, high));
    }
    match (from.known(), to.known()) {
        (Some(-1), _) | (None, None) => (Set::full(), Set::full()),
        (from, to) => {
            let low = from.or(to).map_or(0, |n| clamp(*n));
            let high = to.or(from).map_or(u16::MAX, |n| clamp(*n));
            let set = Set::range(low, high);
            (set.clone(), set)
        }
    }
}

/// ICMP: the first number is a type, the second a code; -1 stands for all.
fn types(kind: &Attr<'_, i64>, code: &Attr<'_, i64>) -> (Set<u16>, Set<u16>) {
    if kind.is_unknown() || code.is_unknown() {
        return (Set::default(), Set::full());
    }
    let set = match (kind.known(), code.known()) {
        (None | Some(-1), _) => Set::full(),
        (Some(kind), None | Some(-1)) => Set::range(icmp(*kind, 0), icmp(*kind, 255)),
        (Some(kind), Some(code)) => Set::one(icmp(*kind, *code)),
    };
    (set.clone(), set)
}

fn icmp(kind: i64, code: i64) -> u16 {
    let byte = |n: i64| u8::try_from(n.clamp(0, 255)).unwrap_or(u8::MAX);
    u16::from_be_bytes([byte(kind), byte(code)])
}

fn clamp(port: i64) -> u16 {
    u16::try_from(port.clamp(0, i64::from(u16::MAX))).unwrap_or(u16::MAX)
}
