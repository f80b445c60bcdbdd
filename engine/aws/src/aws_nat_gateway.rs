//! `aws_nat_gateway`: EC2 `CreateNatGateway` (client token), `DeleteNatGateway`. A deleted one stays visible for about an hour.

use crate::draft::Draft;
use crate::ec2::{self, by_token};
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, Status};
use crate::tags;
use aws_sdk_ec2::types::{NatGateway as Gateway, NatGatewayAddress, NatGatewayState, ResourceType};
use plan::Failure;

pub(crate) struct NatGateway;

impl Resource for NatGateway {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let call = aws
            .once
            .ec2
            .create_nat_gateway()
            .client_token(&new.token.0)
            .set_allocation_id(args.text("allocation_id"))
            .set_connectivity_type(args.choice("connectivity_type"))
            .set_private_ip_address(args.text("private_ip"))
            .set_secondary_allocation_ids(args.some_strings("secondary_allocation_ids"))
            .set_secondary_private_ip_addresses(args.some_strings("secondary_private_ip_addresses"))
            .set_secondary_private_ip_address_count(args.int("secondary_private_ip_address_count"))
            .set_subnet_id(args.text("subnet_id"))
            .tag_specifications(ec2::tagged(new, ResourceType::Natgateway));
        let answer = call.send().await.map_err(fail("ec2:CreateNatGateway"))?;
        let id = answer.nat_gateway().and_then(|gateway| gateway.nat_gateway_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateNatGateway"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_nat_gateways().filter(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeNatGateways"))?;
        let mut alive = answer.nat_gateways().iter().filter(|gateway| is_there(gateway));
        let id = alive.find_map(|gateway| gateway.nat_gateway_id());
        Ok(id.map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let answer = aws.calls.ec2.describe_nat_gateways().nat_gateway_ids(known.id()).send().await;
        let Some(answer) = found("ec2:DescribeNatGateways", answer)? else { return Ok(None) };
        let gateway = answer.nat_gateways().iter().find(|gateway| is_there(gateway));
        let Some(gateway) = gateway else { return Ok(None) };
        let mut draft = known.draft();
        tell(&mut draft, gateway);
        let secondary = secondary_allocations(gateway);
        if !secondary.is_empty() || known.object.some_strings("secondary_allocation_ids").is_some()
        {
            draft.set("secondary_allocation_ids", secondary);
        }
        tags::write(&mut draft, known.object, ec2::read_tags(gateway.tags()));
        Ok(Some(Seen { draft, status: status(gateway) }))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&[])?;
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.ec2.delete_nat_gateway().nat_gateway_id(known.id());
        call.send().await.map(drop).map_err(fail("ec2:DeleteNatGateway"))
    }
}

/// Writes what the API says of a gateway, but for its tags and the allocations of its other addresses.
pub(crate) fn tell(draft: &mut Draft, gateway: &Gateway) {
    let (primary, others) = addresses(gateway);
    let ips: Vec<_> = others.iter().filter_map(|address| address.private_ip()).collect();
    draft
        .set("subnet_id", gateway.subnet_id())
        .set("connectivity_type", gateway.connectivity_type().map_or("public", |ty| ty.as_str()))
        .set("association_id", primary.and_then(|a| a.association_id()).unwrap_or_default())
        .set("network_interface_id", primary.and_then(|a| a.network_interface_id()))
        .set("private_ip", primary.and_then(|address| address.private_ip()))
        .set("public_ip", primary.and_then(|address| address.public_ip()).unwrap_or_default())
        .set("secondary_private_ip_addresses", ips)
        .set("secondary_private_ip_address_count", others.len())
        .text("allocation_id", primary.and_then(|address| address.allocation_id()));
}

/// The allocations of a gateway's other addresses.
pub(crate) fn secondary_allocations(gateway: &Gateway) -> Vec<&str> {
    addresses(gateway).1.into_iter().filter_map(|address| address.allocation_id()).collect()
}

/// The primary address, and the others.
fn addresses(gateway: &Gateway) -> (Option<&NatGatewayAddress>, Vec<&NatGatewayAddress>) {
    let all = gateway.nat_gateway_addresses();
    let primary = all.iter().find(|address| address.is_primary() == Some(true)).or(all.first());
    (primary, all.iter().filter(|address| Some(*address) != primary).collect())
}

fn is_there(gateway: &Gateway) -> bool {
    gateway.state() != Some(&NatGatewayState::Deleted)
}

fn status(gateway: &Gateway) -> Status {
    match gateway.state() {
        Some(NatGatewayState::Available) => Status::Ready,
        Some(NatGatewayState::Failed) => {
            let code = gateway.failure_code().unwrap_or("Unknown");
            let message = gateway.failure_message().unwrap_or("AWS gives no reason");
            Status::Failed(format!("the NAT gateway failed: {message} ({code})"))
        }
        state => {
            let state = state.map_or("pending", |state| state.as_str());
            Status::Waiting(format!("state is {state}"))
        }
    }
}
