//! `aws_lb_target_group`: Elastic Load Balancing `CreateTargetGroup`, `ModifyTargetGroup`, attributes, `DeleteTargetGroup`.

use crate::args::Args;
use crate::draft::Draft;
use crate::elb::{self, Attributes, Row};
use crate::failure::{self, fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::tags;
use aws_sdk_elasticloadbalancingv2::types::{Matcher, TargetGroup as Group, TargetGroupAttribute};
use plan::Failure;
use serde_json::json;

pub(crate) struct TargetGroup;

const ROWS: [Row; 21] = [
    ("connection_termination", "deregistration_delay.connection_termination.enabled"),
    ("deregistration_delay", "deregistration_delay.timeout_seconds"),
    ("lambda_multi_value_headers_enabled", "lambda.multi_value_headers.enabled"),
    ("load_balancing_algorithm_type", "load_balancing.algorithm.type"),
    ("load_balancing_anomaly_mitigation", "load_balancing.algorithm.anomaly_mitigation"),
    ("load_balancing_cross_zone_enabled", "load_balancing.cross_zone.enabled"),
    ("preserve_client_ip", "preserve_client_ip.enabled"),
    ("proxy_protocol_v2", "proxy_protocol_v2.enabled"),
    ("slow_start", "slow_start.duration_seconds"),
    ("stickiness.enabled", "stickiness.enabled"),
    ("stickiness.type", "stickiness.type"),
    ("stickiness.cookie_duration", "stickiness.lb_cookie.duration_seconds"),
    ("stickiness.cookie_name", "stickiness.app_cookie.cookie_name"),
    ("target_failover.on_deregistration", "target_failover.on_deregistration"),
    ("target_failover.on_unhealthy", "target_failover.on_unhealthy"),
    (
        "target_group_health.dns_failover.minimum_healthy_targets_count",
        "target_group_health.dns_failover.minimum_healthy_targets.count",
    ),
    (
        "target_group_health.dns_failover.minimum_healthy_targets_percentage",
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets_count",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets_percentage",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
    ),
    (
        "target_health_state.enable_unhealthy_connection_termination",
        "target_health_state.unhealthy.connection_termination.enabled",
    ),
    (
        "target_health_state.unhealthy_draining_interval",
        "target_health_state.unhealthy.draining_interval_seconds",
    ),
];

const BLOCKS: [&str; 4] =
    ["stickiness", "target_failover", "target_group_health", "target_health_state"];

/// The rows that this kind of stickiness has: each kind of cookie has a duration of its own.
fn rows(stickiness: Option<&str>) -> Vec<Row> {
    let of_kind = |(path, key): Row| match (stickiness, path) {
        (Some("app_cookie"), "stickiness.cookie_duration") => {
            Some((path, "stickiness.app_cookie.duration_seconds"))
        }
        (Some("lb_cookie") | None, "stickiness.cookie_name") => None,
        (Some("lb_cookie" | "app_cookie") | None, _) => Some((path, key)),
        (_, "stickiness.cookie_duration" | "stickiness.cookie_name") => None,
        _ => Some((path, key)),
    };
    ROWS.into_iter().filter_map(of_kind).collect()
}

impl Resource for TargetGroup {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let (args, name) = (new.planned, new.name("tf-"));
        // A create with the same name and arguments answers with the group that is there already, whoever made it.
        if named(aws, &name).await?.is_some() {
            let what = format!("a target group named `{name}`");
            return Err(failure::taken("elasticloadbalancing:CreateTargetGroup", &what));
        }
        let version = args.text("protocol_version");
        let mut call = aws
            .once
            .elb
            .create_target_group()
            .name(&name)
            .set_port(args.int("port"))
            .set_protocol(args.choice("protocol"))
            .set_protocol_version(version.filter(|_| speaks_http(args.str("protocol"))))
            .set_target_type(args.choice("target_type"))
            .set_vpc_id(args.text("vpc_id"))
            .set_ip_address_type(args.choice("ip_address_type"))
            .set_tags(Some(elb::tagged(new)));
        if let Some(health) = args.block("health_check") {
            let of_http = speaks_http(health.str("protocol").or(Some("HTTP")));
            call = call
                .set_health_check_enabled(health.flag("enabled"))
                .set_health_check_interval_seconds(health.int("interval"))
                .set_health_check_path(health.text("path").filter(|_| of_http))
                .set_health_check_port(health.text("port"))
                .set_health_check_protocol(health.choice("protocol"))
                .set_health_check_timeout_seconds(health.int("timeout"))
                .set_healthy_threshold_count(health.int("healthy_threshold"))
                .set_unhealthy_threshold_count(health.int("unhealthy_threshold"))
                .set_matcher(matcher(args, health).filter(|_| of_http));
        }
        let answer = call.send().await.map_err(fail("elasticloadbalancing:CreateTargetGroup"))?;
        let arn = answer.target_groups().first().and_then(|group| group.target_group_arn());
        let arn = arn.ok_or_else(|| no_id("elasticloadbalancing:CreateTargetGroup"))?;
        Ok(identified(new, arn, &name))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let arn = draft.str("id").unwrap_or_default();
        let rows = rows(new.planned.block("stickiness").and_then(|block| block.str("type")));
        let actual = attributes(aws, arn).await?;
        modify(aws, arn, elb::missing(new.planned, &rows, &actual)).await
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.name("tf-");
        let Some(group) = named(aws, &name).await? else { return Ok(None) };
        let arn = group.target_group_arn().unwrap_or_default();
        let ours = tags::made_by(&elb::read_tags(aws, arn).await?, new.token);
        Ok(ours.then(|| identified(new, arn, &name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let arn = known.id();
        let answer = aws.calls.elb.describe_target_groups().target_group_arns(arn).send().await;
        let answer = found("elasticloadbalancing:DescribeTargetGroups", answer)?;
        let group = answer.and_then(|answer| answer.target_groups().first().cloned());
        let Some(group) = group else { return Ok(None) };
        let (actual, tags) = tokio::try_join!(attributes(aws, arn), elb::read_tags(aws, arn))?;
        let mut draft = known.draft();
        tell(&mut draft, known.object, &group, &actual);
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let (arn, args) = (change.id(), change.planned);
        let rows = rows(args.block("stickiness").and_then(|block| block.str("type")));
        let names = rows.iter().map(|(path, _)| path.split('.').next().unwrap_or(path));
        change.only(&names.chain(["health_check"]).collect::<Vec<_>>())?;
        if let Some(health) =
            args.block("health_check").filter(|_| change.touches(&["health_check"]))
        {
            let of_http = speaks_http(health.str("protocol").or(Some("HTTP")));
            let call = aws
                .calls
                .elb
                .modify_target_group()
                .target_group_arn(arn)
                .set_health_check_enabled(health.flag("enabled"))
                .set_health_check_interval_seconds(health.int("interval"))
                .set_health_check_path(health.text("path").filter(|_| of_http))
                .set_health_check_port(health.text("port"))
                .set_health_check_protocol(health.choice("protocol"))
                .set_health_check_timeout_seconds(health.int("timeout"))
                .set_healthy_threshold_count(health.int("healthy_threshold"))
                .set_unhealthy_threshold_count(health.int("unhealthy_threshold"))
                .set_matcher(matcher(args, health).filter(|_| of_http));
            call.send().await.map_err(fail("elasticloadbalancing:ModifyTargetGroup"))?;
        }
        modify(aws, arn, elb::changed(change, &rows)).await?;
        elb::retag(aws, arn, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.elb.delete_target_group().target_group_arn(known.id());
        call.send().await.map(drop).map_err(fail("elasticloadbalancing:DeleteTargetGroup"))
    }
}

/// Writes what the API says of a group, but for its tags.
pub(crate) fn tell(draft: &mut Draft, known: Args<'_>, group: &Group, actual: &Attributes) {
    let name = group.target_group_name().unwrap_or_default();
    let health = json!([{
        "enabled": group.health_check_enabled(),
        "healthy_threshold": group.healthy_threshold_count(),
        "interval": group.health_check_interval_seconds(),
        "matcher": group.matcher().and_then(|m| m.http_code().or(m.grpc_code())).unwrap_or_default(),
        "path": group.health_check_path().unwrap_or_default(),
        "port": group.health_check_port(),
        "protocol": group.health_check_protocol().map(|protocol| protocol.as_str()),
        "timeout": group.health_check_timeout_seconds(),
        "unhealthy_threshold": group.unhealthy_threshold_count(),
    }]);
    let arn = group.target_group_arn().unwrap_or_default();
    draft
        .set("arn", arn)
        .set("arn_suffix", arn.rsplit(':').next())
        .set("name", name)
        .set("name_prefix", name_prefix(name))
        .set("target_type", group.target_type().map(|ty| ty.as_str()))
        .set("ip_address_type", group.ip_address_type().map_or("ipv4", |ty| ty.as_str()))
        .set("load_balancer_arns", group.load_balancer_arns())
        .set("health_check", health)
        .text("vpc_id", group.vpc_id())
        .text("protocol", group.protocol().map(|protocol| protocol.as_str()));
    if let Some(port) = group.port() {
        draft.set("port", port);
    }
    if speaks_http(group.protocol().map(|protocol| protocol.as_str())) {
        draft.set("protocol_version", group.protocol_version());
    }
    let rows = rows(actual.get("stickiness.type").map(String::as_str));
    elb::write(draft, &rows, actual);
    for name in BLOCKS {
        let has = |row: &&Row| row.0.starts_with(name) && actual.contains_key(row.1);
        if rows.iter().find(has).is_some() {
            draft.set(name, elb::block(name, known, &rows, actual));
        }
    }
}

fn identified(new: &New<'_>, arn: &str, name: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn).set("name", name);
    draft
}

fn speaks_http(protocol: Option<&str>) -> bool {
    matches!(protocol, Some("HTTP" | "HTTPS"))
}

/// gRPC groups match gRPC codes, all others HTTP codes.
fn matcher(args: Args<'_>, health: Args<'_>) -> Option<Matcher> {
    let codes = health.str("matcher")?;
    Some(match args.str("protocol_version") {
        Some("GRPC") => Matcher::builder().grpc_code(codes).build(),
        _ => Matcher::builder().http_code(codes).build(),
    })
}

async fn named(aws: &Aws, name: &str) -> Result<Option<Group>, Failure> {
    let answer = aws.calls.elb.describe_target_groups().names(name).send().await;
    let answer = found("elasticloadbalancing:DescribeTargetGroups", answer)?;
    Ok(answer.and_then(|answer| answer.target_groups().first().cloned()))
}

/// Its attributes.
pub(crate) async fn attributes(aws: &Aws, arn: &str) -> Result<Attributes, Failure> {
    let call = aws.calls.elb.describe_target_group_attributes().target_group_arn(arn);
    let answer = call.send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeTargetGroupAttributes"))?;
    let pairs = answer.attributes().iter();
    let pairs = pairs.filter_map(|a| Some((a.key()?.to_owned(), a.value()?.to_owned())));
    Ok(pairs.collect())
}

async fn modify(aws: &Aws, arn: &str, set: Vec<(&str, String)>) -> Result<(), Failure> {
    if set.is_empty() {
        return Ok(());
    }
    let attributes = set
        .into_iter()
        .map(|(key, value)| TargetGroupAttribute::builder().key(key).value(value).build());
    let call = aws.calls.elb.modify_target_group_attributes().target_group_arn(arn);
    let call = call.set_attributes(Some(attributes.collect())).send().await;
    call.map(drop).map_err(fail("elasticloadbalancing:ModifyTargetGroupAttributes"))
}
