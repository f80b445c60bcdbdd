//! `aws_vpc`: EC2 `CreateVpc`, `ModifyVpcAttribute` (one attribute a call), `DeleteVpc`.

use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{
    AttributeBooleanValue, ResourceType, VpcAttributeName, VpcIpv6CidrBlockAssociation,
};
use plan::Failure;

pub(crate) struct Vpc;

/// What AWS sets when nobody asks.
const AT_BIRTH: [(&str, bool); 3] = [
    ("enable_dns_support", true),
    ("enable_dns_hostnames", false),
    ("enable_network_address_usage_metrics", false),
];

impl Resource for Vpc {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let call = aws
            .once
            .ec2
            .create_vpc()
            .set_cidr_block(args.text("cidr_block"))
            .set_instance_tenancy(args.choice("instance_tenancy"))
            .set_ipv4_ipam_pool_id(args.text("ipv4_ipam_pool_id"))
            .set_ipv4_netmask_length(args.int("ipv4_netmask_length"))
            .set_ipv6_cidr_block(args.text("ipv6_cidr_block"))
            .set_ipv6_ipam_pool_id(args.text("ipv6_ipam_pool_id"))
            .set_ipv6_netmask_length(args.int("ipv6_netmask_length"))
            .set_ipv6_cidr_block_network_border_group(
                args.text("ipv6_cidr_block_network_border_group"),
            )
            .set_amazon_provided_ipv6_cidr_block(args.flag("assign_generated_ipv6_cidr_block"))
            .tag_specifications(ec2::tagged(new, ResourceType::Vpc));
        let answer = call.send().await.map_err(fail("ec2:CreateVpc"))?;
        let id = answer.vpc().and_then(|vpc| vpc.vpc_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateVpc"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let id = draft.str("id").unwrap_or_default();
        for (name, at_birth) in AT_BIRTH {
            if let Some(wanted) = new.planned.flag(name).filter(|wanted| *wanted != at_birth) {
                modify(aws, id, name, wanted).await?;
            }
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_vpcs().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeVpcs"))?;
        Ok(answer.vpcs().iter().find_map(|vpc| vpc.vpc_id()).map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let id = known.id();
        let calls = &aws.calls.ec2;
        let answer = calls.describe_vpcs().vpc_ids(id).send().await;
        let Some(answer) = found("ec2:DescribeVpcs", answer)? else { return Ok(None) };
        let Some(vpc) = answer.vpcs().first() else { return Ok(None) };
        let (support, hostnames, metrics, acl, table, group) = tokio::try_join!(
            attribute(aws, id, VpcAttributeName::EnableDnsSupport),
            attribute(aws, id, VpcAttributeName::EnableDnsHostnames),
            attribute(aws, id, VpcAttributeName::EnableNetworkAddressUsageMetrics),
            default_acl(aws, id),
            main_table(aws, id),
            default_group(aws, id),
        )?;
        let owner = vpc.owner_id().unwrap_or_default();
        let ipv6 = vpc.ipv6_cidr_block_association_set().iter().find(|block| is_associated(block));
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("vpc/{id}")))
            .set("owner_id", owner)
            .set("cidr_block", vpc.cidr_block())
            .set("instance_tenancy", vpc.instance_tenancy().map(|tenancy| tenancy.as_str()))
            .set("dhcp_options_id", vpc.dhcp_options_id())
            .set("enable_dns_support", support)
            .set("enable_dns_hostnames", hostnames)
            .set("enable_network_address_usage_metrics", metrics)
            .set("default_network_acl_id", acl)
            .set("main_route_table_id", table.as_str())
            .set("default_route_table_id", table)
            .set("default_security_group_id", group)
            .set("ipv6_association_id", ipv6.and_then(|b| b.association_id()).unwrap_or_default())
            .set("ipv6_cidr_block", ipv6.and_then(|b| b.ipv6_cidr_block()).unwrap_or_default())
            .set(
                "ipv6_cidr_block_network_border_group",
                ipv6.and_then(|b| b.network_border_group()).unwrap_or_default(),
            );
        tags::write(&mut draft, known.object, ec2::read_tags(vpc.tags()));
        let state = vpc.state().map_or("pending", |state| state.as_str());
        let seen = Seen::in_state(draft, state, "available", &[]);
        Ok(Some(seen.agreeing(known, &AT_BIRTH.map(|(name, _)| name))))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&[
            "enable_dns_support",
            "enable_dns_hostnames",
            "enable_network_address_usage_metrics",
            "instance_tenancy",
        ])?;
        for (name, _) in AT_BIRTH {
            if let Some(wanted) = change.planned.flag(name).filter(|_| change.touches(&[name])) {
                modify(aws, change.id(), name, wanted).await?;
            }
        }
        if change.touches(&["instance_tenancy"]) {
            let call = aws.calls.ec2.modify_vpc_tenancy().vpc_id(change.id());
            let call = call.set_instance_tenancy(change.planned.choice("instance_tenancy"));
            call.send().await.map_err(fail("ec2:ModifyVpcTenancy"))?;
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let answer = aws.calls.ec2.delete_vpc().vpc_id(known.id()).send().await;
        match answer.map_err(fail("ec2:DeleteVpc")) {
            Ok(_) => Ok(()),
            Err(failure) => Err(ec2::blamed(aws, failure, filter("vpc-id", known.id())).await),
        }
    }
}

