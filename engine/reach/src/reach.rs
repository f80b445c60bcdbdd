//! The questions: is a subnet public, has it a way out, what may the Internet talk to.

use crate::route::{Gateway, Hop, Routes, Table, TableOf};
use crate::security_group::{Group, Groups};
use model::{Model, NatGateway, Subnet, Target};
use stack::{ResourceId, Value};
use std::net::IpAddr;

/// Everything that answers need, read once.
#[derive(Debug)]
pub struct Reach<'a> {
    groups: Groups<'a>,
    routes: Routes<'a>,
}

/// Whether a subnet is public: some of the Internet is routed to it and from it through an Internet gateway.
#[derive(Clone, Copy, Debug)]
pub enum Exposure<'m, 'a> {
    /// It is: an address of the Internet, and the route that carries it.
    Public(IpAddr, &'m Hop<'a>),
    /// It is not: the table that has no such route.
    Private(&'m Table<'a>),
    /// Not known, because of this.
    Unknown(&'a Value),
}

/// The way from a subnet to the Internet's IPv4 addresses for something without a public address.
#[derive(Clone, Copy, Debug)]
pub enum Egress<'m, 'a> {
    /// Through a NAT gateway, by this route.
    Nat(&'m Hop<'a>),
    /// Through something that the stack does not tell the rest of: its kind.
    Other(&'m Hop<'a>, &'static str),
    /// None: the table that lacks the route; with the NAT gateway's route when it leads nowhere, since the gateway's own
    /// subnet is not public.
    None(&'m Table<'a>, Option<&'m Hop<'a>>),
    /// Not known, because of this.
    Unknown(&'a Value),
}

impl<'a> Reach<'a> {
    /// Reads security groups and routes.
    pub fn new(model: &Model<'a>) -> Self {
        Self { groups: Groups::new(model), routes: Routes::new(model) }
    }

    /// Security groups.
    pub fn groups(&self) -> &Groups<'a> {
        &self.groups
    }

    /// Route tables.
    pub fn routes(&self) -> &Routes<'a> {
        &self.routes
    }

    /// The group that an instance is or belongs to.
    pub fn group(&self, id: ResourceId) -> Option<&Group<'a>> {
        self.groups.of(id).map(|(_, group)| group)
    }

    /// Is the subnet public?
    pub fn exposure(&self, model: &Model<'a>, subnet: &Subnet<'a>) -> Exposure<'_, 'a> {
        let table = match self.routes.of(model, subnet) {
            TableOf::Here(table) => table,
            TableOf::Unknown(value) => return Exposure::Unknown(value),
        };
        if let Some((to, hop)) = table.carries(|gateway| matches!(gateway, Gateway::Internet)) {
            return Exposure::Public(to, hop);
        }
        match table.unknown(|gateway| matches!(gateway, Gateway::Internet)) {
            Some(value) => Exposure::Unknown(value),
            None => Exposure::Private(table),
        }
    }

    /// How does something in the subnet, without a public address, reach the Internet?
    pub fn egress(&self, model: &Model<'a>, subnet: &Subnet<'a>) -> Egress<'_, 'a> {
        let table = match self.routes.of(model, subnet) {
            TableOf::Here(table) => table,
            TableOf::Unknown(value) => return Egress::Unknown(value),
        };
        let nat = |gateway: &Gateway<'a>| matches!(gateway, Gateway::Nat(_));
        if table.carries_all(nat)
            && let Some((_, hop)) = table.carries(nat)
        {
            return self.behind(model, table, hop);
        }
        let other = |gateway: &Gateway<'a>| matches!(gateway, Gateway::Nat(_) | Gateway::Other(_));
        if table.carries_all(other)
            && let Some((_, hop)) = table.carries(|g| matches!(g, Gateway::Other(_)))
            && let Gateway::Other(kind) = hop.gateway
        {
            return Egress::Other(hop, kind);
        }
        match table.unknown(other) {
            Some(value) => Egress::Unknown(value),
            None => Egress::None(table, None),
        }
    }

    /// A NAT gateway only works from a public subnet.
    fn behind<'m>(
        &'m self,
        model: &Model<'a>,
        table: &'m Table<'a>,
        hop: &'m Hop<'a>,
    ) -> Egress<'m, 'a> {
        let Gateway::Nat(Some(nat)) = hop.gateway else { return Egress::Nat(hop) };
        let Some(nat) = model.get::<NatGateway>(nat) else { return Egress::Nat(hop) };
        match model.target::<Subnet>(nat.subnet_id.value()) {
            Target::Here(subnet) => match self.exposure(model, subnet) {
                Exposure::Public(..) => Egress::Nat(hop),
                Exposure::Private(_) => Egress::None(table, Some(hop)),
                Exposure::Unknown(value) => Egress::Unknown(value),
            },
            _ => Egress::Nat(hop),
        }
    }
}
