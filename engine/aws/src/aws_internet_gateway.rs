//! `aws_internet_gateway`: EC2 `CreateInternetGateway`, `AttachInternetGateway`, `DetachInternetGateway`,
//! `DeleteInternetGateway`.

use crate::draft::Draft;
use crate::ec2::{self, by_token, filter};
use crate::failure::{self, fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_ec2::types::{InternetGateway as Gateway, ResourceType};
use plan::{Failure, FailureKind};

pub(crate) struct InternetGateway;

impl Resource for InternetGateway {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let call = aws.once.ec2.create_internet_gateway();
        let call = call.tag_specifications(ec2::tagged(new, ResourceType::InternetGateway));
        let answer = call.send().await.map_err(fail("ec2:CreateInternetGateway"))?;
        let id = answer.internet_gateway().and_then(|gateway| gateway.internet_gateway_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateInternetGateway"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        match new.planned.str("vpc_id") {
            Some(vpc) => attach(aws, draft.str("id").unwrap_or_default(), vpc).await,
            None => Ok(()),
        }
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_internet_gateways().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeInternetGateways"))?;
        let id =
            answer.internet_gateways().iter().find_map(|gateway| gateway.internet_gateway_id());
        Ok(id.map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(gateway) = describe(aws, known.id()).await? else { return Ok(None) };
        let owner = gateway.owner_id().unwrap_or_default();
        let wanted = known.object.str("vpc_id");
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("internet-gateway/{}", known.id())))
            .set("owner_id", owner)
            .set("vpc_id", attached_to(&gateway).unwrap_or_default());
        tags::write(&mut draft, known.object, ec2::read_tags(gateway.tags()));
        let state = if attached_to(&gateway) == wanted { "attached" } else { "detached" };
        Ok(Some(Seen::in_state(draft, state, "attached", &[])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["vpc_id"])?;
        if change.touches(&["vpc_id"]) {
            if let Some(vpc) = change.prior.str("vpc_id") {
                detach(aws, change.id(), vpc).await?;
            }
            if let Some(vpc) = change.planned.str("vpc_id") {
                attach(aws, change.id(), vpc).await?;
            }
        }
        ec2::retag(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if let Some(vpc) = known.object.str("vpc_id") {
            detach(aws, known.id(), vpc).await?;
        }
        let call = aws.calls.ec2.delete_internet_gateway().internet_gateway_id(known.id());
        call.send().await.map(drop).map_err(fail("ec2:DeleteInternetGateway"))
    }
}

async fn describe(aws: &Aws, id: &str) -> Result<Option<Gateway>, Failure> {
    let answer = aws.calls.ec2.describe_internet_gateways().internet_gateway_ids(id).send().await;
    let answer = found("ec2:DescribeInternetGateways", answer)?;
    Ok(answer.and_then(|answer| answer.internet_gateways().first().cloned()))
}

fn attached_to(gateway: &Gateway) -> Option<&str> {
    gateway.attachments().first()?.vpc_id()
}

/// Attaching to the VPC that it is attached to already is a success.
async fn attach(aws: &Aws, id: &str, vpc: &str) -> Result<(), Failure> {
    let call = aws.calls.ec2.attach_internet_gateway().internet_gateway_id(id).vpc_id(vpc);
    match call.send().await.map_err(fail("ec2:AttachInternetGateway")) {
        Err(failure) if failure.kind == FailureKind::Exists => match describe(aws, id).await? {
            Some(gateway) if attached_to(&gateway) == Some(vpc) => Ok(()),
            _ => Err(failure),
        },
        other => other.map(drop),
    }
}

/// Public addresses in the VPC keep the gateway: the failure names them.
async fn detach(aws: &Aws, id: &str, vpc: &str) -> Result<(), Failure> {
    let call = aws.calls.ec2.detach_internet_gateway().internet_gateway_id(id).vpc_id(vpc);
    let result = call.send().await.map(drop).map_err(fail("ec2:DetachInternetGateway"));
    match failure::absent(result) {
        Ok(()) => Ok(()),
        Err(failure) => Err(ec2::blamed(aws, failure, filter("vpc-id", vpc)).await),
    }
}
