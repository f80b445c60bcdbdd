//! The policies of a role: written into it, or managed ones attached to it. Each call may be repeated.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure::{fail, found};
use crate::iam;
use crate::provider::Aws;
use plan::Failure;
use serde_json::json;
use std::collections::BTreeMap;

/// The policies that a role's own blocks write into it, by name. A block without a name asks for none.
pub(crate) fn declared(role: Args<'_>) -> BTreeMap<String, String> {
    let blocks = role.blocks("inline_policy");
    let pair = |block: Args<'_>| Some((block.text("name")?, block.text("policy")?));
    blocks.filter_map(pair).collect()
}

/// Writes the policies that a role has into its draft, in the spelling that the state knows where they say the same.
pub(crate) fn write(draft: &mut Draft, known: Args<'_>, actual: BTreeMap<String, String>) {
    let old = declared(known);
    let same = |name: &String, policy: &String| {
        old.get(name).filter(|old| iam::agree(old, policy)).cloned()
    };
    if actual.len() == old.len() && actual.iter().all(|(name, p)| same(name, p).is_some()) {
        return;
    }
    let blocks: Vec<_> = actual
        .into_iter()
        .map(|(name, policy)| {
            let policy = same(&name, &policy).unwrap_or_else(|| iam::compact(policy));
            json!({"name": name, "policy": policy})
        })
        .collect();
    draft.set("inline_policy", blocks);
}

/// The policies written into a role, by name; none without the role.
pub(crate) async fn inline(aws: &Aws, role: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut policies = BTreeMap::new();
    let mut names =
        aws.calls.iam.list_role_policies().role_name(role).into_paginator().items().send();
    while let Some(name) = names.next().await {
        let Some(name) = found("iam:ListRolePolicies", name)? else { break };
        if let Some(policy) = get(aws, role, &name).await? {
            policies.insert(name, policy);
        }
    }
    Ok(policies)
}

/// One policy written into a role.
pub(crate) async fn get(aws: &Aws, role: &str, name: &str) -> Result<Option<String>, Failure> {
    let call = aws.calls.iam.get_role_policy().role_name(role).policy_name(name);
    let answer = found("iam:GetRolePolicy", call.send().await)?;
    Ok(answer.map(|answer| iam::plain(answer.policy_document())))
}

/// The ARNs of the managed policies on a role; none without the role.
pub(crate) async fn attached(aws: &Aws, role: &str) -> Result<Vec<String>, Failure> {
    let mut arns = Vec::new();
    let call = aws.calls.iam.list_attached_role_policies().role_name(role);
    let mut policies = call.into_paginator().items().send();
    while let Some(policy) = policies.next().await {
        let Some(policy) = found("iam:ListAttachedRolePolicies", policy)? else { break };
        arns.extend(policy.policy_arn);
    }
    Ok(arns)
}

pub(crate) async fn put(aws: &Aws, role: &str, name: &str, policy: &str) -> Result<(), Failure> {
    let call = aws.calls.iam.put_role_policy().role_name(role).policy_name(name);
    let answer = call.policy_document(policy).send().await;
    answer.map(drop).map_err(fail("iam:PutRolePolicy"))
}

pub(crate) async fn remove(aws: &Aws, role: &str, name: &str) -> Result<(), Failure> {
    let call = aws.calls.iam.delete_role_policy().role_name(role).policy_name(name);
    call.send().await.map(drop).map_err(fail("iam:DeleteRolePolicy"))
}

pub(crate) async fn attach(aws: &Aws, role: &str, arn: &str) -> Result<(), Failure> {
    let call = aws.calls.iam.attach_role_policy().role_name(role).policy_arn(arn);
    call.send().await.map(drop).map_err(fail("iam:AttachRolePolicy"))
}

pub(crate) async fn detach(aws: &Aws, role: &str, arn: &str) -> Result<(), Failure> {
    let call = aws.calls.iam.detach_role_policy().role_name(role).policy_arn(arn);
    call.send().await.map(drop).map_err(fail("iam:DetachRolePolicy"))
}
