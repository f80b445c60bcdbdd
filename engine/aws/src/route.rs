//! One route of a route table, as `aws_route` and the inline `route` of `aws_route_table` share it.

use crate::args::Args;
use crate::failure::{fail, found};
use crate::provider::Aws;
use aws_sdk_ec2::types::{Route, RouteOrigin, RouteTable};
use plan::Failure;
use serde_json::{Map, Value as Json};

/// The argument names of a destination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names {
    pub(crate) ipv4: &'static str,
    pub(crate) ipv6: &'static str,
}

/// The names in `aws_route`.
pub(crate) const STANDALONE: Names =
    Names { ipv4: "destination_cidr_block", ipv6: "destination_ipv6_cidr_block" };
/// The names in `aws_route_table.route`.
pub(crate) const INLINE: Names = Names { ipv4: "cidr_block", ipv6: "ipv6_cidr_block" };

const PREFIX_LIST: &str = "destination_prefix_list_id";

/// The arguments that name a target; one is given.
pub(crate) const TARGETS: [&str; 10] = [
    "carrier_gateway_id",
    "core_network_arn",
    "egress_only_gateway_id",
    "gateway_id",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
];

/// Where packets go that the route is for: a range, or a prefix list's id.
pub(crate) fn destination(args: Args<'_>, names: Names) -> &str {
    let range = args.str(names.ipv4).or_else(|| args.str(names.ipv6));
    range.or_else(|| args.str(PREFIX_LIST)).unwrap_or_default()
}

/// The same of the API's route.
pub(crate) fn destination_of(route: &Route) -> &str {
    let range = route.destination_cidr_block().or(route.destination_ipv6_cidr_block());
    range.or(route.destination_prefix_list_id()).unwrap_or_default()
}

