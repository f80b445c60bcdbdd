//! `aws_lb_listener`: Elastic Load Balancing `DescribeListeners`, by ARN, or by balancer and port.

use super::search;
use crate::args::Args;
use crate::aws_lb_listener::tell;
use crate::draft::Draft;
use crate::elb;
use crate::elb_action;
use crate::failure::{self, found};
use crate::provider::Aws;
use crate::tags;
use plan::{Failure, FailureKind};

const NARROWS: &str = "`arn`, or `load_balancer_arn` and `port`";

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let (arns, balancer, port) =
        (search::ids(args, "arn"), args.text("load_balancer_arn"), args.int("port"));
    if arns.is_none() && (balancer.is_none() || port.is_none()) {
        return Err(Failure {
            kind: FailureKind::Invalid,
            help: Some(format!("write {NARROWS}")),
            ..failure::internal("nothing says which listener".to_owned())
        });
    }
    let balancer = balancer.filter(|_| arns.is_none());
    let call = aws.calls.elb.describe_listeners().set_listener_arns(arns);
    let call = call.set_load_balancer_arn(balancer).into_paginator().items();
    let all = call.send().collect::<Result<Vec<_>, _>>().await;
    let mut all = found("elasticloadbalancing:DescribeListeners", all)?.unwrap_or_default();
    all.retain(|listener| port.is_none() || listener.port() == port);
    let listener = search::only("listener", NARROWS, all, |listener| listener.listener_arn())?;
    let arn = listener.listener_arn().unwrap_or_default();
    tell(draft, args, &listener);
    let actions = elb_action::told(listener.default_actions());
    draft.set("id", arn).set("default_action", actions);
    tags::tell(draft, elb::read_tags(aws, arn).await?);
    Ok(())
}
