//! `aws_route_table`: EC2 `DescribeRouteTables`, by id, VPC, what it is associated with, tags and filters.

use super::search;
use crate::args::Args;
use crate::draft::Draft;
use crate::ec2;
use crate::failure::{self, fail};
use crate::provider::Aws;
use crate::route;
use crate::tags;
use aws_sdk_ec2::types::Route;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

const TEXTS: [(&str, &str); 4] = [
    ("association.gateway-id", "gateway_id"),
    ("association.subnet-id", "subnet_id"),
    ("route-table-id", "route_table_id"),
    ("vpc-id", "vpc_id"),
];
const NARROWS: &str = "`route_table_id`, `vpc_id`, `subnet_id`, `gateway_id`, `tags` or `filter`";

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let filters = search::filters(args, &TEXTS).ok_or_else(|| Failure {
        kind: FailureKind::Invalid,
        help: Some(format!("write one of {NARROWS}")),
        ..failure::internal("nothing says which route table".to_owned())
    })?;
    let call = aws.calls.ec2.describe_route_tables().set_filters(Some(filters));
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let all = all.map_err(fail("ec2:DescribeRouteTables"))?;
    let table = search::only("route table", NARROWS, all, |table| table.route_table_id())?;
    let (id, owner) =
        (table.route_table_id().unwrap_or_default(), table.owner_id().unwrap_or_default());
    let routes = table.routes().iter().filter(|route| route::is_of_its_own(route)).map(told);
    let associations = table.associations().iter().map(|association| {
        json!({
            "gateway_id": association.gateway_id(),
            "main": association.main(),
            "route_table_association_id": association.route_table_association_id(),
            "route_table_id": association.route_table_id(),
            "subnet_id": association.subnet_id(),
        })
    });
    draft
        .set("id", id)
        .set("arn", aws.ec2_arn(owner, &format!("route-table/{id}")))
        .set("associations", associations.collect::<Json>())
        .set("owner_id", owner)
        .set("route_table_id", id)
        .set("routes", routes.collect::<Json>())
        .set("vpc_id", table.vpc_id());
    tags::tell(draft, ec2::read_tags(table.tags()));
    Ok(())
}

/// As a route table's `route` has it, and the instance that it goes to.
fn told(route: &Route) -> Json {
    let mut told = route::inline(route);
    if let Json::Object(members) = &mut told {
        members.insert("instance_id".to_owned(), route.instance_id().unwrap_or_default().into());
    }
    told
}
