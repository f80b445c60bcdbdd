//! `aws_iam_policy`: IAM `CreatePolicy`, `CreatePolicyVersion` (a policy holds five), `DeletePolicy`. Its key is path and name, which
//! its ARN spells.

use crate::draft::Draft;
use crate::failure::{absent, fail, found, no_id};
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::tags;
use aws_sdk_iam::types::{Policy as ApiPolicy, PolicyVersion};
use plan::Failure;

pub(crate) struct Policy;

/// How many versions AWS keeps of a policy.
const VERSIONS: usize = 5;

impl Resource for Policy {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let call = aws
            .once
            .iam
            .create_policy()
            .policy_name(new.name("terraform-"))
            .set_path(new.planned.text("path"))
            .set_policy_document(new.planned.text("policy"))
            .set_description(new.planned.text("description"))
            .set_tags(Some(iam::tags(tags::marked(new.planned, new.token))));
        let answer = call.send().await.map_err(fail("iam:CreatePolicy"))?;
        let policy = answer.policy().ok_or_else(|| no_id("iam:CreatePolicy"))?;
        Ok(named(new, policy))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let (partition, account) = (aws.partition(), &aws.caller().await?.id);
        let path = new.planned.str("path").unwrap_or("/");
        let name = new.name("terraform-");
        let arn = format!("arn:{partition}:iam::{account}:policy{path}{name}");
        let policy = get(aws, &arn).await?;
        let ours = policy.filter(|policy| tags::made_by(&iam::read_tags(policy.tags()), new.token));
        Ok(ours.map(|policy| named(new, &policy)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(policy) = get(aws, known.id()).await? else { return Ok(None) };
        let Some(document) = current(aws, &policy).await? else { return Ok(None) };
        let name = policy.policy_name().unwrap_or_default();
        let mut draft = known.draft();
        draft
            .set("arn", policy.arn())
            .set("attachment_count", policy.attachment_count())
            .set("name", name)
            .set("name_prefix", name_prefix(name))
            .set("path", policy.path())
            .set("policy_id", policy.policy_id())
            .text("description", policy.description());
        iam::document(&mut draft, "policy", document);
        tags::write(&mut draft, known.object, iam::read_tags(policy.tags()));
        Ok(Some(Seen::ready(draft).agreeing(known, &["policy"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["policy"])?;
        if change.touches(&["policy"]) {
            revise(aws, change.id(), change.planned.str("policy").unwrap_or_default()).await?;
        }
        retag(aws, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        for version in versions(aws, known.id()).await? {
            if !version.is_default_version() {
                forget(aws, known.id(), &version).await?;
            }
        }
        let call = aws.calls.iam.delete_policy().policy_arn(known.id());
        call.send().await.map(drop).map_err(fail("iam:DeletePolicy"))
    }
}

fn named(new: &New<'_>, policy: &ApiPolicy) -> Draft {
    let mut draft = new.draft(policy.arn().unwrap_or_default());
    draft.set("arn", policy.arn()).set("name", policy.policy_name());
    draft
}

/// The policy with this ARN.
pub(crate) async fn get(aws: &Aws, arn: &str) -> Result<Option<ApiPolicy>, Failure> {
    let answer = aws.calls.iam.get_policy().policy_arn(arn).send().await;
    Ok(found("iam:GetPolicy", answer)?.and_then(|answer| answer.policy))
}

/// The document of the version in force.
pub(crate) async fn current(aws: &Aws, policy: &ApiPolicy) -> Result<Option<String>, Failure> {
    let call = aws.calls.iam.get_policy_version().set_policy_arn(policy.arn.clone());
    let answer = call.set_version_id(policy.default_version_id.clone()).send().await;
    let version = found("iam:GetPolicyVersion", answer)?.and_then(|answer| answer.policy_version);
    Ok(version.and_then(|version| version.document).map(|document| iam::plain(&document)))
}

/// Puts another version in force, unless an earlier try has. The oldest goes where there are five.
async fn revise(aws: &Aws, arn: &str, document: &str) -> Result<(), Failure> {
    if let Some(policy) = get(aws, arn).await?
        && current(aws, &policy).await?.is_some_and(|actual| iam::agree(&actual, document))
    {
        return Ok(());
    }
    let versions = versions(aws, arn).await?;
    if versions.len() >= VERSIONS {
        let old = versions.iter().filter(|version| !version.is_default_version());
        if let Some(oldest) = old.min_by_key(|version| age(version)) {
            forget(aws, arn, oldest).await?;
        }
    }
    let call = aws.calls.iam.create_policy_version().policy_arn(arn).policy_document(document);
    let answer = call.set_as_default(true).send().await;
    answer.map(drop).map_err(fail("iam:CreatePolicyVersion"))
}

async fn versions(aws: &Aws, arn: &str) -> Result<Vec<PolicyVersion>, Failure> {
    let call = aws.calls.iam.list_policy_versions().policy_arn(arn).into_paginator().items();
    let versions = call.send().collect::<Result<Vec<_>, _>>().await;
    versions.map_err(fail("iam:ListPolicyVersions"))
}

/// The number in `v3`.
fn age(version: &PolicyVersion) -> Option<u32> {
    version.version_id()?.strip_prefix('v')?.parse().ok()
}

async fn forget(aws: &Aws, arn: &str, version: &PolicyVersion) -> Result<(), Failure> {
    let call = aws.calls.iam.delete_policy_version().policy_arn(arn);
    let call = call.set_version_id(version.version_id.clone());
    absent(call.send().await.map(drop).map_err(fail("iam:DeletePolicyVersion")))
}

async fn retag(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    if !removed.is_empty() {
        let call = aws.calls.iam.untag_policy().policy_arn(change.id());
        call.set_tag_keys(Some(removed)).send().await.map_err(fail("iam:UntagPolicy"))?;
    }
    if !set.is_empty() {
        let call = aws.calls.iam.tag_policy().policy_arn(change.id());
        call.set_tags(Some(iam::tags(set))).send().await.map_err(fail("iam:TagPolicy"))?;
    }
    Ok(())
}