/// The target arguments of the API's route. The API calls an endpoint a gateway.
pub(crate) fn targets(route: &Route) -> [(&'static str, &str); 10] {
    let gateway = route.gateway_id().unwrap_or_default();
    let (endpoint, gateway) =
        if gateway.starts_with("vpce-") { (gateway, "") } else { ("", gateway) };
    let values = [
        route.carrier_gateway_id().unwrap_or_default(),
        route.core_network_arn().unwrap_or_default(),
        route.egress_only_internet_gateway_id().unwrap_or_default(),
        gateway,
        route.local_gateway_id().unwrap_or_default(),
        route.nat_gateway_id().unwrap_or_default(),
        route.network_interface_id().unwrap_or_default(),
        route.transit_gateway_id().unwrap_or_default(),
        endpoint,
        route.vpc_peering_connection_id().unwrap_or_default(),
    ];
    let mut pairs = TARGETS.map(|name| (name, ""));
    for (pair, value) in pairs.iter_mut().zip(values) {
        pair.1 = value;
    }
    pairs
}

/// The route goes where the arguments say.
pub(crate) fn goes_to(route: &Route, args: Args<'_>) -> bool {
    targets(route).iter().all(|(name, value)| {
        // An instance's or gateway's interface is filled in by AWS.
        *name == "network_interface_id" && args.str(name).is_none()
            || args.str(name).unwrap_or_default() == *value
    })
}

/// The route was made by itself: it is not the VPC's own range, not what a gateway propagates, not a gateway endpoint's.
pub(crate) fn is_of_its_own(route: &Route) -> bool {
    let of_endpoint = route.destination_prefix_list_id().is_some()
        && route.gateway_id().is_some_and(|id| id.starts_with("vpce-"));
    let propagated = route.origin() == Some(&RouteOrigin::EnableVgwRoutePropagation);
    !of_endpoint && !propagated && route.gateway_id() != Some("local")
}

/// An inline `route`: every argument, `""` where there is none, as Terraform's sets have it.
pub(crate) fn inline(route: &Route) -> Json {
    let mut object: Map<String, Json> =
        targets(route).map(|(k, v)| (k.to_owned(), v.into())).into_iter().collect();
    let mut text = |name: &str, value: Option<&str>| {
        object.insert(name.to_owned(), value.unwrap_or_default().into());
    };
    text(INLINE.ipv4, route.destination_cidr_block());
    text(INLINE.ipv6, route.destination_ipv6_cidr_block());
    text(PREFIX_LIST, route.destination_prefix_list_id());
    Json::Object(object)
}

/// A route table.
pub(crate) async fn table(aws: &Aws, id: &str) -> Result<Option<RouteTable>, Failure> {
    let answer = aws.calls.ec2.describe_route_tables().route_table_ids(id).send().await;
    let answer = found("ec2:DescribeRouteTables", answer)?;
    Ok(answer.and_then(|answer| answer.route_tables().first().cloned()))
}

/// The route of a table to a destination.
pub(crate) async fn to(
    aws: &Aws,
    table_id: &str,
    destination: &str,
) -> Result<Option<Route>, Failure> {
    let Some(table) = table(aws, table_id).await? else { return Ok(None) };
    let route = table.routes().iter().find(|route| destination_of(route) == destination);
    Ok(route.cloned())
}

/// Adds a route.
pub(crate) async fn create(
    aws: &Aws,
    table: &str,
    args: Args<'_>,
    names: Names,
) -> Result<(), Failure> {
    let call = aws
        .once
        .ec2
        .create_route()
        .route_table_id(table)
        .set_destination_cidr_block(args.text(names.ipv4))
        .set_destination_ipv6_cidr_block(args.text(names.ipv6))
        .set_destination_prefix_list_id(args.text(PREFIX_LIST))
        .set_carrier_gateway_id(args.text("carrier_gateway_id"))
        .set_core_network_arn(args.text("core_network_arn"))
        .set_egress_only_internet_gateway_id(args.text("egress_only_gateway_id"))
        .set_gateway_id(args.text("gateway_id"))
        .set_local_gateway_id(args.text("local_gateway_id"))
        .set_nat_gateway_id(args.text("nat_gateway_id"))
        .set_network_interface_id(args.text("network_interface_id"))
        .set_transit_gateway_id(args.text("transit_gateway_id"))
        .set_vpc_endpoint_id(args.text("vpc_endpoint_id"))
        .set_vpc_peering_connection_id(args.text("vpc_peering_connection_id"));
    call.send().await.map(drop).map_err(fail("ec2:CreateRoute"))
}

/// Gives a route another target.
pub(crate) async fn replace(
    aws: &Aws,
    table: &str,
    args: Args<'_>,
    names: Names,
) -> Result<(), Failure> {
    let call = aws
        .calls
        .ec2
        .replace_route()
        .route_table_id(table)
        .set_destination_cidr_block(args.text(names.ipv4))
        .set_destination_ipv6_cidr_block(args.text(names.ipv6))
        .set_destination_prefix_list_id(args.text(PREFIX_LIST))
        .set_carrier_gateway_id(args.text("carrier_gateway_id"))
        .set_core_network_arn(args.text("core_network_arn"))
        .set_egress_only_internet_gateway_id(args.text("egress_only_gateway_id"))
        .set_gateway_id(args.text("gateway_id"))
        .set_local_gateway_id(args.text("local_gateway_id"))
        .set_nat_gateway_id(args.text("nat_gateway_id"))
        .set_network_interface_id(args.text("network_interface_id"))
        .set_transit_gateway_id(args.text("transit_gateway_id"))
        .set_vpc_endpoint_id(args.text("vpc_endpoint_id"))
        .set_vpc_peering_connection_id(args.text("vpc_peering_connection_id"));
    call.send().await.map(drop).map_err(fail("ec2:ReplaceRoute"))
}

/// Removes a route.
pub(crate) async fn delete(
    aws: &Aws,
    table: &str,
    args: Args<'_>,
    names: Names,
) -> Result<(), Failure> {
    let call = aws
        .calls
        .ec2
        .delete_route()
        .route_table_id(table)
        .set_destination_cidr_block(args.text(names.ipv4))
        .set_destination_ipv6_cidr_block(args.text(names.ipv6))
        .set_destination_prefix_list_id(args.text(PREFIX_LIST));
    call.send().await.map(drop).map_err(fail("ec2:DeleteRoute"))
}
