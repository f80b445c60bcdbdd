//! Route tables: which one a subnet has, and where it sends what.

use crate::{Addresses, Layers};
use model::{
    Attr, DefaultRouteTable, EgressOnlyInternetGateway, InlineRoute, InternetGateway,
    MainRouteTableAssociation, Model, NatGateway, Route, RouteTable, RouteTableAssociation, Subnet,
    Target, Vpc, is_written, named,
};
use stack::{Origin, Resource, ResourceId, Value};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Which route table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKey {
    /// One that this stack makes.
    Here(ResourceId),
    /// The one that a VPC of this stack comes with.
    Default(ResourceId),
}

/// Where a route leads.
#[derive(Clone, Copy, Debug)]
pub enum Gateway<'a> {
    /// Within the VPC.
    Local,
    /// To the Internet and back: an Internet gateway.
    Internet,
    /// Out through a public NAT gateway, which stands in the subnet.
    Nat(Option<ResourceId>),
    /// IPv6 out, no way in.
    EgressOnly,
    /// Out of what the stack tells: its kind.
    Other(&'static str),
    /// Not known.
    Unknown(&'a Value),
}

/// A route.
#[derive(Clone, Debug)]
pub struct Hop<'a> {
    /// The instance it is written in.
    pub resource: &'a Resource,
    /// Where in it: `route[0].gateway_id`.
    pub path: String,
    /// The value that names the gateway.
    pub value: &'a Value,
    /// Its destination, as written; `None` for a prefix list or what is not known.
    pub destination: Option<Prefix>,
    /// Where it leads.
    pub gateway: Gateway<'a>,
}

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix(pub ipnet::IpNet);

/// A route table.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// The instance, when it has one.
    pub resource: Option<&'a Resource>,
    /// Its routes whose destination is known.
    pub hops: Vec<Hop<'a>>,
    /// Its routes whose destination is not known.
    pub open: Vec<Hop<'a>>,
    /// Parts that are not known and may hold any route.
    pub holes: Vec<&'a Value>,
}

impl<'a> Table<'a> {
    /// The routes by destination: the longest prefix wins. Values index [`Table::hops`].
    pub fn by_destination(&self) -> (Layers<u32, usize>, Layers<u128, usize>) {
        let mut order: Vec<(u8, usize)> = self
            .hops
            .iter()
            .enumerate()
            .filter_map(|(at, hop)| Some((hop.destination?.0.prefix_len(), at)))
            .collect();
        order.sort_unstable();
        order.into_iter().fold((Layers::default(), Layers::default()), |(v4, v6), (_, at)| {
            let Some(to) = self.hops.get(at).and_then(|hop| hop.destination) else {
                return (v4, v6);
            };
            let to = Addresses::of(to.0);
            (v4.overlay(&to.v4.with(&at)), v6.overlay(&to.v6.with(&at)))
        })
    }