async fn modify(aws: &Aws, id: &str, name: &str, value: bool) -> Result<(), Failure> {
    let call = aws.calls.ec2.modify_vpc_attribute().vpc_id(id);
    let value = AttributeBooleanValue::builder().value(value).build();
    let call = match name {
        "enable_dns_support" => call.enable_dns_support(value),
        "enable_dns_hostnames" => call.enable_dns_hostnames(value),
        _ => call.enable_network_address_usage_metrics(value),
    };
    call.send().await.map(drop).map_err(fail("ec2:ModifyVpcAttribute"))
}

/// One of the attributes that the API tells one at a time.
pub(crate) async fn attribute(
    aws: &Aws,
    id: &str,
    name: VpcAttributeName,
) -> Result<bool, Failure> {
    let call = aws.calls.ec2.describe_vpc_attribute().vpc_id(id).attribute(name);
    let answer = call.send().await.map_err(fail("ec2:DescribeVpcAttribute"))?;
    let value = answer
        .enable_dns_support()
        .or(answer.enable_dns_hostnames())
        .or(answer.enable_network_address_usage_metrics());
    Ok(value.and_then(AttributeBooleanValue::value).unwrap_or_default())
}

async fn default_acl(aws: &Aws, id: &str) -> Result<String, Failure> {
    let call = aws.calls.ec2.describe_network_acls();
    let call = call.filters(filter("default", "true")).filters(filter("vpc-id", id));
    let answer = call.send().await.map_err(fail("ec2:DescribeNetworkAcls"))?;
    let acl = answer.network_acls().first().and_then(|acl| acl.network_acl_id());
    Ok(acl.unwrap_or_default().to_owned())
}

/// The route table of subnets that have none of their own.
pub(crate) async fn main_table(aws: &Aws, id: &str) -> Result<String, Failure> {
    let call = aws.calls.ec2.describe_route_tables();
    let call = call.filters(filter("association.main", "true")).filters(filter("vpc-id", id));
    let answer = call.send().await.map_err(fail("ec2:DescribeRouteTables"))?;
    let table = answer.route_tables().first().and_then(|table| table.route_table_id());
    Ok(table.unwrap_or_default().to_owned())
}

async fn default_group(aws: &Aws, id: &str) -> Result<String, Failure> {
    let call = aws.calls.ec2.describe_security_groups();
    let call = call.filters(filter("group-name", "default")).filters(filter("vpc-id", id));
    let answer = call.send().await.map_err(fail("ec2:DescribeSecurityGroups"))?;
    let group = answer.security_groups().first().and_then(|group| group.group_id());
    Ok(group.unwrap_or_default().to_owned())
}

fn is_associated(block: &VpcIpv6CidrBlockAssociation) -> bool {
    let state = block.ipv6_cidr_block_state().and_then(|state| state.state());
    state.is_some_and(|state| matches!(state.as_str(), "associated" | "associating"))
}
