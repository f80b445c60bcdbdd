//! Services on Fargate: vCPU and memory of their tasks by the hour, storage beyond 20 GiB, public addresses.
//! <https://aws.amazon.com/fargate/pricing/>

use crate::aws_eip::PUBLIC_IPV4;
use crate::aws_lb::EGRESS;
use crate::bill::{Bill, Rate, decimal, written};
use crate::fargate::{Platform, Size};
use crate::launch::{Launch, launch};
use crate::quantity::{Basis, HOURS, Quantity};
use model::{
    AppautoscalingTarget, Attr, EcsCluster, EcsService, EcsTaskDefinition, ImageFacts, NatGateway,
    Registry, Target, field,
};
use rust_decimal::Decimal;

const STORAGE: Rate = Rate::new("AmazonECS", "Fargate-EphemeralStorage-GB-Hours", "GB-Hours");
const BETWEEN_ZONES: Rate = Rate::new("AWSDataTransfer", "DataTransfer-Regional-Bytes", "GB");
/// GiB of storage that each task has without charge.
const STORAGE_INCLUDED: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

pub(crate) fn write<'a>(service: &EcsService<'a>, bill: &mut Bill<'_, 'a>) {
    let shares = match launch(service, bill) {
        Launch::Fargate(shares) => shares,
        Launch::Elsewhere(why) => return bill.note(why),
        Launch::Unknown(why) => return bill.unsupported(why),
    };
    let definition = match bill.model.of::<EcsTaskDefinition<'_>, _>(&service.task_definition) {
        Target::Here(definition) => definition,
        Target::Unknown(_) => return bill.unsupported("its task definition is not known yet"),
        Target::Elsewhere(_) | Target::Nothing(_) => match of_task_set(service, bill) {
            Some(definition) => definition,
            None => return bill.unsupported("its task definition is not part of the stack"),
        },
    };
    let (platform, size) = match (Platform::of(definition), Size::of(definition)) {
        (Ok(platform), Ok(size)) => (platform, size),
        (Err(why), _) | (_, Err(why)) => {
            return bill.unsupported(format!("{why} of {}", definition.resource.address));
        }
    };

    let base = tasks(service, bill);
    if base.amount.is_zero() && base.most.is_none() {
        bill.note("it runs no task: `desired_count` is 0 or not set");
    }
    let mut groups = vec![("", base.clone())];
    if base.most.is_some() {
        let extra = bill.assume("ecs.extra_tasks").at_least(0).at_most(0);
        groups.push((" of tasks above the minimum", extra));
    }
    let public = service.network_configuration.known().map(|network| &network.assign_public_ip);
    for (suffix, tasks) in groups {
        for share in &shares {
            let tasks = share.of(&tasks, base.amount, suffix.is_empty());
            platform.lines(&size, share.spot, suffix, &tasks, bill);
        }
        let hours = tasks.times(HOURS);
        let storage = storage(definition).max(STORAGE_INCLUDED) - STORAGE_INCLUDED;
        if !storage.is_zero() {
            let gib = hours.clone().times(storage).because("beyond 20 GiB for each task");
            bill.line(format!("ephemeral storage{suffix}"), &STORAGE, gib);
        }
        if let Some(Attr::Known(true, _)) = public {
            let each = hours.by(&Quantity::derived(1, "one for each task"));
            bill.line(format!("public IPv4 addresses{suffix}"), &PUBLIC_IPV4, each);
        }
    }
    match public {
        Some(Attr::Known(true, _)) => {
            bill.line("data out to the Internet", &EGRESS, bill.assume("ecs.egress_gb_month"));
        }
        Some(Attr::Unknown(_)) => {
            bill.unsupported("whether its tasks have public addresses is not known yet");
        }
        _ => {
            if let Some(note) = way_out(definition, bill) {
                bill.note(note);
            }
        }
    }
    // Each zone pays for what it sends to another, and for what it gets.
    if bill.says("ecs.cross_zone_gb_month") {
        let both = bill.assume("ecs.cross_zone_gb_month").times(2).because("both zones pay");
        bill.line("data between zones", &BETWEEN_ZONES, both);
    }
    if !written(bill.resource, "volume_configuration").is_empty() {
        bill.unsupported("EBS volumes of its tasks are not priced");
    }
}

/// The definition of the task set that an external deployment controller runs for the service.
fn of_task_set<'m, 'a>(
    service: &EcsService<'a>,
    bill: &Bill<'m, 'a>,
) -> Option<&'m EcsTaskDefinition<'a>> {
    let mut sets =
        bill.model.stack().resources.iter().filter(|it| it.address.ty == "aws_ecs_task_set");
    let own = |it: &&stack::Resource| it.edges.iter().any(|edge| edge.to == service.id);
    let set = sets.rfind(own)?;
    bill.model.target::<EcsTaskDefinition<'_>>(field(&set.value, "task_definition")).here()
}

