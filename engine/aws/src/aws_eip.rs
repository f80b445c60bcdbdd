//! `aws_eip`: EC2 `AllocateAddress`, `AssociateAddress`, `DisassociateAddress`, `ReleaseAddress`.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::{self, by_token};
use crate::failure::{self, fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{AddressAttributeName, DomainType, ResourceType};
use plan::Failure;

pub(crate) struct Eip;

const ASSOCIATION: [&str; 3] = ["instance", "network_interface", "associate_with_private_ip"];

impl Resource for Eip {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let call = aws
            .once
            .ec2
            .allocate_address()
            .domain(DomainType::Vpc)
            .set_address(args.text("address"))
            .set_customer_owned_ipv4_pool(args.text("customer_owned_ipv4_pool"))
            .set_ipam_pool_id(args.text("ipam_pool_id"))
            .set_network_border_group(args.text("network_border_group"))
            .set_public_ipv4_pool(args.text("public_ipv4_pool"))
            .tag_specifications(ec2::tagged(new, ResourceType::ElasticIp));
        let answer = call.send().await.map_err(fail("ec2:AllocateAddress"))?;
        Ok(new.draft(answer.allocation_id().ok_or_else(|| no_id("ec2:AllocateAddress"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        associate(aws, draft.str("id").unwrap_or_default(), new.planned).await
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_addresses().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeAddresses"))?;
        let id = answer.addresses().iter().find_map(|address| address.allocation_id());
        Ok(id.map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let answer = aws.calls.ec2.describe_addresses().allocation_ids(known.id()).send().await;
        let Some(answer) = found("ec2:DescribeAddresses", answer)? else { return Ok(None) };
        let Some(address) = answer.addresses().first() else { return Ok(None) };
        let owner = aws.caller().await?.id.as_str();
        let private = address.private_ip_address().unwrap_or_default();
        let public = address.public_ip().unwrap_or_default();
        let domain = address.domain().map_or("vpc", |domain| domain.as_str());
        let mut draft = known.draft();
        draft
            .set("allocation_id", known.id())
            .set("arn", aws.ec2_arn(owner, &format!("elastic-ip/{}", known.id())))
            .set("association_id", address.association_id().unwrap_or_default())
            .set("carrier_ip", address.carrier_ip().unwrap_or_default())
            .set("customer_owned_ip", address.customer_owned_ip().unwrap_or_default())
            .set("domain", domain)
            .set("vpc", domain == "vpc")
            .set("instance", address.instance_id().unwrap_or_default())
            .set("network_interface", address.network_interface_id().unwrap_or_default())
            .set("network_border_group", address.network_border_group().unwrap_or_default())
            .set("public_ipv4_pool", address.public_ipv4_pool().unwrap_or_default())
            .set("private_ip", private)
            .set("public_ip", public)
            .set("private_dns", private_name(aws.region(), private))
            .set("public_dns", public_name(aws, public))
            .set("ptr_record", ptr_record(aws, known.id()).await?)
            .text("customer_owned_ipv4_pool", address.customer_owned_ipv4_pool());
        tags::write(&mut draft, known.object, ec2::read_tags(address.tags()));
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&ASSOCIATION)?;
        if change.touches(&ASSOCIATION) {
            disassociate(aws, change.prior).await?;
            associate(aws, change.id(), change.planned).await?;
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if ASSOCIATION.iter().any(|name| known.object.str(name).is_some()) {
            disassociate(aws, known.object).await?;
        }
        let call = aws.calls.ec2.release_address().allocation_id(known.id());
        let call = call.set_network_border_group(known.object.text("network_border_group"));
        call.send().await.map(drop).map_err(fail("ec2:ReleaseAddress"))
    }
}

async fn associate(aws: &Aws, id: &str, args: Args<'_>) -> Result<(), Failure> {
    if args.str("instance").or(args.str("network_interface")).is_none() {
        return Ok(());
    }
    let call = aws
        .calls
        .ec2
        .associate_address()
        .allocation_id(id)
        .set_instance_id(args.text("instance"))
        .set_network_interface_id(args.text("network_interface"))
        .set_private_ip_address(args.text("associate_with_private_ip"))
        .allow_reassociation(false);
    call.send().await.map(drop).map_err(fail("ec2:AssociateAddress"))
}

async fn disassociate(aws: &Aws, args: Args<'_>) -> Result<(), Failure> {
    let Some(association) = args.str("association_id") else { return Ok(()) };
    let call = aws.calls.ec2.disassociate_address().association_id(association);
    let result = call.send().await.map(drop).map_err(fail("ec2:DisassociateAddress"));
    failure::absent(result)
}

async fn ptr_record(aws: &Aws, id: &str) -> Result<String, Failure> {
    let call = aws.calls.ec2.describe_addresses_attribute().allocation_ids(id);
    let answer = call.attribute(AddressAttributeName::DomainName).send().await;
    let answer = answer.map_err(fail("ec2:DescribeAddressesAttribute"))?;
    let record = answer.addresses().first().and_then(|address| address.ptr_record());
    Ok(record.unwrap_or_default().to_owned())
}

/// `ec2-192-0-2-1.eu-west-3.compute.amazonaws.com`; us-east-1 has a form of its own (EC2 user guide, DNS attributes of a VPC).
fn public_name(aws: &Aws, ip: &str) -> Option<String> {
    let suffix = if aws.partition() == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
    let zone = match aws.region() {
        "us-east-1" => "compute-1".to_owned(),
        region => format!("{region}.compute"),
    };
    (!ip.is_empty()).then(|| format!("ec2-{}.{zone}.{suffix}", ip.replace('.', "-")))
}

/// `ip-10-0-0-1.eu-west-3.compute.internal`
fn private_name(region: &str, ip: &str) -> Option<String> {
    let zone = match region {
        "us-east-1" => "ec2.internal".to_owned(),
        region => format!("{region}.compute.internal"),
    };
    (!ip.is_empty()).then(|| format!("ip-{}.{zone}", ip.replace('.', "-")))
}
