//! VPC endpoints instead of NAT gateways: possible where tasks call nothing on the Internet but AWS services.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html>

use super::one_az::named;
use super::{Edit, Recipe, Said, addresses_of, remove};
use crate::change::with_resource;
use crate::estimate::Estimate;
use model::{
    Attr, ContainerDefinition, EcsService, EcsTaskDefinition, ImageFacts, Model, NatGateway,
    Registry, Subnet, VpcEndpoint,
};
use stack::{Address, Key, Kind, Lifecycle, Mode, Resource, Stack, Str, Type, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use syntax::Span;

const RISKS: &[&str] = &[
    "whatever else the tasks call on the Internet cannot be reached any more: other companies' services, AWS services without an endpoint",
    "an endpoint is billed for each zone and hour, and for each GB: the GB here are the assumed ones (endpoint.gb_month)",
];

/// Services that every task on Fargate needs: the image's layers come from S3, whose gateway endpoint is free.
const NEEDED: [&str; 2] = ["ecr.api", "ecr.dkr"];

/// What stands in one VPC.
#[derive(Default)]
struct Network {
    /// Subnets by zone; one of a zone is enough.
    subnets: BTreeMap<String, Value>,
    /// Services that its tasks call.
    services: BTreeSet<&'static str>,
}

pub(super) fn recipe(stack: &Stack, _bill: &Estimate) -> Recipe {
    let model = Model::new(stack);
    let public =
        |gateway: &&NatGateway<'_>| !matches!(gateway.connectivity_type, Attr::Known("private", _));
    let gateways: Vec<_> = model.all::<NatGateway<'_>>().iter().filter(public).collect();
    let no = |why: &str| Recipe { unchanged: vec![Said::all(why)], ..Recipe::default() };
    if gateways.is_empty() {
        return no("the stack has no NAT gateway");
    }
    let mut networks: BTreeMap<String, Network> = BTreeMap::new();
    for service in model.all::<EcsService<'_>>() {
        match seen(service, &model, &mut networks) {
            Ok(()) => {}
            Err(said) => return Recipe { unchanged: vec![said], ..Recipe::default() },
        }
    }
    if networks.is_empty() {
        return no(
            "no ECS service stands behind the NAT gateways, and what else uses them is not known",
        );
    }
    let mut recipe = Recipe { risks: RISKS.to_vec(), ..Recipe::default() };
    let mut gone: Vec<Address> =
        gateways.iter().map(|gateway| (*gateway.resource.address).clone()).collect();
    gone.extend(addresses_of(&gateways, &model));
    let names: Vec<String> = gone.iter().map(ToString::to_string).collect();
    // One edit: half of it would be another stack than the one asked for.
    let mut parts = vec![remove(gone, Said::all(""))];
    let mut added = Vec::new();
    for (at, network) in networks.values().enumerate() {
        let zones = network.subnets.len();
        for service in &network.services {
            if has_endpoint(&model, service) {
                continue;
            }
            added.push(format!("{service} ({zones})"));
            parts.extend(endpoint(gateways.first().copied(), network, service, at));
        }
    }
    let what = if added.is_empty() {
        format!("without {}; the endpoints are there already", names.join(", "))
    } else {
        format!(
            "without {}; with interface endpoints (network interfaces) for {}, and the free one for S3",
            names.join(", "),
            added.join(", ")
        )
    };
    let make = move |stack: &Stack| {
        parts.iter().try_fold(stack.clone(), |stack, part| (part.make)(&stack))
    };
    recipe.edits.push(Edit { said: Said::all(what), make: Box::new(make) });
    recipe
}