    /// The route that a packet takes, found one by one: what the sets are checked with.
    pub fn route(&self, to: IpAddr) -> Option<&Hop<'a>> {
        self.hops
            .iter()
            .filter_map(|hop| Some((hop, hop.destination?.0)))
            .filter(|(_, net)| net.contains(&to))
            .max_by_key(|(_, net)| net.prefix_len())
            .map(|(hop, _)| hop)
    }

    /// An address of the Internet that a route of this kind carries, with that route.
    pub fn carries(&self, kind: impl Fn(&Gateway<'a>) -> bool) -> Option<(IpAddr, &Hop<'a>)> {
        let (v4, v6) = self.by_destination();
        let internet = Addresses::internet();
        let is = |at: &usize| self.hops.get(*at).is_some_and(|hop| kind(&hop.gateway));
        let to = Addresses {
            v4: v4.points(is).intersection(&internet.v4),
            v6: v6.points(is).intersection(&internet.v6),
        };
        let to = to.first()?;
        // The other evaluator must say the same, or there is no proof.
        self.route(to).filter(|hop| kind(&hop.gateway)).map(|hop| (to, hop))
    }

    /// True when routes of this kind carry all of the IPv4 Internet.
    pub fn carries_all(&self, kind: impl Fn(&Gateway<'a>) -> bool) -> bool {
        let (v4, _) = self.by_destination();
        let is = |at: &usize| self.hops.get(*at).is_some_and(|hop| kind(&hop.gateway));
        v4.points(is).contains(&Addresses::internet().v4)
    }

    /// What keeps an answer about one kind of gateway open: a route to who knows what, a route of that kind from who knows
    /// where, or a part that may hold any route.
    pub fn unknown(&self, kind: impl Fn(&Gateway<'a>) -> bool) -> Option<&'a Value> {
        let to = self.hops.iter().chain(&self.open).find_map(|hop| match hop.gateway {
            Gateway::Unknown(value) => Some(value),
            _ => None,
        });
        let from = || self.open.iter().find(|hop| kind(&hop.gateway)).map(|hop| hop.value);
        to.or_else(from).or_else(|| self.holes.first().copied())
    }
}

/// The route table of a subnet.
#[derive(Clone, Copy, Debug)]
pub enum TableOf<'m, 'a> {
    /// This one.
    Here(&'m Table<'a>),
    /// Not in this stack, or not known: why.
    Unknown(&'a Value),
}

/// Every route table, and who has which.
#[derive(Debug, Default)]
pub struct Routes<'a> {
    tables: BTreeMap<TableKey, Table<'a>>,
    explicit: BTreeMap<ResourceId, Result<TableKey, &'a Value>>,
    main: BTreeMap<ResourceId, Result<TableKey, &'a Value>>,
    /// Associations of a subnet that is not known: it may be any.
    stray: Vec<&'a Value>,
}

impl<'a> Routes<'a> {
    /// Reads them all.
    pub fn new(model: &Model<'a>) -> Self {
        let mut routes = Self::default();
        for vpc in model.all::<Vpc>() {
            routes.tables.insert(TableKey::Default(vpc.id), Table::default());
        }
        for table in model.all::<RouteTable>() {
            let key = TableKey::Here(table.id);
            routes.inline(model, key, table.resource, &table.route, &table.propagating_vgws);
        }
        for table in model.all::<DefaultRouteTable>() {
            if let Ok(key) = routes.key(model, table.default_route_table_id.value()) {
                routes.inline(model, key, table.resource, &table.route, &table.propagating_vgws);
            }
        }
        for main in model.all::<MainRouteTableAssociation>() {
            if let Target::Here(vpc) = model.target::<Vpc>(main.vpc_id.value()) {
                let table = routes.key(model, main.route_table_id.value());
                routes.main.insert(vpc.id, table);
            }
        }
        for route in model.all::<Route>() {
            if let Ok(key) = routes.key(model, route.route_table_id.value()) {
                routes.own(model, key, route);
            }
        }
        for association in model.all::<RouteTableAssociation>() {
            let subnet = association.subnet_id.value();
            match model.target::<Subnet>(subnet) {
                Target::Here(subnet) => {
                    let table = routes.key(model, association.route_table_id.value());
                    routes.explicit.insert(subnet.id, table);
                }
                Target::Unknown(value) => routes.stray.push(value),
                Target::Elsewhere(_) | Target::Nothing(_) => {}
            }
        }
        routes
    }

    /// The route table of a subnet: its own, else its VPC's main one.
    pub fn of(&self, model: &Model<'a>, subnet: &Subnet<'a>) -> TableOf<'_, 'a> {
        match self.key_of(model, subnet) {
            Ok(key) => match self.tables.get(&key) {
                Some(table) => TableOf::Here(table),
                None => TableOf::Unknown(subnet.vpc_id.value()),
            },
            Err(value) => TableOf::Unknown(value),
        }
    }

    /// Which route table a subnet has; what keeps it unknown when it is.
    pub fn key_of(&self, model: &Model<'a>, subnet: &Subnet<'a>) -> Result<TableKey, &'a Value> {
        if let Some(explicit) = self.explicit.get(&subnet.id) {
            return *explicit;
        }
        if let Some(stray) = self.stray.first() {
            return Err(stray);
        }
        match model.target::<Vpc>(subnet.vpc_id.value()) {
            Target::Here(vpc) => self.main_of(vpc.id),
            _ => Err(subnet.vpc_id.value()),
        }
    }

    fn main_of(&self, vpc: ResourceId) -> Result<TableKey, &'a Value> {
        self.main.get(&vpc).copied().unwrap_or(Ok(TableKey::Default(vpc)))
    }

    /// The table that a value names; the value itself when it is not one of this stack.
    pub fn key(&self, model: &Model<'a>, value: &'a Value) -> Result<TableKey, &'a Value> {
        if let Target::Here(table) = model.target::<RouteTable>(value) {
            return Ok(TableKey::Here(table.id));
        }
        if let Target::Here(table) = model.target::<DefaultRouteTable>(value) {
            return self.key(model, table.default_route_table_id.value());
        }
        let Some((address, attribute)) = value.as_unknown().and_then(|u| named(&u.origin)) else {
            return Err(value);
        };
        let Some(vpc) = model.stack().find(address).and_then(|id| model.get::<Vpc>(id)) else {
            return Err(value);
        };
        match attribute {
            "default_route_table_id" => Ok(TableKey::Default(vpc.id)),
            "main_route_table_id" => self.main_of(vpc.id),
            _ => Err(value),
        }
    }

    fn inline(
        &mut self,
        model: &Model<'a>,
        key: TableKey,
        resource: &'a Resource,
        routes: &Attr<'a, Vec<Attr<'a, InlineRoute<'a>>>>,
        propagating: &Attr<'a, Vec<Attr<'a, &'a str>>>,
    ) {
        let table = self.tables.entry(key).or_default();
        table.resource = Some(resource);
        // Both are computed when they are not written: there are then no inline routes.
        if propagating.has_unknown() && is_written(resource, "propagating_vgws") {
            table.holes.push(propagating.value());
        }
        if !is_written(resource, "route") {
            return;
        }
        match routes {
            Attr::Known(routes, _) => {
                for (at, route) in routes.iter().enumerate() {
                    match route {
                        Attr::Known(route, _) => {
                            let path = format!("route[{at}].");
                            let destination = [&route.cidr_block, &route.ipv6_cidr_block];
                            let list = &route.destination_prefix_list_id;
                            let gateways = gateways(route);
                            table.add(model, resource, &path, destination, list, &gateways);
                        }
                        Attr::Unknown(value) => table.holes.push(value),
                        Attr::Null(_) => {}
                    }
                }
            }
            Attr::Unknown(value) => table.holes.push(value),
            Attr::Null(_) => {}
        }
    }

    fn own(&mut self, model: &Model<'a>, key: TableKey, route: &Route<'a>) {
        let table = self.tables.entry(key).or_default();
        if route.resource.symbolic {
            table.holes.push(&route.resource.value);
            return;
        }
        let destination = [&route.destination_cidr_block, &route.destination_ipv6_cidr_block];
        let list = &route.destination_prefix_list_id;
        let gateways = own_gateways(route);
        table.add(model, route.resource, "", destination, list, &gateways);
    }
}

