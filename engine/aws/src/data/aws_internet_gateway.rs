//! `aws_internet_gateway`: EC2 `DescribeInternetGateways`, by id, tags and filters.

use super::search;
use crate::args::Args;
use crate::draft::Draft;
use crate::ec2;
use crate::failure::{self, fail};
use crate::provider::Aws;
use crate::tags;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

const NARROWS: &str = "`internet_gateway_id`, `tags` or `filter`";

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let filters = search::filters(args, &[("internet-gateway-id", "internet_gateway_id")]);
    let filters = filters.ok_or_else(|| Failure {
        kind: FailureKind::Invalid,
        help: Some(format!("write one of {NARROWS}")),
        ..failure::internal("nothing says which internet gateway".to_owned())
    })?;
    let call = aws.calls.ec2.describe_internet_gateways().set_filters(Some(filters));
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let all = all.map_err(fail("ec2:DescribeInternetGateways"))?;
    let gateway =
        search::only("internet gateway", NARROWS, all, |gateway| gateway.internet_gateway_id())?;
    let (id, owner) =
        (gateway.internet_gateway_id().unwrap_or_default(), gateway.owner_id().unwrap_or_default());
    let attachments = gateway.attachments().iter().map(|attachment| {
        json!({"state": attachment.state().map(|state| state.as_str()),
            "vpc_id": attachment.vpc_id()})
    });
    draft
        .set("id", id)
        .set("arn", aws.ec2_arn(owner, &format!("internet-gateway/{id}")))
        .set("attachments", attachments.collect::<Json>())
        .set("internet_gateway_id", id)
        .set("owner_id", owner);
    tags::tell(draft, ec2::read_tags(gateway.tags()));
    Ok(())
}
