//! `aws_lb`: Elastic Load Balancing `CreateLoadBalancer`, attributes, `DeleteLoadBalancer`. Its network interfaces outlive it by some
//! minutes, and only then its subnets and security groups can go.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::filter;
use crate::elb::{self, Attributes, Row};
use crate::failure::{self, fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, Status, name_prefix};
use crate::tags;
use aws_sdk_elasticloadbalancingv2::types::{
    IpamPools, LoadBalancer, LoadBalancerAttribute, LoadBalancerSchemeEnum, LoadBalancerStateEnum,
    MinimumLoadBalancerCapacity, SubnetMapping,
};
use plan::{Failure, FailureKind};
use serde_json::json;

pub(crate) struct Lb;

pub(crate) const ROWS: [Row; 20] = [
    ("access_logs.bucket", "access_logs.s3.bucket"),
    ("access_logs.enabled", "access_logs.s3.enabled"),
    ("access_logs.prefix", "access_logs.s3.prefix"),
    ("client_keep_alive", "client_keep_alive.seconds"),
    ("connection_logs.bucket", "connection_logs.s3.bucket"),
    ("connection_logs.enabled", "connection_logs.s3.enabled"),
    ("connection_logs.prefix", "connection_logs.s3.prefix"),
    ("desync_mitigation_mode", "routing.http.desync_mitigation_mode"),
    ("dns_record_client_routing_policy", "dns_record.client_routing_policy"),
    ("drop_invalid_header_fields", "routing.http.drop_invalid_header_fields.enabled"),
    ("enable_cross_zone_load_balancing", "load_balancing.cross_zone.enabled"),
    ("enable_deletion_protection", "deletion_protection.enabled"),
    ("enable_http2", "routing.http2.enabled"),
    (
        "enable_tls_version_and_cipher_suite_headers",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    ),
    ("enable_waf_fail_open", "waf.fail_open.enabled"),
    ("enable_xff_client_port", "routing.http.xff_client_port.enabled"),
    ("enable_zonal_shift", "zonal_shift.config.enabled"),
    ("idle_timeout", "idle_timeout.timeout_seconds"),
    ("preserve_host_header", "routing.http.preserve_host_header.enabled"),
    ("xff_header_processing_mode", "routing.http.xff_header_processing.mode"),
];

/// Blocks that a balancer has once something is written there.
pub(crate) const LOGS: [&str; 2] = ["access_logs", "connection_logs"];

/// Application load balancers balance across zones always, and refuse the key.
fn rows(args: Args<'_>) -> Vec<Row> {
    let is_application = args.str("load_balancer_type").unwrap_or("application") == "application";
    let keep = |row: &Row| !(is_application && row.0 == "enable_cross_zone_load_balancing");
    ROWS.into_iter().filter(keep).collect()
}

