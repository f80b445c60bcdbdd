//! `aws_route_table`: EC2 `CreateRouteTable` (client token), routes and gateway propagation written inline, `DeleteRouteTable`.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::{self, by_token};
use crate::failure::{self, fail, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::route::{self, INLINE, destination};
use crate::tags;
use aws_sdk_ec2::types::{ResourceType, Route};
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct RouteTable;

impl Resource for RouteTable {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let call = aws
            .once
            .ec2
            .create_route_table()
            .client_token(&new.token.0)
            .set_vpc_id(new.planned.text("vpc_id"))
            .tag_specifications(ec2::tagged(new, ResourceType::RouteTable));
        let answer = call.send().await.map_err(fail("ec2:CreateRouteTable"))?;
        let id = answer.route_table().and_then(|table| table.route_table_id());
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:CreateRouteTable"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let id = draft.str("id").unwrap_or_default();
        let wanted: Vec<_> = new.planned.blocks("route").collect();
        if !wanted.is_empty() {
            let table = route::table(aws, id).await?;
            let there = table.as_ref().map(|table| table.routes()).unwrap_or_default();
            let is_there = |args: &Args<'_>| {
                there.iter().any(|r| route::destination_of(r) == destination(*args, INLINE))
            };
            for args in wanted.into_iter().filter(|args| !is_there(args)) {
                route::create(aws, id, args, INLINE).await?;
            }
        }
        for gateway in new.planned.strings("propagating_vgws") {
            propagate(aws, id, gateway).await?;
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let call = aws.calls.ec2.describe_route_tables().filters(by_token(new.token));
        let answer = call.send().await.map_err(fail("ec2:DescribeRouteTables"))?;
        let id = answer.route_tables().iter().find_map(|table| table.route_table_id());
        Ok(id.map(|id| new.draft(id)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(table) = route::table(aws, known.id()).await? else { return Ok(None) };
        let owner = table.owner_id().unwrap_or_default();
        let written: Vec<_> = known.object.blocks("route").collect();
        let listed = table.routes().iter().filter(|route| is_listed(route, &written));
        let gateways = table.propagating_vgws().iter().filter_map(|vgw| vgw.gateway_id());
        let mut draft = known.draft();
        draft
            .set("arn", aws.ec2_arn(owner, &format!("route-table/{}", known.id())))
            .set("owner_id", owner)
            .set("vpc_id", table.vpc_id())
            .set("route", listed.map(route::inline).collect::<Vec<Json>>())
            .set("propagating_vgws", gateways.collect::<Vec<_>>());
        tags::write(&mut draft, known.object, ec2::read_tags(table.tags()));
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["route", "propagating_vgws"])?;
        let id = change.id();
        if change.touches(&["route"]) {
            reroute(aws, change).await?;
        }
        let (old, new) =
            (change.prior.strings("propagating_vgws"), change.planned.strings("propagating_vgws"));
        if change.touches(&["propagating_vgws"]) {
            for gateway in old.iter().filter(|gateway| !new.contains(gateway)) {
                let call = aws.calls.ec2.disable_vgw_route_propagation();
                let call = call.route_table_id(id).gateway_id(gateway);
                call.send().await.map_err(fail("ec2:DisableVgwRoutePropagation"))?;
            }
            for gateway in new.into_iter().filter(|gateway| !old.contains(gateway)) {
                propagate(aws, id, gateway).await?;
            }
        }
        ec2::retag(aws, id, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let Some(table) = route::table(aws, known.id()).await? else { return Ok(()) };
        let others = table.associations().iter().filter(|a| a.main() != Some(true));
        for association in others.filter_map(|a| a.route_table_association_id()) {
            let call = aws.calls.ec2.disassociate_route_table().association_id(association);
            let result = call.send().await.map(drop).map_err(fail("ec2:DisassociateRouteTable"));
            failure::absent(result)?;
        }
        let call = aws.calls.ec2.delete_route_table().route_table_id(known.id());
        call.send().await.map(drop).map_err(fail("ec2:DeleteRouteTable"))
    }
}

/// What `route` lists: not the VPC's own range unless it is written, not what a gateway propagates, not a gateway endpoint's.
fn is_listed(route: &Route, written: &[Args<'_>]) -> bool {
    let is_written =
        || written.iter().any(|args| destination(*args, INLINE) == route::destination_of(route));
    route::is_of_its_own(route) || route.gateway_id() == Some("local") && is_written()
}

/// What stands there now decides, not what the state says: an update that was interrupted may be repeated.
async fn reroute(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let id = change.id();
    let table = route::table(aws, id).await?;
    let there = table.as_ref().map(|table| table.routes()).unwrap_or_default();
    let new: Vec<_> = change.planned.blocks("route").collect();
    let is_wanted = |to: &str| new.iter().any(|args| destination(*args, INLINE) == to);
    for args in change.prior.blocks("route") {
        if !is_wanted(destination(args, INLINE)) {
            failure::absent(route::delete(aws, id, args, INLINE).await)?;
        }
    }
    for args in &new {
        let to = destination(*args, INLINE);
        match there.iter().find(|route| route::destination_of(route) == to) {
            None => route::create(aws, id, *args, INLINE).await?,
            Some(route) if !route::goes_to(route, *args) => {
                route::replace(aws, id, *args, INLINE).await?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

async fn propagate(aws: &Aws, id: &str, gateway: String) -> Result<(), Failure> {
    let call = aws.calls.ec2.enable_vgw_route_propagation().route_table_id(id).gateway_id(gateway);
    call.send().await.map(drop).map_err(fail("ec2:EnableVgwRoutePropagation"))
}
