//! `aws_subnet`: EC2 `CreateSubnet`, `ModifySubnetAttribute` (one attribute a call), `DeleteSubnet`.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{AttributeBooleanValue, ResourceType, Subnet as ApiSubnet};
use plan::Failure;

pub(crate) struct Subnet;

/// What only `ModifySubnetAttribute` sets; AWS starts with false, zero, nothing.
const MODIFIED: [&str; 7] = [
    "map_public_ip_on_launch",
    "assign_ipv6_address_on_creation",
    "enable_dns64",
    "enable_resource_name_dns_a_record_on_launch",
    "enable_resource_name_dns_aaaa_record_on_launch",
    "enable_lni_at_device_index",
    "private_dns_hostname_type_on_launch",
];

impl Resource for Subnet {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let call = aws
            .once
            .ec2
            .create_subnet()
            .set_vpc_id(args.text("vpc_id"))
            .set_cidr_block(args.text("cidr_block"))
            .set_availability_zone(args.text("availability_zone"))
            .set_availability_zone_id(args.text("availability_zone_id"))
            .set_ipv6_cidr_block(args.text("ipv6_cidr_block"))
            .set_ipv6_native(args.flag("ipv6_native").filter(|native| *native))
            .set_outpost_arn(args.text("outpost_arn"))
            .tag_specifications(ec2::tagged(new, ResourceType::Subnet));
        let answer = call.send().await.map_err(fail("ec2:CreateSubnet"))?;
        let id = answer.subnet().and_then(|subnet| subnet.subnet_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateSubnet"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let id = draft.str("id").unwrap_or_default();
        for name in MODIFIED {
            let args = new.planned;
            if args.is(name) || args.str(name).is_some() || args.int(name).is_some_and(|n| n > 0) {
                modify(aws, id, name, args).await?;
            }
        }
        if new.planned.is("map_customer_owned_ip_on_launch") {
            modify(aws, id, "map_customer_owned_ip_on_launch", new.planned).await?;
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_subnets().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeSubnets"))?;
        Ok(answer.subnets().iter().find_map(|subnet| subnet.subnet_id()).map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let answer = aws.calls.ec2.describe_subnets().subnet_ids(known.id()).send().await;
        let Some(answer) = found("ec2:DescribeSubnets", answer)? else { return Ok(None) };
        let Some(subnet) = answer.subnets().first() else { return Ok(None) };
        let mut draft = known.draft();
        tell(&mut draft, subnet);
        tags::write(&mut draft, known.object, ec2::read_tags(subnet.tags()));
        let state = subnet.state().map_or("pending", |state| state.as_str());
        let bad = ["failed", "failed-insufficient-capacity"];
        let seen = Seen::in_state(draft, state, "available", &bad);
        Ok(Some(seen.agreeing(known, &MODIFIED)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&MODIFIED)?;
        for name in MODIFIED {
            if change.touches(&[name]) {
                modify(aws, change.id(), name, change.planned).await?;
            }
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let answer = aws.calls.ec2.delete_subnet().subnet_id(known.id()).send().await;
        match answer.map_err(fail("ec2:DeleteSubnet")) {
            Ok(_) => Ok(()),
            Err(failure) => Err(ec2::blamed(aws, failure, filter("subnet-id", known.id())).await),
        }
    }
}

/// Writes what the API says of a subnet, but for its tags.
pub(crate) fn tell(draft: &mut Draft, subnet: &ApiSubnet) {
    let ipv6 = subnet.ipv6_cidr_block_association_set().iter().find(|block| {
        let state = block.ipv6_cidr_block_state().and_then(|state| state.state());
        state.is_some_and(|state| state.as_str() == "associated")
    });
    let dns = subnet.private_dns_name_options_on_launch();
    draft
        .set("arn", subnet.subnet_arn())
        .set("owner_id", subnet.owner_id())
        .set("vpc_id", subnet.vpc_id())
        .set("availability_zone", subnet.availability_zone())
        .set("availability_zone_id", subnet.availability_zone_id())
        .set("map_public_ip_on_launch", subnet.map_public_ip_on_launch().unwrap_or_default())
        .set(
            "assign_ipv6_address_on_creation",
            subnet.assign_ipv6_address_on_creation().unwrap_or_default(),
        )
        .set("enable_dns64", subnet.enable_dns64().unwrap_or_default())
        .set("ipv6_native", subnet.ipv6_native().unwrap_or_default())
        .set(
            "enable_resource_name_dns_a_record_on_launch",
            dns.and_then(|dns| dns.enable_resource_name_dns_a_record()).unwrap_or_default(),
        )
        .set(
            "enable_resource_name_dns_aaaa_record_on_launch",
            dns.and_then(|dns| dns.enable_resource_name_dns_aaaa_record()).unwrap_or_default(),
        )
        .set(
            "private_dns_hostname_type_on_launch",
            dns.and_then(|dns| dns.hostname_type()).map_or("ip-name", |ty| ty.as_str()),
        )
        .set(
            "ipv6_cidr_block_association_id",
            ipv6.and_then(|b| b.association_id()).unwrap_or_default(),
        )
        .text("cidr_block", subnet.cidr_block())
        .text("ipv6_cidr_block", ipv6.and_then(|block| block.ipv6_cidr_block()))
        .text("outpost_arn", subnet.outpost_arn())
        .text("customer_owned_ipv4_pool", subnet.customer_owned_ipv4_pool());
    if let Some(index) = subnet.enable_lni_at_device_index().filter(|index| *index > 0) {
        draft.set("enable_lni_at_device_index", index);
    }
    if subnet.map_customer_owned_ip_on_launch() == Some(true) {
        draft.set("map_customer_owned_ip_on_launch", true);
    }
}

async fn modify(aws: &Aws, id: &str, name: &str, args: Args<'_>) -> Result<(), Failure> {
    let call = aws.calls.ec2.modify_subnet_attribute().subnet_id(id);
    let flag = AttributeBooleanValue::builder().value(args.is(name)).build();
    let call = match name {
        "map_public_ip_on_launch" => call.map_public_ip_on_launch(flag),
        "assign_ipv6_address_on_creation" => call.assign_ipv6_address_on_creation(flag),
        "enable_dns64" => call.enable_dns64(flag),
        "enable_resource_name_dns_a_record_on_launch" => {
            call.enable_resource_name_dns_a_record_on_launch(flag)
        }
        "enable_resource_name_dns_aaaa_record_on_launch" => {
            call.enable_resource_name_dns_aaaa_record_on_launch(flag)
        }
        "enable_lni_at_device_index" => call.set_enable_lni_at_device_index(args.int(name)),
        "private_dns_hostname_type_on_launch" => {
            call.set_private_dns_hostname_type_on_launch(args.choice(name))
        }
        _ => call
            .map_customer_owned_ip_on_launch(flag)
            .set_customer_owned_ipv4_pool(args.text("customer_owned_ipv4_pool")),
    };
    call.send().await.map(drop).map_err(fail("ec2:ModifySubnetAttribute"))
}
