//! `aws_vpc_endpoint`: EC2 `CreateVpcEndpoint` (client token), `ModifyVpcEndpoint`, `DeleteVpcEndpoints`, which says inside of a good
//! answer what it has not deleted.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{self, fail, found, no_id};
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{
    DnsOptionsSpecification, ResourceType, State, SubnetConfiguration, VpcEndpoint as Endpoint,
};
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(crate) struct VpcEndpoint;

/// Ids that an endpoint has some of.
const IDS: [&str; 3] = ["route_table_ids", "security_group_ids", "subnet_ids"];

/// What is changed with one value.
const VALUES: [&str; 4] = ["dns_options", "ip_address_type", "policy", "private_dns_enabled"];

impl Resource for VpcEndpoint {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let subnets: Vec<_> = args.blocks("subnet_configuration").map(subnet).collect();
        let call = aws
            .once
            .ec2
            .create_vpc_endpoint()
            .client_token(&new.token.0)
            .set_dns_options(args.block("dns_options").map(dns))
            .set_ip_address_type(args.choice("ip_address_type"))
            .set_policy_document(args.text("policy"))
            .set_private_dns_enabled(args.flag("private_dns_enabled"))
            .set_resource_configuration_arn(args.text("resource_configuration_arn"))
            .set_route_table_ids(args.some_strings("route_table_ids"))
            .set_security_group_ids(args.some_strings("security_group_ids"))
            .set_service_name(args.text("service_name"))
            .set_service_network_arn(args.text("service_network_arn"))
            .set_service_region(args.text("service_region"))
            .set_subnet_configurations(Some(subnets).filter(|subnets| !subnets.is_empty()))
            .set_subnet_ids(args.some_strings("subnet_ids"))
            .set_vpc_endpoint_type(args.choice("vpc_endpoint_type"))
            .set_vpc_id(args.text("vpc_id"))
            .tag_specifications(ec2::tagged(new, ResourceType::VpcEndpoint));
        let answer = call.send().await.map_err(fail("ec2:CreateVpcEndpoint"))?;
        let id = answer.vpc_endpoint().and_then(|endpoint| endpoint.vpc_endpoint_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateVpcEndpoint"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_vpc_endpoints().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeVpcEndpoints"))?;
        let mut alive = answer.vpc_endpoints().iter().filter(|endpoint| is_there(endpoint));
        Ok(alive.find_map(|endpoint| endpoint.vpc_endpoint_id()).map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let call = aws.calls.ec2.describe_vpc_endpoints().vpc_endpoint_ids(known.id());
        let Some(answer) = found("ec2:DescribeVpcEndpoints", call.send().await)? else {
            return Ok(None);
        };
        let endpoint = answer.vpc_endpoints().iter().find(|endpoint| is_there(endpoint));
        let Some(endpoint) = endpoint else { return Ok(None) };
        let owner = endpoint.owner_id().unwrap_or_default();
        let groups: Vec<_> = endpoint.groups().iter().filter_map(|g| g.group_id()).collect();
        let ty = endpoint.vpc_endpoint_type().map_or("Gateway", |ty| ty.as_str());
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("vpc-endpoint/{}", known.id())))
            .set("owner_id", owner)
            .set("vpc_id", endpoint.vpc_id())
            .set("vpc_endpoint_type", ty)
            .set("state", endpoint.state().map(|state| word(state.as_str())))
            .set("requester_managed", endpoint.requester_managed().unwrap_or_default())
            .set("private_dns_enabled", endpoint.private_dns_enabled().unwrap_or_default())
            .set("ip_address_type", endpoint.ip_address_type().map_or("", |ty| ty.as_str()))
            .set("network_interface_ids", endpoint.network_interface_ids())
            .set("route_table_ids", endpoint.route_table_ids())
            .set("security_group_ids", groups)
            .set("subnet_ids", endpoint.subnet_ids())
            .set("service_region", endpoint.service_region().unwrap_or(aws.region()))
            .set("dns_entry", names(endpoint))
            .text("service_name", endpoint.service_name());
        match endpoint.policy_document() {
            Some(policy) => iam::document(&mut draft, "policy", policy.to_owned()),
            None => drop(draft.set("policy", "")),
        }
        if let Some(options) = endpoint.dns_options() {
            let ty = options.dns_record_ip_type().map_or("", |ty| ty.as_str());
            let only = options.private_dns_only_for_inbound_resolver_endpoint();
            let only = only.unwrap_or_default();
            draft.set(
                "dns_options",
                json!([{"dns_record_ip_type": ty,
                "private_dns_only_for_inbound_resolver_endpoint": only}]),
            );
        }
        prefixes(aws, ty, endpoint.service_name().unwrap_or_default(), &mut draft).await?;
        tags::write(&mut draft, known.object, ec2::read_tags(endpoint.tags()));
        let state = endpoint.state().map(|state| word(state.as_str())).unwrap_or_default();
        let good = if state == "pendingAcceptance" { "pendingAcceptance" } else { "available" };
        let seen = Seen::in_state(draft, &state, good, &["failed", "rejected", "expired"]);
        Ok(Some(seen.agreeing(known, &IDS)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let others = ["auto_accept", "subnet_configuration"];
        change.only(&[&IDS[..], &VALUES, &others].concat())?;
        if change.touches(&IDS) || change.touches(&VALUES) || change.touches(&others) {
            modify(aws, change).await?;
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.ec2.delete_vpc_endpoints().vpc_endpoint_ids(known.id());
        let answer = call.send().await.map_err(fail("ec2:DeleteVpcEndpoints"))?;
        let Some(error) = answer.unsuccessful().iter().find_map(|item| item.error()) else {
            return Ok(());
        };
        let (code, text) = (error.code().unwrap_or_default(), error.message().unwrap_or_default());
        let failure = failure::told("ec2:DeleteVpcEndpoints", code, text);
        match failure.kind {
            FailureKind::NotFound => Ok(()),
            _ => Err(failure),
        }
    }
}

/// One that is deleted stays visible for a while.
fn is_there(endpoint: &Endpoint) -> bool {
    !endpoint
        .state()
        .is_some_and(|state| state == &State::Deleted || word(state.as_str()) == "deleted")
}

/// States are spelled with a capital in the API's model and without one in its answers.
fn word(state: &str) -> String {
    let mut chars = state.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn dns(block: Args<'_>) -> DnsOptionsSpecification {
    let only = "private_dns_only_for_inbound_resolver_endpoint";
    DnsOptionsSpecification::builder()
        .set_dns_record_ip_type(block.choice("dns_record_ip_type"))
        .set_private_dns_only_for_inbound_resolver_endpoint(block.flag(only))
        .build()
}

fn subnet(block: Args<'_>) -> SubnetConfiguration {
    SubnetConfiguration::builder()
        .set_ipv4(block.text("ipv4"))
        .set_ipv6(block.text("ipv6"))
        .set_subnet_id(block.text("subnet_id"))
        .build()
}

fn names(endpoint: &Endpoint) -> Json {
    let entry = |entry: &aws_sdk_ec2::types::DnsEntry| json!({"dns_name": entry.dns_name(), "hosted_zone_id": entry.hosted_zone_id()});
    endpoint.dns_entries().iter().map(entry).collect()
}

/// The prefix list that routes to a gateway endpoint go by.
async fn prefixes(aws: &Aws, ty: &str, service: &str, draft: &mut Draft) -> Result<(), Failure> {
    if ty != "Gateway" {
        draft.set("prefix_list_id", Json::Null).set("cidr_blocks", json!([]));
        return Ok(());
    }
    let call = aws.calls.ec2.describe_prefix_lists().filters(filter("prefix-list-name", service));
    let answer = call.send().await.map_err(fail("ec2:DescribePrefixLists"))?;
    let list = answer.prefix_lists().first();
    draft.set("prefix_list_id", list.and_then(|list| list.prefix_list_id()));
    draft.set("cidr_blocks", list.map(|list| list.cidrs()).unwrap_or_default());
    Ok(())
}

/// Puts right what differs from what is there: adding what it has already is refused.
async fn modify(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let (old, new) = (change.prior, change.planned);
    let call = aws.calls.ec2.describe_vpc_endpoints().vpc_endpoint_ids(change.id());
    let answer = call.send().await.map_err(fail("ec2:DescribeVpcEndpoints"))?;
    let there = answer.vpc_endpoints().first();
    let there = |name: &str| -> Vec<String> {
        let Some(there) = there else { return old.strings(name) };
        match name {
            "route_table_ids" => there.route_table_ids().to_vec(),
            "subnet_ids" => there.subnet_ids().to_vec(),
            _ => there.groups().iter().filter_map(|g| g.group_id().map(str::to_owned)).collect(),
        }
    };
    let differing = |name: &str| -> (Option<Vec<String>>, Option<Vec<String>>) {
        if !change.touches(&[name]) {
            return (None, None);
        }
        let (is, wanted) = (there(name), new.strings(name));
        let without = |a: &[String], b: &[String]| {
            let some: Vec<_> = a.iter().filter(|id| !b.contains(id)).cloned().collect();
            Some(some).filter(|some| !some.is_empty())
        };
        (without(&wanted, &is), without(&is, &wanted))
    };
    let (add_tables, remove_tables) = differing("route_table_ids");
    let (add_groups, remove_groups) = differing("security_group_ids");
    let (add_subnets, remove_subnets) = differing("subnet_ids");
    let touched = |name: &'static str| Some(new).filter(|_| change.touches(&[name]));
    let is_reset = change.touches(&["policy"]) && new.str("policy").is_none();
    let subnets = touched("subnet_configuration")
        .map(|new| new.blocks("subnet_configuration").map(subnet).collect::<Vec<_>>())
        .filter(|subnets| !subnets.is_empty());
    let call = aws
        .calls
        .ec2
        .modify_vpc_endpoint()
        .vpc_endpoint_id(change.id())
        .set_add_route_table_ids(add_tables)
        .set_remove_route_table_ids(remove_tables)
        .set_add_security_group_ids(add_groups)
        .set_remove_security_group_ids(remove_groups)
        .set_add_subnet_ids(add_subnets)
        .set_remove_subnet_ids(remove_subnets)
        .set_subnet_configurations(subnets)
        .set_policy_document(touched("policy").and_then(|new| new.text("policy")))
        .set_reset_policy(is_reset.then_some(true))
        .set_private_dns_enabled(
            touched("private_dns_enabled").and_then(|n| n.flag("private_dns_enabled")),
        )
        .set_ip_address_type(
            touched("ip_address_type").and_then(|new| new.choice("ip_address_type")),
        )
        .set_dns_options(touched("dns_options").and_then(|new| new.block("dns_options")).map(dns));
    call.send().await.map(drop).map_err(fail("ec2:ModifyVpcEndpoint"))
}