/// What a service calls, and from where; or why it cannot do without a NAT gateway.
fn seen<'a>(
    service: &EcsService<'a>,
    model: &Model<'a>,
    networks: &mut BTreeMap<String, Network>,
) -> Result<(), Said> {
    let Some(network) = service.network_configuration.known() else { return Ok(()) };
    if matches!(network.assign_public_ip, Attr::Known(true, _)) {
        return Ok(());
    }
    let address = &service.resource.address;
    let definition = model.of::<EcsTaskDefinition<'_>, _>(&service.task_definition).here();
    let Some(definition) = definition else {
        return Err(Said::of(
            address,
            "what its tasks pull is not known: its task definition is not in the stack",
        ));
    };
    let mut services: BTreeSet<&'static str> = NEEDED.into();
    for container in definition.container_definitions.elements() {
        let at = &definition.resource.address;
        match container {
            Attr::Known(container, _) => calls(container, at, &mut services)?,
            _ => return Err(Said::of(at, "its containers are not known yet")),
        }
    }
    if definition.container_definitions.elements().is_empty() {
        return Err(Said::of(&definition.resource.address, "its containers are not known yet"));
    }
    if matches!(service.enable_execute_command, Attr::Known(true, _)) {
        services.insert("ssmmessages");
    }
    let subnets = network.subnets.value();
    if subnets.is_unknown() || subnets.is_empty() {
        return Err(Said::of(address, "the subnets of its tasks are not known yet"));
    }
    for subnet in subnets.elements() {
        let known = model.target::<Subnet<'_>>(subnet).here();
        let zone = known.and_then(|subnet| subnet.availability_zone.known().copied());
        let zone = zone.map_or_else(|| named(subnet), str::to_owned);
        let vpc = known.map(|subnet| named(subnet.vpc_id.value())).unwrap_or_default();
        let network = networks.entry(vpc).or_default();
        network.subnets.entry(zone).or_insert_with(|| subnet.clone());
        network.services.extend(services.iter().copied());
    }
    Ok(())
}

/// The AWS services that a container needs to start and to log.
fn calls(
    container: &ContainerDefinition<'_>,
    at: &Address,
    services: &mut BTreeSet<&'static str>,
) -> Result<(), Said> {
    let image = match &container.image {
        Attr::Known(image, _) => format!("`{image}`"),
        _ => "its image".to_owned(),
    };
    match ImageFacts::of(&container.image).and_then(|facts| facts.registry) {
        Some(Registry::Ecr { .. }) => {}
        Some(registry) => {
            let host = registry.host();
            let why = format!(
                "it pulls {image} from {host}, outside AWS: no endpoint leads there; in ECR it could be pulled through one"
            );
            return Err(Said::of(at, why));
        }
        None => {
            return Err(Said::of(at, format!("whose registry it pulls {image} from is not known")));
        }
    }
    if let Some(log) = container.log_configuration.known() {
        match log.driver.known().map(Str::as_str) {
            Some("awslogs") => drop(services.insert("logs")),
            Some(other) => {
                let why = format!("its log driver `{other}` may send to anywhere");
                return Err(Said::of(at, why));
            }
            None => return Err(Said::of(at, "its log driver is not known yet")),
        }
    }
    for secret in container.secrets.elements() {
        let Some(from) = secret.known().map(|secret| secret.value_from.value()) else { continue };
        let from = named(from);
        services.insert(
            if from.contains(":secretsmanager:") || from.contains("aws_secretsmanager") {
                "secretsmanager"
            } else {
                "ssm"
            },
        );
    }
    Ok(())
}

fn has_endpoint(model: &Model<'_>, service: &str) -> bool {
    let ends = format!(".{service}");
    let mut all = model.all::<VpcEndpoint<'_>>().iter();
    all.any(
        |endpoint| matches!(endpoint.service_name, Attr::Known(name, _) if name.ends_with(&ends)),
    )
}

/// An interface endpoint that the stack does not have: only what its price follows from.
fn endpoint(
    gateway: Option<&NatGateway<'_>>,
    network: &Network,
    service: &'static str,
    at: usize,
) -> Option<Edit> {
    let provider = gateway?.resource.provider;
    let subnets: Arc<[Value]> = network.subnets.values().cloned().collect();
    let subnets = Value::new(Kind::Set(Type::String, subnets));
    let value = Value::object([
        ("service_name", Value::string(format!("com.amazonaws.{service}"))),
        ("subnet_ids", subnets),
        ("vpc_endpoint_type", Value::string("Interface")),
    ]);
    let address = Arc::new(Address {
        module: stack::ModulePath::default(),
        mode: Mode::Managed,
        ty: "aws_vpc_endpoint".into(),
        name: format!("what_if_{at}_{}", service.replace('.', "_")).into(),
        key: Key::None,
    });
    let make = move |stack: &Stack| {
        let (value, config) = (value.clone(), value.clone());
        let (header, block) = (Span::default(), Span::default());
        let (edges, lifecycle) = (Vec::new(), Lifecycle::default());
        let resource = Resource {
            address: Arc::clone(&address),
            value,
            config,
            header,
            block,
            edges,
            lifecycle,
            provisioners: Vec::new(),
            provider,
            symbolic: false,
            repetition: None,
        };
        Some(with_resource(stack, resource))
    };
    Some(Edit { said: Said::all(""), make: Box::new(make) })
}
