//! What the traffic of a service touches: its load balancer, its log groups, the NAT gateways.

use super::super::service::Units;
use crate::bill::{Bill, decimal, written};
use crate::capacity;
use model::{
    Attr, CloudwatchLogGroup, EcsService, EcsTaskDefinition, Lb, LbListener, LbListenerRule,
    LbTargetGroup, ListenerAction, NatGateway,
};
use rust_decimal::prelude::ToPrimitive;
use stack::ResourceId;

/// The resources that a service's traffic is billed at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched {
    /// The load balancer that its requests come through.
    pub(crate) balancer: Option<ResourceId>,
    /// It faces the Internet, and what goes out through it is billed.
    pub(crate) public_balancer: bool,
    /// Where its containers write.
    pub(crate) log_groups: Vec<ResourceId>,
    /// Public NAT gateways of the stack, when its tasks have no public address.
    pub(crate) nat_gateways: Vec<ResourceId>,
    /// Its tasks have public addresses.
    pub(crate) public_tasks: bool,
}

/// How the load balancer treats the service.
pub(super) struct Balancer {
    pub(super) units: Units,
    pub(super) rules: f64,
    /// Seconds that a task drains.
    pub(super) drain: u32,
}

/// Rules that a request is held against without charge.
const FREE_RULES: usize = 10;
/// Deregistration delay of a target group that says none.
const DRAIN: u32 = 300;
/// How long a container has to stop when it says nothing.
const STOP: u32 = 30;

pub(super) fn read<'a>(
    service: &EcsService<'a>,
    definition: &EcsTaskDefinition<'a>,
    bill: &Bill<'_, 'a>,
    notes: &mut Vec<String>,
) -> (Touched, Balancer) {
    let model = bill.model;
    let network = service.network_configuration.known();
    let public_tasks = network.is_some_and(|n| matches!(n.assign_public_ip, Attr::Known(true, _)));
    let private =
        |nat: &&NatGateway<'_>| !matches!(nat.connectivity_type, Attr::Known("private", _));
    let nats = model.all::<NatGateway<'_>>().iter().filter(private).map(|nat| nat.id);
    let nats: Vec<ResourceId> = if public_tasks { Vec::new() } else { nats.collect() };
    if nats.len() > 1 {
        notes.push(format!("its {} NAT gateways share what its tasks move", nats.len()));
    }
    let mut touched = Touched {
        log_groups: log_groups(definition, bill),
        nat_gateways: nats,
        public_tasks,
        ..Touched::default()
    };
    let none = Units {
        new: f64::INFINITY,
        active: f64::INFINITY,
        bytes: f64::INFINITY,
        rules: f64::INFINITY,
    };
    let mut balancer = Balancer { units: none, rules: 0.0, drain: STOP };
    let Some(group) = service
        .load_balancer
        .elements()
        .iter()
        .filter_map(Attr::known)
        .find_map(|block| model.of::<LbTargetGroup<'_>, _>(&block.target_group_arn).here())
    else {
        return (touched, balancer);
    };
    let delay = decimal(written(group.resource, "deregistration_delay"));
    balancer.drain = delay.and_then(|s| s.to_u32()).filter(|s| *s <= 3600).unwrap_or(DRAIN);
    let Some((listener, lb)) = listener(group, bill) else {
        notes.push("no listener of the stack forwards to its target group".into());
        return (touched, balancer);
    };
    let rules = model.all::<LbListenerRule<'_>>().iter();
    let rules = rules.filter(|rule| model.names(rule.listener_arn.value(), listener) == Some(true));
    #[expect(clippy::cast_precision_loss, reason = "a listener has few rules")]
    let beyond = rules.count().saturating_sub(FREE_RULES) as f64;
    balancer.rules = beyond;
    balancer.units = units(lb, bill);
    touched.balancer = Some(lb.id);
    touched.public_balancer = !matches!(lb.internal, Attr::Known(true, _));
    (touched, balancer)
}

/// What makes a unit of a load balancer.
fn units(lb: &Lb<'_>, bill: &Bill<'_, '_>) -> Units {
    let kind = match &lb.load_balancer_type {
        Attr::Known("network", _) => "Network",
        _ => "Application",
    };
    let unit = capacity::unit(kind, lb, bill);
    Units {
        new: unit.new.into(),
        active: unit.active.into(),
        bytes: unit.gb.into(),
        rules: unit.rules.map_or(f64::INFINITY, f64::from),
    }
}

/// The listener that sends requests to a target group, by itself or by a rule, and its load balancer.
fn listener<'m, 'a>(
    group: &LbTargetGroup<'a>,
    bill: &Bill<'m, 'a>,
) -> Option<(&'m LbListener<'a>, &'m Lb<'a>)> {
    let model = bill.model;
    let forwards = |actions: &Attr<'a, Vec<Attr<'a, ListenerAction<'a>>>>| {
        actions.elements().iter().filter_map(Attr::known).any(|action| {
            let several = action.forward.known().map(|forward| forward.target_group.elements());
            let several = several.unwrap_or_default().iter().filter_map(Attr::known);
            several
                .map(|target| target.arn.value())
                .chain([action.target_group_arn.value()])
                .any(|arn| model.names(arn, group) == Some(true))
        })
    };
    let by_itself = model.all::<LbListener<'_>>().iter().find(|it| forwards(&it.default_action));
    let by_rule = || {
        let rule = model.all::<LbListenerRule<'_>>().iter().find(|rule| forwards(&rule.action))?;
        model.of::<LbListener<'_>, _>(&rule.listener_arn).here()
    };
    let listener = by_itself.or_else(by_rule)?;
    Some((listener, model.of::<Lb<'_>, _>(&listener.load_balancer_arn).here()?))
}

/// The log groups that its containers write to by `awslogs`.
fn log_groups<'a>(definition: &EcsTaskDefinition<'a>, bill: &Bill<'_, 'a>) -> Vec<ResourceId> {
    let named = |name: &str| bill.model.called("aws_cloudwatch_log_group", name);
    let mut groups: Vec<ResourceId> = definition
        .container_definitions
        .elements()
        .iter()
        .filter_map(Attr::known)
        .filter_map(|container| container.log_configuration.known())
        .filter_map(|log| log.option("awslogs-group").known().and_then(|name| named(name)))
        .collect();
    if groups.is_empty() {
        let all = bill.model.all::<CloudwatchLogGroup<'_>>().iter().map(|group| group.id);
        let edges = &definition.resource.edges;
        groups.extend(all.filter(|id| edges.iter().any(|edge| edge.to == *id)));
    }
    groups.sort();
    groups.dedup();
    groups
}