/// An attribute that may name a gateway, with its name.
type Named<'m, 'a> = (&'static str, &'m Attr<'a, &'a str>);

/// The gateway attributes of an inline route.
fn gateways<'m, 'a>(route: &'m InlineRoute<'a>) -> [Named<'m, 'a>; 10] {
    [
        ("gateway_id", &route.gateway_id),
        ("nat_gateway_id", &route.nat_gateway_id),
        ("egress_only_gateway_id", &route.egress_only_gateway_id),
        ("transit_gateway_id", &route.transit_gateway_id),
        ("vpc_peering_connection_id", &route.vpc_peering_connection_id),
        ("vpc_endpoint_id", &route.vpc_endpoint_id),
        ("network_interface_id", &route.network_interface_id),
        ("carrier_gateway_id", &route.carrier_gateway_id),
        ("local_gateway_id", &route.local_gateway_id),
        ("core_network_arn", &route.core_network_arn),
    ]
}

/// The gateway attributes of a route of its own.
fn own_gateways<'m, 'a>(route: &'m Route<'a>) -> [Named<'m, 'a>; 10] {
    [
        ("gateway_id", &route.gateway_id),
        ("nat_gateway_id", &route.nat_gateway_id),
        ("egress_only_gateway_id", &route.egress_only_gateway_id),
        ("transit_gateway_id", &route.transit_gateway_id),
        ("vpc_peering_connection_id", &route.vpc_peering_connection_id),
        ("vpc_endpoint_id", &route.vpc_endpoint_id),
        ("network_interface_id", &route.network_interface_id),
        ("carrier_gateway_id", &route.carrier_gateway_id),
        ("local_gateway_id", &route.local_gateway_id),
        ("core_network_arn", &route.core_network_arn),
    ]
}

impl<'a> Table<'a> {
    fn add(
        &mut self,
        model: &Model<'a>,
        resource: &'a Resource,
        path: &str,
        destination: [&Attr<'a, &'a str>; 2],
        list: &Attr<'a, &'a str>,
        gateways: &[Named<'_, 'a>],
    ) {
        let written = |attr: &Attr<'a, &'a str>| !attr.is_null() && attr.known() != Some(&"");
        let own = |attr: &Attr<'a, &'a str>| computed(resource, attr.value());
        // A written gateway goes before one that the provider only fills in.
        let set = gateways.iter().find(|(_, attr)| written(attr) && !own(attr));
        let Some((name, attr)) = set else { return };
        let gateway = gateway(model, name, attr.value());
        let known = destination
            .iter()
            .find_map(|attr| attr.known()?.trim().parse().ok())
            .map(|net: ipnet::IpNet| Prefix(net.trunc()));
        let (path, value) = (format!("{path}{name}"), attr.value());
        let hop = Hop { resource, path, value, destination: known, gateway };
        if let Some(unknown) = destination.iter().find(|attr| attr.is_unknown()) {
            self.open.push(Hop { value: unknown.value(), ..hop });
        } else if known.is_some() || written(list) {
            self.hops.push(hop);
        }
    }
}

