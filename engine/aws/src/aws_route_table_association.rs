//! `aws_route_table_association`: EC2 `AssociateRouteTable`, `ReplaceRouteTableAssociation`, `DisassociateRouteTable`. Its key
//! is the table with the subnet or gateway.

use crate::args::Args;
use crate::draft::Draft;
use crate::ec2::filter;
use crate::failure::{fail, no_id, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::route;
use aws_sdk_ec2::types::RouteTableAssociation as Association;
use plan::{Failure, FailureKind};
use serde_json::Value as Json;

pub(crate) struct RouteTableAssociation;

impl Resource for RouteTableAssociation {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        // The API would answer with the association that is there already, whoever made it.
        if of_pair(aws, new.planned).await?.is_some() {
            let what = "the association of the table";
            return Err(taken("ec2:AssociateRouteTable", what));
        }
        let call = aws
            .once
            .ec2
            .associate_route_table()
            .set_route_table_id(new.planned.text("route_table_id"))
            .set_subnet_id(new.planned.text("subnet_id"))
            .set_gateway_id(new.planned.text("gateway_id"));
        let answer = call.send().await.map_err(fail("ec2:AssociateRouteTable"))?;
        let id = answer.association_id();
        Ok(new.draft(id.ok_or_else(|| no_id("ec2:AssociateRouteTable"))?))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        Ok(of_pair(aws, new.planned).await?.map(|id| new.draft(id)))
    }

    /// `subnet-1/rtb-1`, or `igw-1/rtb-1`
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let Some((of, table)) = id.split_once('/') else { return Vec::new() };
        let name = if of.starts_with("subnet-") { "subnet_id" } else { "gateway_id" };
        vec![(name, of.into()), ("route_table_id", table.into())]
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let id = if known.id().contains('/') {
            of_pair(aws, known.object).await?
        } else {
            Some(known.id().to_owned())
        };
        let Some(id) = id else { return Ok(None) };
        let key = "association.route-table-association-id";
        let call = aws.calls.ec2.describe_route_tables().filters(filter(key, &id));
        let answer = call.send().await.map_err(fail("ec2:DescribeRouteTables"))?;
        let mut all = answer.route_tables().iter().flat_map(|table| table.associations());
        let is_it = |a: &&Association| a.route_table_association_id() == Some(&id);
        let Some(association) = all.find(is_it) else { return Ok(None) };
        let state = association.association_state();
        let state = state.and_then(|s| s.state()).map_or("associated", |state| state.as_str());
        if state == "disassociated" {
            return Ok(None);
        }
        let mut draft = known.draft();
        draft
            .set("id", id.as_str())
            .set("route_table_id", association.route_table_id())
            .text("subnet_id", association.subnet_id())
            .text("gateway_id", association.gateway_id());
        Ok(Some(Seen::in_state(draft, state, "associated", &["failed"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["route_table_id"])?;
        let call = aws.calls.ec2.replace_route_table_association().association_id(change.id());
        let call = call.set_route_table_id(change.planned.text("route_table_id"));
        let id = match call.send().await.map_err(fail("ec2:ReplaceRouteTableAssociation")) {
            Ok(answer) => answer.new_association_id().map(str::to_owned),
            // Each replacement gives a new id: an earlier try may have had its effect.
            Err(failure) if failure.kind == FailureKind::NotFound => {
                Some(of_pair(aws, change.planned).await?.ok_or(failure)?)
            }
            Err(failure) => return Err(failure),
        };
        let mut draft = change.draft();
        draft.set("id", id.ok_or_else(|| no_id("ec2:ReplaceRouteTableAssociation"))?);
        Ok(draft)
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.ec2.disassociate_route_table().association_id(known.id());
        call.send().await.map(drop).map_err(fail("ec2:DisassociateRouteTable"))
    }
}

/// The association of the table with the subnet or gateway.
async fn of_pair(aws: &Aws, args: Args<'_>) -> Result<Option<String>, Failure> {
    let table = route::table(aws, args.str("route_table_id").unwrap_or_default()).await?;
    let all = table.as_ref().map(|table| table.associations()).unwrap_or_default();
    let pair = (args.str("subnet_id"), args.str("gateway_id"));
    let ours = all.iter().find(|a| (a.subnet_id(), a.gateway_id()) == pair);
    Ok(ours.and_then(|a| a.route_table_association_id()).map(str::to_owned))
}
