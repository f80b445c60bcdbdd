//! `aws_ecs_service`: ECS `CreateService` (client token), `UpdateService`, `DeleteService`, and the rollout, where the stack waits
//! for it.

use crate::args::Args;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::ecs;
use crate::ecs_rollout as rollout;
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use crate::wire::{self, Answer, Members, adding};
use aws_sdk_ecs::types::{Service as ApiService, ServiceField};
use plan::Failure;
use serde_json::{Value as Json, json};

pub(crate) struct Service;

const DIALECT: Dialect = Dialect {
    ty: "aws_ecs_service",
    capital: false,
    names: &[
        ("alarms", "deploymentConfiguration.alarms", Form::Same),
        ("assign_public_ip", "assignPublicIp", Form::Switch),
        ("aws_pca_authority_arn", "awsPcaAuthorityArn", Form::Same),
        ("client_alias", "clientAliases", Form::List),
        (
            "deployment_circuit_breaker",
            "deploymentConfiguration.deploymentCircuitBreaker",
            Form::Same,
        ),
        ("deployment_maximum_percent", "deploymentConfiguration.maximumPercent", Form::Same),
        (
            "deployment_minimum_healthy_percent",
            "deploymentConfiguration.minimumHealthyPercent",
            Form::Same,
        ),
        ("elb_name", "loadBalancerName", Form::Same),
        ("enable_ecs_managed_tags", "enableECSManagedTags", Form::Same),
        ("file_system_type", "filesystemType", Form::Same),
        ("iam_role", "role", Form::Same),
        ("issuer_cert_authority", "issuerCertificateAuthority", Form::Same),
        ("load_balancer", "loadBalancers", Form::List),
        ("managed_ebs_volume", "managedEBSVolume", Form::Same),
        ("name", "name", Form::Same),
        ("network_configuration", "networkConfiguration.awsvpcConfiguration", Form::Same),
        ("ordered_placement_strategy", "placementStrategy", Form::List),
        ("secret_option", "secretOptions", Form::List),
        ("service", "services", Form::List),
        ("size_in_gb", "sizeInGiB", Form::Same),
        ("tags", "tags", Form::Pairs("key", "value")),
        ("volume_configuration", "volumeConfigurations", Form::List),
    ],
};

/// What a service is told once.
const AT_BIRTH: [&str; 3] = ["iam_role", "launch_type", "scheduling_strategy"];

/// What can be changed.
const FIELDS: [&str; 17] = [
    "availability_zone_rebalancing",
    "capacity_provider_strategy",
    "deployment_controller",
    "desired_count",
    "enable_ecs_managed_tags",
    "enable_execute_command",
    "health_check_grace_period_seconds",
    "load_balancer",
    "network_configuration",
    "ordered_placement_strategy",
    "placement_constraints",
    "platform_version",
    "propagate_tags",
    "service_connect_configuration",
    "service_registries",
    "task_definition",
    "volume_configuration",
];

/// What can be changed, all in one member.
const DEPLOYMENT: [&str; 4] = [
    "alarms",
    "deployment_circuit_breaker",
    "deployment_maximum_percent",
    "deployment_minimum_healthy_percent",
];

/// What only the newest deployment tells of a service.
const OF_DEPLOYMENT: [&str; 3] =
    ["service_connect_configuration", "volume_configuration", "vpc_lattice_configurations"];

/// What only this side knows.
const LOCAL: [&str; 4] =
    ["force_delete", "force_new_deployment", "triggers", "wait_for_steady_state"];

