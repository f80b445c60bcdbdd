//! `aws_cloudwatch_log_group`: `CloudWatch` Logs `CreateLogGroup`, `PutRetentionPolicy`, `DeleteLogGroup`. Its key is the name.

use crate::draft::Draft;
use crate::failure::{fail, found};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::tags::{self, Tags};
use aws_sdk_cloudwatchlogs::types::LogGroup as Group;
use plan::Failure;

pub(crate) struct LogGroup;

impl Resource for LogGroup {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.name("terraform-");
        let call = aws
            .once
            .logs
            .create_log_group()
            .log_group_name(&name)
            .set_kms_key_id(new.planned.text("kms_key_id"))
            .set_log_group_class(new.planned.choice("log_group_class"))
            .set_tags(Some(tags::marked(new.planned, new.token).into_iter().collect()));
        call.send().await.map_err(fail("logs:CreateLogGroup"))?;
        Ok(named(new, name))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let days = new.planned.int("retention_in_days").filter(|days| *days > 0);
        match (days, draft.str("name")) {
            (Some(_), Some(name)) => retain(aws, name, days).await,
            _ => Ok(()),
        }
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.name("terraform-");
        let Some(group) = describe(aws, &name).await? else { return Ok(None) };
        let tags = tags_of(aws, arn(&group)).await?;
        Ok(tags::made_by(&tags, new.token).then(|| named(new, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(group) = describe(aws, known.id()).await? else { return Ok(None) };
        let mut draft = known.draft();
        draft
            .set("arn", arn(&group))
            .set("name", known.id())
            .set("name_prefix", name_prefix(known.id()))
            .set("log_group_class", group.log_group_class().map_or("STANDARD", |c| c.as_str()))
            .set("retention_in_days", group.retention_in_days().unwrap_or_default())
            .text("kms_key_id", group.kms_key_id());
        tags::write(&mut draft, known.object, tags_of(aws, arn(&group)).await?);
        Ok(Some(Seen::ready(draft).agreeing(known, &["retention_in_days"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["retention_in_days", "kms_key_id", "skip_destroy"])?;
        let name = change.id();
        if change.touches(&["retention_in_days"]) {
            let days = change.planned.int("retention_in_days").filter(|days| *days > 0);
            retain(aws, name, days).await?;
        }
        if change.touches(&["kms_key_id"]) {
            encrypt(aws, name, change.planned.str("kms_key_id")).await?;
        }
        let (set, removed) = tags::change(change.prior, change.planned);
        let arn = change.prior.str("arn").unwrap_or_default();
        if !removed.is_empty() {
            let call = aws.calls.logs.untag_resource().resource_arn(arn);
            let call = call.set_tag_keys(Some(removed));
            call.send().await.map_err(fail("logs:UntagResource"))?;
        }
        if !set.is_empty() {
            let call = aws.calls.logs.tag_resource().resource_arn(arn);
            let call = call.set_tags(Some(set.into_iter().collect()));
            call.send().await.map_err(fail("logs:TagResource"))?;
        }
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if known.object.is("skip_destroy") {
            return Ok(());
        }
        let call = aws.calls.logs.delete_log_group().log_group_name(known.id());
        call.send().await.map(drop).map_err(fail("logs:DeleteLogGroup"))
    }

    async fn gone(&self, aws: &Aws, known: &Known<'_>) -> Result<bool, Failure> {
        Ok(known.object.is("skip_destroy") || describe(aws, known.id()).await?.is_none())
    }
}

fn named(new: &New<'_>, name: String) -> Draft {
    let mut draft = new.draft(name.as_str());
    draft.set("name", name);
    draft
}

/// The group of exactly this name.
pub(crate) async fn describe(aws: &Aws, name: &str) -> Result<Option<Group>, Failure> {
    let call = aws.calls.logs.describe_log_groups().log_group_name_prefix(name);
    let mut pages = call.into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = found("logs:DescribeLogGroups", page)? else { return Ok(None) };
        if let Some(group) = page.log_groups().iter().find(|g| g.log_group_name() == Some(name)) {
            return Ok(Some(group.clone()));
        }
    }
    Ok(None)
}

/// Without the `:*` that stands for the group's streams.
pub(crate) fn arn(group: &Group) -> &str {
    group.arn().unwrap_or_default().trim_end_matches(":*")
}

pub(crate) async fn tags_of(aws: &Aws, arn: &str) -> Result<Tags, Failure> {
    let answer = aws.calls.logs.list_tags_for_resource().resource_arn(arn).send().await;
    let answer = found("logs:ListTagsForResource", answer)?;
    Ok(answer.and_then(|answer| answer.tags).into_iter().flatten().collect())
}

/// Keeps events for so many days, or for ever.
async fn retain(aws: &Aws, name: &str, days: Option<i32>) -> Result<(), Failure> {
    let logs = &aws.calls.logs;
    if let Some(days) = days {
        let call = logs.put_retention_policy().log_group_name(name).retention_in_days(days);
        call.send().await.map(drop).map_err(fail("logs:PutRetentionPolicy"))
    } else {
        let call = logs.delete_retention_policy().log_group_name(name);
        call.send().await.map(drop).map_err(fail("logs:DeleteRetentionPolicy"))
    }
}

async fn encrypt(aws: &Aws, name: &str, key: Option<&str>) -> Result<(), Failure> {
    let logs = &aws.calls.logs;
    if let Some(key) = key {
        let call = logs.associate_kms_key().log_group_name(name).kms_key_id(key);
        call.send().await.map(drop).map_err(fail("logs:AssociateKmsKey"))
    } else {
        let call = logs.disassociate_kms_key().log_group_name(name);
        call.send().await.map(drop).map_err(fail("logs:DisassociateKmsKey"))
    }
}