/// True when AWS will choose the value: it is unknown by the instance's own word.
fn computed(resource: &Resource, value: &Value) -> bool {
    let Some(unknown) = value.as_unknown() else { return false };
    matches!(&unknown.origin, Origin::Resource { address, .. } if **address == *resource.address)
}

/// What stands behind a gateway attribute.
fn gateway<'a>(model: &Model<'a>, name: &str, value: &'a Value) -> Gateway<'a> {
    let sure = value.is_not_null()
        || matches!(value.as_unknown().map(|u| &u.origin), Some(Origin::Resource { .. }));
    if !sure {
        return Gateway::Unknown(value);
    }
    match name {
        "gateway_id" => internet_gateway(model, value),
        "nat_gateway_id" => match model.target::<NatGateway>(value) {
            Target::Here(nat) => match nat.connectivity_type.known() {
                Some(&"private") => Gateway::Other("a private NAT gateway"),
                _ => Gateway::Nat(Some(nat.id)),
            },
            _ => Gateway::Nat(None),
        },
        "egress_only_gateway_id" => Gateway::EgressOnly,
        "transit_gateway_id" => Gateway::Other("a transit gateway"),
        "vpc_peering_connection_id" => Gateway::Other("a peering connection"),
        "vpc_endpoint_id" => Gateway::Other("a gateway load balancer endpoint"),
        "network_interface_id" => Gateway::Other("a network interface"),
        "carrier_gateway_id" => Gateway::Other("a carrier gateway"),
        "local_gateway_id" => Gateway::Other("an outpost's local gateway"),
        _ => Gateway::Other("a core network"),
    }
}

/// `gateway_id` names an Internet gateway, a virtual private gateway, or the VPC itself.
fn internet_gateway<'a>(model: &Model<'a>, value: &'a Value) -> Gateway<'a> {
    if model.target::<InternetGateway>(value).here().is_some() {
        return Gateway::Internet;
    }
    if model.target::<EgressOnlyInternetGateway>(value).here().is_some() {
        return Gateway::EgressOnly;
    }
    if let Some(text) = value.as_str() {
        return match text {
            "local" => Gateway::Local,
            _ if text.starts_with("igw-") => Gateway::Internet,
            _ if text.starts_with("vgw-") => Gateway::Other("a virtual private gateway"),
            _ => Gateway::Unknown(value),
        };
    }
    let Some((address, attribute)) = value.as_unknown().and_then(|u| named(&u.origin)) else {
        return Gateway::Unknown(value);
    };
    match (address.ty.as_str(), attribute) {
        ("aws_internet_gateway", "id" | "internet_gateway_id") => Gateway::Internet,
        ("aws_vpn_gateway", "id") => Gateway::Other("a virtual private gateway"),
        ("aws_vpc_endpoint", _) => Gateway::Other("a gateway load balancer endpoint"),
        _ => Gateway::Unknown(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use stack::{Address, Key, Mode, ModulePath};
    use std::sync::Arc;

    fn resource() -> Resource {
        Resource {
            address: Arc::new(Address {
                module: ModulePath::default(),
                mode: Mode::Managed,
                ty: "aws_route_table".into(),
                name: "t".into(),
                key: Key::None,
            }),
            value: Value::object([] as [(&str, Value); 0]),
            config: Value::object([] as [(&str, Value); 0]),
            header: syntax::Span::default(),
            block: syntax::Span::default(),
            edges: Vec::new(),
            lifecycle: stack::Lifecycle::default(),
            provisioners: Vec::new(),
            provider: 0,
            symbolic: false,
            repetition: None,
        }
    }

    proptest! {
        /// The sets say of every address what the one-by-one walk says.
        #[test]
        fn longest_prefix(routes in prop::collection::vec((any::<u8>(), 0..=8u8), 0..8)) {
            let resource = resource();
            let mut table = Table::default();
            for (at, len) in routes {
                // Eight bits of addresses, in the last byte of a 24-bit prefix.
                let text = format!("9.9.9.{at}/{}", 24 + len);
                let net: ipnet::IpNet = text.parse().unwrap();
                let destination = Some(Prefix(net.trunc()));
                if table.hops.iter().any(|hop: &Hop| hop.destination == destination) {
                    continue; // EC2 refuses a second route to the same place.
                }
                table.hops.push(Hop {
                    resource: &resource,
                    path: table.hops.len().to_string(),
                    value: &model::ABSENT,
                    destination,
                    gateway: Gateway::Local,
                });
            }
            let (v4, _) = table.by_destination();
            for last in 0..=255u8 {
                let address = std::net::Ipv4Addr::new(9, 9, 9, last);
                let walked = table.route(address.into()).map(|hop| hop.path.clone());
                let looked_up = v4.at(u32::from(address)).map(usize::to_string);
                prop_assert_eq!(walked, looked_up);
            }
            prop_assert!(v4.at(0).is_none());
        }
    }
}
