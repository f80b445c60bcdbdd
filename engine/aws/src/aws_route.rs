//! `aws_route`: EC2 `CreateRoute`, `ReplaceRoute`, `DeleteRoute`. Its key is the table and the destination.

use crate::crc32::crc32;
use crate::draft::Draft;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::route::{self, STANDALONE, TARGETS, destination};
use aws_sdk_ec2::types::RouteOrigin;
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct Route;

impl Resource for Route {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let table = new.planned.str("route_table_id").unwrap_or_default();
        route::create(aws, table, new.planned, STANDALONE).await?;
        Ok(new.draft(id(table, destination(new.planned, STANDALONE))))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let table = new.planned.str("route_table_id").unwrap_or_default();
        let to = destination(new.planned, STANDALONE);
        let route = route::to(aws, table, to).await?;
        let ours = route.filter(|route| {
            route.origin() == Some(&RouteOrigin::CreateRoute) && route::goes_to(route, new.planned)
        });
        Ok(ours.map(|_| new.draft(id(table, to))))
    }

    /// `rtb-1_0.0.0.0/0`
    fn imported(&self, import: &str) -> Vec<(&'static str, Json)> {
        let Some((table, to)) = import.split_once('_') else { return Vec::new() };
        let name = match to {
            _ if to.contains(':') => "destination_ipv6_cidr_block",
            _ if to.starts_with("pl-") => "destination_prefix_list_id",
            _ => "destination_cidr_block",
        };
        vec![("route_table_id", table.into()), (name, to.into()), ("id", id(table, to).into())]
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let table = known.object.str("route_table_id").unwrap_or_default();
        let route = route::to(aws, table, destination(known.object, STANDALONE)).await?;
        let Some(route) = route else { return Ok(None) };
        let mut draft = known.draft();
        for (name, target) in route::targets(&route) {
            match name {
                "network_interface_id" => drop(draft.set(name, target)),
                _ => drop(draft.text(name, Some(target))),
            }
        }
        let state = route.state().map_or("active", |state| state.as_str());
        draft
            .set("instance_id", route.instance_id().unwrap_or_default())
            .set("instance_owner_id", route.instance_owner_id().unwrap_or_default())
            .set("origin", route.origin().map_or("CreateRoute", |origin| origin.as_str()))
            .set("state", state);
        Ok(Some(Seen::in_state(draft, state, "active", &[])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&TARGETS)?;
        let table = change.prior.str("route_table_id").unwrap_or_default();
        route::replace(aws, table, change.planned, STANDALONE).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let table = known.object.str("route_table_id").unwrap_or_default();
        route::delete(aws, table, known.object, STANDALONE).await
    }
}

/// `r-rtb-0123456789abcdef01080289494`
fn id(table: &str, destination: &str) -> String {
    format!("r-{table}{}", crc32(destination))
}
