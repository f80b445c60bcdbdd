//! The services of a stack as the engine takes them: limits and policies of autoscaling, and the resources that their traffic touches.

mod limits;
mod policies;
mod schedule;
mod traffic;

use super::service::Service;
use super::triangular::Triangular;
use crate::bill::Bill;
use crate::fargate::Size;
use crate::launch::{Launch, Share, launch};
use crate::usage::Usage;
pub(crate) use limits::Limits;
use model::{Attr, EcsService, EcsTaskDefinition, Model};
use rust_decimal::prelude::ToPrimitive;
use stack::{ResourceId, Str};
use syntax::Report;
pub(crate) use traffic::Touched;

/// A service that can be simulated.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: ResourceId,
    pub(crate) service: Service,
    /// The tasks of the service, as far as they are known.
    pub(crate) limits: Limits,
    pub(crate) touched: Touched,
    /// What of it is simulated otherwise than AWS does it, or not at all.
    pub(crate) notes: Vec<String>,
}

/// What became of a service.
pub(crate) enum Finding {
    /// It can be simulated.
    Found(Box<Found>),
    /// It cannot, and why.
    Not(String),
    /// It is written wrongly.
    Wrong(Vec<Report>),
}

/// Reads a service. Inputs that are known only later (times of starts) are set to nothing.
pub(crate) fn read<'a>(
    service: &EcsService<'a>,
    model: &Model<'a>,
    usage: &Usage,
    region: Str,
) -> Finding {
    let bill = Bill::new(model, usage, service.id, service.resource, region);
    if service.resource.symbolic {
        return Finding::Not("how many instances there are is not known yet".into());
    }
    let shares = match launch(service, &bill) {
        Launch::Fargate(shares) => shares,
        Launch::Elsewhere(why) | Launch::Unknown(why) => return Finding::Not(why),
    };
    let Some(definition) = model.of::<EcsTaskDefinition<'_>, _>(&service.task_definition).here()
    else {
        return Finding::Not("its task definition is not known".into());
    };
    let size = match Size::of(definition) {
        Ok(size) => size,
        Err(why) => return Finding::Not(format!("{why} of {}", definition.resource.address)),
    };
    let (limits, target) = match limits::read(service, &bill) {
        Ok(limits) => limits,
        Err(finding) => return finding,
    };
    let mut notes = Vec::new();
    let scaling = target.map_or_else(policies::Policies::default, |target| {
        policies::read(target, model, &mut notes)
    });
    let scheduled = match target.map(|target| schedule::read(target, model, &mut notes)) {
        Some(Err(reports)) => return Finding::Wrong(reports),
        Some(Ok(scheduled)) => scheduled,
        None => Vec::new(),
    };
    let (touched, balancer) = traffic::read(service, definition, &bill, &mut notes);
    let overlap = match service.deployment_maximum_percent {
        Attr::Known(percent, _) => percent > 100,
        _ => true,
    };
    let number = |n: rust_decimal::Decimal| n.to_f64().unwrap_or_default();
    let id = service.id;
    let service = Service {
        address: service.resource.address.to_string(),
        min: limits.min.unwrap_or_default(),
        max: limits.max.unwrap_or_default(),
        tracking: scaling.tracking,
        steps: scaling.steps,
        scheduled,
        spot: Share::spot(&shares),
        drain: balancer.drain,
        overlap,
        start: Triangular::point(1.0),
        provision: 0,
        units: balancer.units,
        rules: balancer.rules,
        vcpu: number(size.cpu),
        memory: number(size.memory) * 1024.0,
    };
    Finding::Found(Box::new(Found { id, service, limits, touched, notes }))
}
