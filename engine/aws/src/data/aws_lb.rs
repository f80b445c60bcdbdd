//! `aws_lb`: Elastic Load Balancing `DescribeLoadBalancers`, by ARN or name, else all; then by tags.

use super::search;
use crate::args::Args;
use crate::aws_lb::{LOGS, ROWS, attributes, tell};
use crate::draft::Draft;
use crate::elb::{self, Row};
use crate::failure::found;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let arns = search::ids(args, "arn");
    let names = search::ids(args, "name").filter(|_| arns.is_none());
    let call = aws.calls.elb.describe_load_balancers().set_load_balancer_arns(arns);
    let call = call.set_names(names).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let mut all = found("elasticloadbalancing:DescribeLoadBalancers", all)?.unwrap_or_default();
    let arns = all.iter().filter_map(|balancer| balancer.load_balancer_arn.clone()).collect();
    let so = elb::tagged_so(aws, args, arns).await?;
    all.retain(|balancer| so.iter().any(|arn| balancer.load_balancer_arn() == Some(arn)));
    let narrows = "`arn`, `name` or `tags`";
    let balancer = search::only("load balancer", narrows, all, |b| b.load_balancer_arn())?;
    let arn = balancer.load_balancer_arn().unwrap_or_default();
    let (actual, tags) = tokio::try_join!(attributes(aws, arn), elb::read_tags(aws, arn))?;
    tell(draft, &balancer, &actual);
    // In full, and as it is said: these say of an application load balancer what the resource leaves to its arguments.
    elb::write(draft, &ROWS, &actual);
    for name in LOGS {
        let inner = |path: &'static str| path.strip_prefix(name)?.strip_prefix('.');
        let member = |(path, key): &Row| Some((inner(path)?, actual.get(*key).cloned()));
        let members: BTreeMap<_, _> = ROWS.iter().filter_map(member).collect();
        let is_said = members.values().any(Option::is_some);
        draft.set(name, json!([members]));
        if is_said {
            draft.fill(name);
        }
    }
    let pools = balancer.ipam_pools();
    let pools = pools.map(|pools| json!({"ipv4_ipam_pool_id": pools.ipv4_ipam_pool_id()}));
    let enforced = balancer.enforce_security_group_inbound_rules_on_private_link_traffic();
    draft
        .set("id", arn)
        .set("ipam_pools", pools.into_iter().collect::<Json>())
        .set("enforce_security_group_inbound_rules_on_private_link_traffic", enforced);
    tags::tell(draft, tags);
    Ok(())
}