/// The lines of one task that runs all month, on demand or on Spot. Nothing where it cannot be priced, which [`write`] says.
pub(crate) fn one_task<'a>(service: &EcsService<'a>, spot: bool, bill: &mut Bill<'_, 'a>) {
    let definition = bill.model.of::<EcsTaskDefinition<'_>, _>(&service.task_definition).here();
    let Some(definition) = definition else { return };
    let (Ok(platform), Ok(size)) = (Platform::of(definition), Size::of(definition)) else { return };
    let task = Quantity::fixed(1);
    platform.lines(&size, spot, "", &task, bill);
    let storage = storage(definition).max(STORAGE_INCLUDED) - STORAGE_INCLUDED;
    if !storage.is_zero() {
        bill.line("ephemeral storage", &STORAGE, task.clone().times(HOURS).times(storage));
    }
    let network = service.network_configuration.known();
    if network.is_some_and(|n| matches!(n.assign_public_ip, Attr::Known(true, _))) {
        bill.line("public IPv4 addresses", &PUBLIC_IPV4, task.times(HOURS));
    }
}

/// What carries the images of tasks without public addresses that come from a registry outside the account: why the stack
/// pays for NAT.
fn way_out<'a>(definition: &EcsTaskDefinition<'a>, bill: &Bill<'_, 'a>) -> Option<String> {
    let containers = definition.container_definitions.elements().iter().filter_map(Attr::known);
    let outside = containers
        .filter_map(|container| ImageFacts::of(&container.image)?.registry)
        .find(|registry| !matches!(registry, Registry::Ecr { .. }))?;
    let host = outside.host().to_owned();
    let gateways = bill.model.all::<NatGateway<'_>>();
    Some(match gateways {
        [] => format!(
            "its tasks pull from `{host}` without public addresses: nothing in the stack lets them out"
        ),
        [one] => format!(
            "its tasks pull from `{host}` without public addresses: {} carries it",
            one.resource.address
        ),
        many => format!(
            "its tasks pull from `{host}` without public addresses: {} NAT gateways carry it",
            many.len()
        ),
    })
}

/// How many tasks run all month: what autoscaling keeps at least, or else what the service asks for.
pub(crate) fn tasks<'a>(service: &EcsService<'a>, bill: &Bill<'_, 'a>) -> Quantity {
    let Some(target) = autoscaling(service, bill) else {
        return bill.or_assume(&service.desired_count, "desired_count", 0, "ecs.tasks");
    };
    let least = bill.or_assume(&target.min_capacity, "min_capacity", 0, "ecs.tasks");
    let address = &target.resource.address;
    let least = match target.max_capacity {
        Attr::Known(most, _) => least
            .at_most(most.max(0))
            .because(format!("{address} keeps it between this and {most} tasks")),
        Attr::Null(_) | Attr::Unknown(_) => {
            let most = least.amount;
            least.at_most(most).because(format!("{address} scales it, to a limit not known yet"))
        }
    };
    least.by(&Quantity { basis: Basis::Derived, ..Quantity::fixed(1) })
}

/// The scaling target whose `resource_id` names the service: `service/CLUSTER/SERVICE`.
pub(crate) fn autoscaling<'m, 'a>(
    service: &EcsService<'a>,
    bill: &Bill<'m, 'a>,
) -> Option<&'m AppautoscalingTarget<'a>> {
    let cluster = match bill.model.of::<EcsCluster<'_>, _>(&service.cluster).here() {
        Some(cluster) => cluster.name.known().copied(),
        None => service.cluster.known().and_then(|name| name.rsplit('/').next()),
    };
    bill.model.all::<AppautoscalingTarget<'_>>().iter().find(|target| match target.resource_id {
        Attr::Known(id, _) => {
            let mut parts = id.split('/');
            parts.next() == Some("service")
                && parts.next().is_some_and(|at| cluster.is_none_or(|cluster| cluster == at))
                && parts.next().is_some_and(|name| service.name.known() == Some(&name))
        }
        Attr::Unknown(_) => target.resource.edges.iter().any(|edge| edge.to == service.id),
        Attr::Null(_) => false,
    })
}

/// GiB of ephemeral storage that a task asks for; 20 when it asks for none.
fn storage(definition: &EcsTaskDefinition<'_>) -> Decimal {
    let block = written(definition.resource, "ephemeral_storage");
    let size = block.elements().next().map(|block| field(block, "size_in_gib"));
    size.and_then(decimal).unwrap_or(STORAGE_INCLUDED)
}
