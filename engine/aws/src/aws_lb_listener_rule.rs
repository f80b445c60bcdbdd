//! `aws_lb_listener_rule`: Elastic Load Balancing `CreateRule`, `ModifyRule`, `SetRulePriorities`, `DeleteRule`. A rule without a
//! priority comes after all the others.

use crate::draft::Draft;
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::{elb, elb_action, elb_condition, tags};
use aws_sdk_elasticloadbalancingv2::types::{Rule, RulePriorityPair};
use plan::{Failure, FailureKind};

pub(crate) struct ListenerRule;

impl Resource for ListenerRule {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let listener = args.str("listener_arn").unwrap_or_default();
        let _turn = aws.turn(listener).await;
        let written = args.int("priority").filter(|priority| *priority > 0);
        let priority = match written {
            Some(priority) => priority,
            None => last(&rules(aws, listener).await?) + 1,
        };
        let call = aws
            .once
            .elb
            .create_rule()
            .listener_arn(listener)
            .priority(priority)
            .set_actions(Some(elb_action::to_api(args.blocks("action"))))
            .set_conditions(Some(elb_condition::to_api(args.blocks("condition"))))
            .set_tags(Some(elb::tagged(new)));
        let answer = match call.send().await.map_err(fail("elasticloadbalancing:CreateRule")) {
            // Somebody else took the place after the last one meanwhile.
            Err(failure) if failure.kind == FailureKind::Exists && written.is_none() => {
                return Err(Failure { kind: FailureKind::Retry, ..failure });
            }
            other => other?,
        };
        let arn = answer.rules().first().and_then(|rule| rule.rule_arn());
        let arn = arn.ok_or_else(|| no_id("elasticloadbalancing:CreateRule"))?;
        Ok(identified(new, arn))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let listener = new.planned.str("listener_arn").unwrap_or_default();
        let written = new.planned.int("priority").filter(|priority| *priority > 0);
        let rules = rules(aws, listener).await?;
        let is_fit = |rule: &&Rule| written.is_none_or(|written| priority(rule) == Some(written));
        for rule in rules.iter().filter(is_fit) {
            let arn = rule.rule_arn().unwrap_or_default();
            if tags::made_by(&elb::read_tags(aws, arn).await?, new.token) {
                return Ok(Some(identified(new, arn)));
            }
        }
        Ok(None)
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let arn = known.id();
        let answer = aws.calls.elb.describe_rules().rule_arns(arn).send().await;
        let Some(answer) = found("elasticloadbalancing:DescribeRules", answer)? else {
            return Ok(None);
        };
        let Some(rule) = answer.rules().first() else { return Ok(None) };
        let tags = elb::read_tags(aws, arn).await?;
        let actions = known.object.blocks("action");
        let mut draft = known.draft();
        draft
            .set("arn", arn)
            .set("priority", priority(rule))
            .set("listener_arn", listener_of(arn))
            .set("action", elb_action::to_blocks(rule.actions(), actions))
            .set("condition", elb_condition::to_blocks(rule.conditions()));
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["action", "condition", "priority"])?;
        let (arn, args) = (change.id(), change.planned);
        let wanted = args.int("priority");
        if change.touches(&["priority"]) && now(aws, arn).await? != wanted {
            let pair = RulePriorityPair::builder().rule_arn(arn);
            let pair = pair.set_priority(wanted).build();
            let call = aws.calls.elb.set_rule_priorities().rule_priorities(pair);
            call.send().await.map_err(fail("elasticloadbalancing:SetRulePriorities"))?;
        }
        if change.touches(&["action", "condition"]) {
            let call = aws
                .calls
                .elb
                .modify_rule()
                .rule_arn(arn)
                .set_actions(Some(elb_action::to_api(args.blocks("action"))))
                .set_conditions(Some(elb_condition::to_api(args.blocks("condition"))));
            call.send().await.map_err(fail("elasticloadbalancing:ModifyRule"))?;
        }
        elb::retag(aws, arn, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.elb.delete_rule().rule_arn(known.id());
        call.send().await.map(drop).map_err(fail("elasticloadbalancing:DeleteRule"))
    }
}

fn identified(new: &New<'_>, arn: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn);
    draft
}

/// The rule's priority as it stands: an update that was interrupted has set it already, and the priority is then taken, by itself.
async fn now(aws: &Aws, arn: &str) -> Result<Option<i32>, Failure> {
    let answer = aws.calls.elb.describe_rules().rule_arns(arn).send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeRules"))?;
    Ok(answer.rules().first().and_then(priority))
}

/// The default rule has none.
fn priority(rule: &Rule) -> Option<i32> {
    rule.priority()?.parse().ok()
}

fn last(rules: &[Rule]) -> i32 {
    rules.iter().filter_map(priority).max().unwrap_or_default()
}

async fn rules(aws: &Aws, listener: &str) -> Result<Vec<Rule>, Failure> {
    let call = aws.calls.elb.describe_rules().listener_arn(listener);
    let rules = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    rules.map_err(fail("elasticloadbalancing:DescribeRules"))
}

/// `…:listener/app/front/1/2` of `…:listener-rule/app/front/1/2/3`
fn listener_of(arn: &str) -> Option<String> {
    let (listener, _) = arn.rsplit_once('/')?;
    Some(listener.replacen(":listener-rule/", ":listener/", 1))
}