impl Resource for Service {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let names: Vec<_> =
            [&AT_BIRTH[..], &FIELDS, &DEPLOYMENT, &["vpc_lattice_configurations"]].concat();
        let mut members = DIALECT.members(args, &names);
        if is_daemon(args) {
            of_daemon(&mut members);
        } else {
            members.entry("desiredCount").or_insert_with(|| json!(0));
        }
        let call = aws
            .once
            .ecs
            .create_service()
            .client_token(&new.token.0)
            .set_cluster(args.text("cluster"))
            .set_service_name(args.text("name"))
            .set_tags(Some(ecs::tags(tags::marked(args, new.token))));
        let answer = call.customize().map_request(adding(members)).send().await;
        let answer = answer.map_err(fail("ecs:CreateService"))?;
        let arn = answer.service().and_then(|service| service.service_arn());
        Ok(new.draft(arn.ok_or_else(|| no_id("ecs:CreateService"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        let cluster = new.planned.str("cluster").unwrap_or("default");
        let service = describe(aws, cluster, name).await?.map(|(service, _)| service);
        let ours = service
            .filter(is_there)
            .filter(|service| tags::made_by(&ecs::read_tags(service.tags()), new.token))
            .and_then(|service| service.service_arn);
        Ok(ours.map(|arn| new.draft(arn)))
    }

    /// `cluster/service`
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let (cluster, name) = id.split_once('/').unwrap_or(("default", id));
        vec![("cluster", cluster.into()), ("id", name.into())]
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let found = describe(aws, cluster(known), known.id()).await?;
        let Some((service, answer)) = found.filter(|(service, _)| is_there(service)) else {
            return Ok(None);
        };
        let draft = written(known, &service, &answer);
        let status = service.status().unwrap_or_default();
        Ok(Some(Seen::in_state(draft, status, "ACTIVE", &[])))
    }

    async fn settle(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let found = describe(aws, cluster(known), known.id()).await?;
        let Some((service, answer)) = found.filter(|(service, _)| is_there(service)) else {
            return Ok(None);
        };
        let draft = written(known, &service, &answer);
        let status = match service.status() {
            Some("ACTIVE") if known.object.is("wait_for_steady_state") => {
                rollout::status(aws, &service).await?
            }
            status => {
                let status = status.unwrap_or_default();
                return Ok(Some(Seen::in_state(draft, status, "ACTIVE", &[])));
            }
        };
        Ok(Some(Seen { draft, status }))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let all =
            [&FIELDS[..], &DEPLOYMENT, &LOCAL, &["launch_type", "vpc_lattice_configurations"]];
        change.only(&all.concat())?;
        let members = changes(change);
        let forced = change.planned.is("force_new_deployment") && change.touches(&LOCAL);
        if !members.is_empty() || forced {
            let known = Known { ty: change.ty, object: change.prior };
            let call = aws
                .calls
                .ecs
                .update_service()
                .cluster(cluster(&known))
                .service(change.id())
                .set_force_new_deployment(change.planned.flag("force_new_deployment"));
            let call = call.customize().map_request(adding(members));
            call.send().await.map_err(fail("ecs:UpdateService"))?;
        }
        ecs::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let (cluster, id) = (cluster(known), known.id());
        let service = describe(aws, cluster, id).await?.map(|(service, _)| service);
        let Some(service) = service.filter(is_there) else { return Ok(()) };
        let force = known.object.is("force_delete");
        if !force && !is_daemon(known.object) && service.desired_count() > 0 {
            let call = aws.calls.ecs.update_service().cluster(cluster).service(id);
            call.desired_count(0).send().await.map_err(fail("ecs:UpdateService"))?;
        }
        let call = aws.calls.ecs.delete_service().cluster(cluster).service(id).force(force);
        call.send().await.map(drop).map_err(fail("ecs:DeleteService"))
    }

    async fn gone(&self, aws: &Aws, known: &Known<'_>) -> Result<bool, Failure> {
        let service = describe(aws, cluster(known), known.id()).await?;
        Ok(service.is_none_or(|(service, _)| service.status() == Some("INACTIVE")))
    }
}

fn is_daemon(args: Args<'_>) -> bool {
    args.str("scheduling_strategy") == Some("DAEMON")
}

/// A daemon has no count and no greatest share.
fn of_daemon(members: &mut Members) {
    members.remove("desiredCount");
    if let Some(Json::Object(deployment)) = members.get_mut("deploymentConfiguration") {
        deployment.remove("maximumPercent");
    }
}

/// The cluster that the service's ARN names, as ARNs have done since 2018; else the one that the state names.
fn cluster<'a>(known: &'a Known<'_>) -> &'a str {
    let mut path = known.id().split_once(":service/").map_or("", |(_, path)| path).split('/');
    match (path.next(), path.next()) {
        (Some(cluster), Some(_)) => cluster,
        _ => known.object.str("cluster").unwrap_or("default"),
    }
}

/// A service by name or ARN, as the SDK and as the API has it.
pub(crate) async fn describe(
    aws: &Aws,
    cluster: &str,
    service: &str,
) -> Result<Option<(ApiService, Json)>, Failure> {
    let answer = Answer::default();
    let call = aws.calls.ecs.describe_services().cluster(cluster).services(service);
    let call = call.include(ServiceField::Tags);
    let sent = call.customize().interceptor(answer.clone()).send().await;
    let services = found("ecs:DescribeServices", sent)?.and_then(|sent| sent.services);
    let service = services.into_iter().flatten().next();
    Ok(service.map(|service| (service, wire::first(answer.take(), "services"))))
}

/// A service that drains is on its way out.
fn is_there(service: &ApiService) -> bool {
    !matches!(service.status(), Some("INACTIVE" | "DRAINING"))
}

fn written(known: &Known<'_>, service: &ApiService, answer: &Json) -> Draft {
    let mut draft = known.draft();
    draft.set("id", service.service_arn()).set("name", service.service_name());
    if known.object.str("name").is_none() {
        // Imported: the configuration names the cluster by its ARN, most likely.
        draft.set("cluster", service.cluster_arn());
    }
    same_object(&mut draft, "cluster", service.cluster_arn());
    same_object(&mut draft, "task_definition", service.task_definition());
    let elsewhere = ["availability_zone_rebalancing", "deployment_controller", "task_definition"];
    let here: Vec<_> = FIELDS
        .into_iter()
        .filter(|name| !elsewhere.contains(name) && !OF_DEPLOYMENT.contains(name))
        .collect();
    DIALECT.write(&mut draft, &here, answer);
    let not_always = ["availability_zone_rebalancing", "deployment_controller"];
    DIALECT.write_mentioned(&mut draft, &not_always, answer);
    DIALECT.write_mentioned(&mut draft, &["launch_type", "scheduling_strategy"], answer);
    if answer.get("deploymentConfiguration").is_some() {
        DIALECT.write(&mut draft, &DEPLOYMENT, answer);
    }
    let newest = answer.get("deployments").and_then(|deployments| deployments.get(0));
    DIALECT.write_mentioned(&mut draft, &OF_DEPLOYMENT, newest.unwrap_or(&Json::Null));
    tags::write(&mut draft, known.object, ecs::read_tags(service.tags()));
    draft
}

/// Sets what the API names by ARN. A name that the ARN ends in says the same, and stays: `web`, `web:3`.
fn same_object(draft: &mut Draft, name: &'static str, arn: Option<&str>) {
    let tail = arn.and_then(|arn| arn.rsplit('/').next()).unwrap_or_default();
    let family = tail.split(':').next();
    let old = draft.str(name);
    if old.is_none_or(|old| Some(old) != arn && old != tail && Some(old) != family) {
        draft.set(name, arn);
    }
}

/// What an update says.
fn changes(change: &Change<'_>) -> Members {
    let args = change.planned;
    let touched: Vec<_> = FIELDS
        .into_iter()
        .chain(["vpc_lattice_configurations"])
        .filter(|name| change.touches(&[name]))
        .collect();
    let mut members = DIALECT.changed(args, &touched);
    if touched.contains(&"service_connect_configuration") {
        let off = || json!({"enabled": false});
        members.entry("serviceConnectConfiguration").or_insert_with(off);
    }
    if change.touches(&DEPLOYMENT) {
        members.append(&mut DIALECT.members(args, &DEPLOYMENT));
        let off = json!({"enable": false, "rollback": false});
        let silent = json!({"alarmNames": [], "enable": false, "rollback": false});
        let gone = |block: &str| args.block(block).is_none() && change.prior.block(block).is_some();
        let deployment = members.entry("deploymentConfiguration").or_insert_with(|| json!({}));
        if let Json::Object(deployment) = deployment {
            if gone("deployment_circuit_breaker") {
                deployment.insert("deploymentCircuitBreaker".to_owned(), off);
            }
            if gone("alarms") {
                deployment.insert("alarms".to_owned(), silent);
            }
        }
    }
    if is_daemon(args) {
        of_daemon(&mut members);
    }
    members
}
