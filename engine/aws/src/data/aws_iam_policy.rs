//! `aws_iam_policy`: IAM `GetPolicy`, by ARN, or by name and path among those that `ListPolicies` lists; the version in force.

use super::search;
use crate::args::Args;
use crate::aws_iam_policy::{current, get};
use crate::draft::Draft;
use crate::failure::fail;
use crate::iam;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let arn = match args.text("arn") {
        Some(arn) => arn,
        None => named(aws, args).await?,
    };
    let policy = get(aws, &arn).await?;
    let policy = policy.ok_or_else(|| search::none(&format!("policy `{arn}`")))?;
    draft
        .set("id", policy.arn())
        .set("arn", policy.arn())
        .set("attachment_count", policy.attachment_count())
        .set("description", policy.description())
        .set("name", policy.policy_name())
        .set("path", policy.path())
        .set("policy", current(aws, &policy).await?)
        .set("policy_id", policy.policy_id());
    tags::tell(draft, iam::read_tags(policy.tags()));
    Ok(())
}

/// The ARN of the policy of this name, where paths start so.
async fn named(aws: &Aws, args: Args<'_>) -> Result<String, Failure> {
    let call = aws.calls.iam.list_policies().set_path_prefix(args.text("path_prefix"));
    let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let mut all = all.map_err(fail("iam:ListPolicies"))?;
    let name = args.str("name");
    all.retain(|policy| name.is_none() || policy.policy_name() == name);
    let narrows = "`arn`, `name` or `path_prefix`";
    let policy = search::only("policy", narrows, all, |policy| policy.arn())?;
    Ok(policy.arn.unwrap_or_default())
}