impl Resource for Lb {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let (args, name) = (new.planned, new.name("tf-lb-"));
        // A create with the same name and arguments answers with the balancer that is there already, whoever made it.
        if named(aws, &name).await?.is_some() {
            let what = format!("a load balancer named `{name}`");
            return Err(failure::taken("elasticloadbalancing:CreateLoadBalancer", &what));
        }
        let scheme = args.is("internal").then_some(LoadBalancerSchemeEnum::Internal);
        let pools = args.block("ipam_pools").map(|pools| {
            IpamPools::builder().set_ipv4_ipam_pool_id(pools.text("ipv4_ipam_pool_id")).build()
        });
        let mappings = mappings(args);
        let subnets = args.some_strings("subnets").filter(|_| mappings.is_none());
        let call = aws
            .once
            .elb
            .create_load_balancer()
            .name(&name)
            .set_type(args.choice("load_balancer_type"))
            .set_scheme(scheme)
            .set_subnets(subnets)
            .set_subnet_mappings(mappings)
            .set_security_groups(args.some_strings("security_groups"))
            .set_ip_address_type(args.choice("ip_address_type"))
            .set_customer_owned_ipv4_pool(args.text("customer_owned_ipv4_pool"))
            .set_ipam_pools(pools)
            .set_tags(Some(elb::tagged(new)));
        let answer = call.send().await.map_err(fail("elasticloadbalancing:CreateLoadBalancer"))?;
        let balancer = answer.load_balancers().first();
        let arn = balancer.and_then(|balancer| balancer.load_balancer_arn());
        let arn = arn.ok_or_else(|| no_id("elasticloadbalancing:CreateLoadBalancer"))?;
        Ok(identified(new, arn, &name))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let arn = draft.str("id").unwrap_or_default();
        let actual = attributes(aws, arn).await?;
        modify(aws, arn, elb::missing(new.planned, &rows(new.planned), &actual)).await?;
        match new.planned.block("minimum_load_balancer_capacity") {
            Some(capacity) => reserve(aws, arn, Some(capacity)).await,
            None => Ok(()),
        }
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.name("tf-lb-");
        let Some(balancer) = named(aws, &name).await? else { return Ok(None) };
        let arn = balancer.load_balancer_arn().unwrap_or_default();
        let ours = tags::made_by(&elb::read_tags(aws, arn).await?, new.token);
        Ok(ours.then(|| identified(new, arn, &name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let arn = known.id();
        let Some(balancer) = described(aws, arn).await? else { return Ok(None) };
        let (actual, tags) = tokio::try_join!(attributes(aws, arn), elb::read_tags(aws, arn))?;
        let mut draft = known.draft();
        tell(&mut draft, &balancer, &actual);
        for name in LOGS {
            let on = actual.get(&format!("{name}.s3.enabled")).is_some_and(|on| on == "true");
            if on || known.object.block(name).is_some() {
                draft.set(name, elb::block(name, known.object, &ROWS, &actual));
            }
        }
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen { draft, status: status(&balancer) }))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let (arn, args) = (change.id(), change.planned);
        let names = rows(args).into_iter().map(|(path, _)| path.split('.').next().unwrap_or(path));
        let mut names: Vec<_> = names.collect();
        names.extend(["ip_address_type", "minimum_load_balancer_capacity", "security_groups"]);
        names.extend(["subnet_mapping", "subnets", "enable_cross_zone_load_balancing"]);
        change.only(&names)?;
        if change.touches(&["security_groups"]) {
            let call = aws.calls.elb.set_security_groups().load_balancer_arn(arn);
            let call = call.set_security_groups(Some(args.strings("security_groups")));
            call.send().await.map_err(fail("elasticloadbalancing:SetSecurityGroups"))?;
        }
        if change.touches(&["subnets", "subnet_mapping"]) {
            let by_mapping = change.touches(&["subnet_mapping"]);
            let mappings = mappings(args).filter(|_| by_mapping);
            let subnets = args.some_strings("subnets").filter(|_| mappings.is_none());
            let call = aws.calls.elb.set_subnets().load_balancer_arn(arn);
            let call = call.set_subnets(subnets).set_subnet_mappings(mappings);
            call.send().await.map_err(fail("elasticloadbalancing:SetSubnets"))?;
        }
        if change.touches(&["ip_address_type"]) {
            let call = aws.calls.elb.set_ip_address_type().load_balancer_arn(arn);
            let call = call.set_ip_address_type(args.choice("ip_address_type"));
            call.send().await.map_err(fail("elasticloadbalancing:SetIpAddressType"))?;
        }
        if change.touches(&["minimum_load_balancer_capacity"]) {
            reserve(aws, arn, args.block("minimum_load_balancer_capacity")).await?;
        }
        modify(aws, arn, elb::changed(change, &rows(args))).await?;
        elb::retag(aws, arn, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.elb.delete_load_balancer().load_balancer_arn(known.id());
        match call.send().await.map_err(fail("elasticloadbalancing:DeleteLoadBalancer")) {
            Err(failure) if failure.message.contains("(OperationNotPermitted)") => Err(Failure {
                kind: FailureKind::Invalid,
                help: Some("set `enable_deletion_protection = false` and apply first".to_owned()),
                ..failure
            }),
            other => other.map(drop),
        }
    }

    async fn gone(&self, aws: &Aws, known: &Known<'_>) -> Result<bool, Failure> {
        if described(aws, known.id()).await?.is_some() {
            return Ok(false);
        }
        let description = filter("description", &format!("ELB {}", suffix(known.id())));
        let call = aws.calls.ec2.describe_network_interfaces().filters(description);
        let answer = call.send().await.map_err(fail("ec2:DescribeNetworkInterfaces"))?;
        Ok(answer.network_interfaces().is_empty())
    }
}

/// Writes what the API says of a balancer, but for its tags and logs.
pub(crate) fn tell(draft: &mut Draft, balancer: &LoadBalancer, actual: &Attributes) {
    let zones = balancer.availability_zones();
    let mapped = zones.iter().map(|zone| {
        let address = zone.load_balancer_addresses().first();
        json!({
            "subnet_id": zone.subnet_id(),
            "outpost_id": zone.outpost_id().unwrap_or_default(),
            "allocation_id": address.and_then(|a| a.allocation_id()).unwrap_or_default(),
            "ipv6_address": address.and_then(|a| a.ipv6_address()).unwrap_or_default(),
            "private_ipv4_address":
                address.and_then(|a| a.private_ipv4_address()).unwrap_or_default(),
        })
    });
    let name = balancer.load_balancer_name().unwrap_or_default();
    let enforced = balancer.enforce_security_group_inbound_rules_on_private_link_traffic();
    let arn = balancer.load_balancer_arn().unwrap_or_default();
    draft
        .set("arn", arn)
        .set("arn_suffix", suffix(arn))
        .set("dns_name", balancer.dns_name())
        .set("zone_id", balancer.canonical_hosted_zone_id())
        .set("vpc_id", balancer.vpc_id())
        .set("name", name)
        .set("name_prefix", name_prefix(name))
        .set("internal", balancer.scheme() == Some(&LoadBalancerSchemeEnum::Internal))
        .set("load_balancer_type", balancer.r#type().map(|ty| ty.as_str()))
        .set("ip_address_type", balancer.ip_address_type().map(|ty| ty.as_str()))
        .set("security_groups", balancer.security_groups())
        .set("subnets", zones.iter().filter_map(|zone| zone.subnet_id()).collect::<Vec<_>>())
        .set("subnet_mapping", mapped.collect::<Vec<_>>())
        .set(
            "enforce_security_group_inbound_rules_on_private_link_traffic",
            enforced.unwrap_or_default(),
        )
        .text("customer_owned_ipv4_pool", balancer.customer_owned_ipv4_pool());
    let rows = rows(Args(&draft.value()));
    elb::write(draft, &rows, actual);
}

fn identified(new: &New<'_>, arn: &str, name: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn).set("name", name);
    draft
}

/// `app/front/50dc6c495c0c9188`
fn suffix(arn: &str) -> &str {
    arn.split_once(":loadbalancer/").map_or("", |(_, suffix)| suffix)
}

fn status(balancer: &LoadBalancer) -> Status {
    let state = balancer.state();
    match state.and_then(|state| state.code()) {
        Some(LoadBalancerStateEnum::Active | LoadBalancerStateEnum::ActiveImpaired) => {
            Status::Ready
        }
        Some(LoadBalancerStateEnum::Failed) => {
            let reason = state.and_then(|state| state.reason()).unwrap_or("AWS gives no reason");
            Status::Failed(format!("the load balancer failed: {reason}"))
        }
        state => {
            let state = state.map_or("provisioning", |state| state.as_str());
            Status::Waiting(format!("state is {state}"))
        }
    }
}

fn mappings(args: Args<'_>) -> Option<Vec<SubnetMapping>> {
    let mappings = args.blocks("subnet_mapping").map(|mapping| {
        SubnetMapping::builder()
            .set_subnet_id(mapping.text("subnet_id"))
            .set_allocation_id(mapping.text("allocation_id"))
            .set_private_ipv4_address(mapping.text("private_ipv4_address"))
            .set_ipv6_address(mapping.text("ipv6_address"))
            .build()
    });
    Some(mappings.collect()).filter(|mappings: &Vec<_>| !mappings.is_empty())
}

async fn named(aws: &Aws, name: &str) -> Result<Option<LoadBalancer>, Failure> {
    let answer = aws.calls.elb.describe_load_balancers().names(name).send().await;
    let answer = found("elasticloadbalancing:DescribeLoadBalancers", answer)?;
    Ok(answer.and_then(|answer| answer.load_balancers().first().cloned()))
}

async fn described(aws: &Aws, arn: &str) -> Result<Option<LoadBalancer>, Failure> {
    let answer = aws.calls.elb.describe_load_balancers().load_balancer_arns(arn).send().await;
    let answer = found("elasticloadbalancing:DescribeLoadBalancers", answer)?;
    Ok(answer.and_then(|answer| answer.load_balancers().first().cloned()))
}

/// Its attributes.
pub(crate) async fn attributes(aws: &Aws, arn: &str) -> Result<Attributes, Failure> {
    let call = aws.calls.elb.describe_load_balancer_attributes().load_balancer_arn(arn);
    let answer = call.send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeLoadBalancerAttributes"))?;
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
        .map(|(key, value)| LoadBalancerAttribute::builder().key(key).value(value).build());
    let call = aws.calls.elb.modify_load_balancer_attributes().load_balancer_arn(arn);
    let call = call.set_attributes(Some(attributes.collect())).send().await;
    call.map(drop).map_err(fail("elasticloadbalancing:ModifyLoadBalancerAttributes"))
}

async fn reserve(aws: &Aws, arn: &str, capacity: Option<Args<'_>>) -> Result<(), Failure> {
    let minimum = capacity.map(|capacity| {
        MinimumLoadBalancerCapacity::builder()
            .set_capacity_units(capacity.int("capacity_units"))
            .build()
    });
    let call = aws
        .calls
        .elb
        .modify_capacity_reservation()
        .load_balancer_arn(arn)
        .set_reset_capacity_reservation(minimum.is_none().then_some(true))
        .set_minimum_load_balancer_capacity(minimum);
    let answer = call.send().await.map(drop);
    answer.map_err(fail("elasticloadbalancing:ModifyCapacityReservation"))
}
