//! `aws_iam_role`: IAM `CreateRole`, `UpdateAssumeRolePolicy`, `UpdateRole`, `DeleteRole`. Its key is the name. Policies that the
//! role names itself are written into it and attached to it afterwards.

use crate::draft::Draft;
use crate::failure::{absent, fail, found, no_id};
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::role_policies::{self as policies, attach, attached, detach, inline, put, remove};
use crate::tags;
use aws_sdk_iam::primitives::{DateTime, DateTimeFormat};
use aws_sdk_iam::types::Role as ApiRole;
use plan::Failure;

pub(crate) struct Role;

impl Resource for Role {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.name("terraform-");
        let call = aws
            .once
            .iam
            .create_role()
            .role_name(&name)
            .set_path(new.planned.text("path"))
            .set_assume_role_policy_document(new.planned.text("assume_role_policy"))
            .set_description(new.planned.text("description"))
            .set_max_session_duration(new.planned.int("max_session_duration"))
            .set_permissions_boundary(new.planned.text("permissions_boundary"))
            .set_tags(Some(iam::tags(tags::marked(new.planned, new.token))));
        let answer = call.send().await.map_err(fail("iam:CreateRole"))?;
        Ok(named(new, answer.role().ok_or_else(|| no_id("iam:CreateRole"))?))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let role = draft.str("name").unwrap_or_default();
        for (name, policy) in policies::declared(new.planned) {
            put(aws, role, &name, &policy).await?;
        }
        for arn in new.planned.strings("managed_policy_arns") {
            attach(aws, role, &arn).await?;
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let role = get(aws, &new.name("terraform-")).await?;
        let ours = role.filter(|role| tags::made_by(&iam::read_tags(role.tags()), new.token));
        Ok(ours.map(|role| named(new, &role)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(role) = get(aws, known.id()).await? else { return Ok(None) };
        let (inline, attached) =
            tokio::try_join!(inline(aws, known.id()), attached(aws, known.id()))?;
        let boundary = role.permissions_boundary().and_then(|b| b.permissions_boundary_arn());
        let mut draft = known.draft();
        draft
            .set("arn", role.arn())
            .set("create_date", date(role.create_date()))
            .set("name", role.role_name())
            .set("name_prefix", name_prefix(role.role_name()))
            .set("path", role.path())
            .set("unique_id", role.role_id())
            .set("max_session_duration", role.max_session_duration())
            .text("description", role.description())
            .text("permissions_boundary", boundary)
            .set("managed_policy_arns", attached);
        let trust = role.assume_role_policy_document().unwrap_or_default();
        iam::document(&mut draft, "assume_role_policy", iam::plain(trust));
        policies::write(&mut draft, known.object, inline);
        tags::write(&mut draft, known.object, iam::read_tags(role.tags()));
        Ok(Some(Seen::ready(draft).agreeing(known, &["assume_role_policy"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&[
            "assume_role_policy",
            "description",
            "force_detach_policies",
            "inline_policy",
            "managed_policy_arns",
            "max_session_duration",
            "permissions_boundary",
        ])?;
        let (role, planned) = (change.id(), change.planned);
        let calls = &aws.calls.iam;
        if change.touches(&["assume_role_policy"]) {
            let call = calls.update_assume_role_policy().role_name(role);
            let call = call.set_policy_document(planned.text("assume_role_policy"));
            call.send().await.map_err(fail("iam:UpdateAssumeRolePolicy"))?;
        }
        if change.touches(&["description", "max_session_duration"]) {
            let call = calls
                .update_role()
                .role_name(role)
                .description(planned.str("description").unwrap_or_default())
                .set_max_session_duration(planned.int("max_session_duration"));
            call.send().await.map_err(fail("iam:UpdateRole"))?;
        }
        if change.touches(&["permissions_boundary"]) {
            bound(aws, role, planned.str("permissions_boundary")).await?;
        }
        if change.touches(&["inline_policy"]) {
            let (old, new) = (policies::declared(change.prior), policies::declared(planned));
            for name in old.keys().filter(|name| !new.contains_key(*name)) {
                absent(remove(aws, role, name).await)?;
            }
            for (name, policy) in new.iter().filter(|(name, p)| old.get(*name) != Some(p)) {
                put(aws, role, name, policy).await?;
            }
        }
        if change.touches(&["managed_policy_arns"]) {
            let old = change.prior.strings("managed_policy_arns");
            let new = planned.strings("managed_policy_arns");
            for arn in old.iter().filter(|arn| !new.contains(arn)) {
                absent(detach(aws, role, arn).await)?;
            }
            for arn in new.iter().filter(|arn| !old.contains(arn)) {
                attach(aws, role, arn).await?;
            }
        }
        retag(aws, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let (role, args) = (known.id(), known.object);
        leave_instance_profiles(aws, role).await?;
        let all = args.is("force_detach_policies");
        let detached =
            if all { attached(aws, role).await? } else { args.strings("managed_policy_arns") };
        for arn in detached {
            absent(detach(aws, role, &arn).await)?;
        }
        let removed = if all { inline(aws, role).await? } else { policies::declared(args) };
        for name in removed.keys() {
            absent(remove(aws, role, name).await)?;
        }
        let call = aws.calls.iam.delete_role().role_name(role);
        call.send().await.map(drop).map_err(fail("iam:DeleteRole"))
    }
}

fn named(new: &New<'_>, role: &ApiRole) -> Draft {
    let mut draft = new.draft(role.role_name());
    draft.set("name", role.role_name()).set("arn", role.arn());
    draft
}

/// The role of this name.
pub(crate) async fn get(aws: &Aws, name: &str) -> Result<Option<ApiRole>, Failure> {
    let answer = aws.calls.iam.get_role().role_name(name).send().await;
    Ok(found("iam:GetRole", answer)?.and_then(|answer| answer.role))
}

/// `2024-01-31T12:00:00Z`
pub(crate) fn date(date: &DateTime) -> Option<String> {
    DateTime::from_secs(date.secs()).fmt(DateTimeFormat::DateTime).ok()
}

async fn bound(aws: &Aws, role: &str, boundary: Option<&str>) -> Result<(), Failure> {
    let calls = &aws.calls.iam;
    if let Some(arn) = boundary {
        let call = calls.put_role_permissions_boundary().role_name(role);
        let answer = call.permissions_boundary(arn).send().await;
        answer.map(drop).map_err(fail("iam:PutRolePermissionsBoundary"))
    } else {
        let answer = calls.delete_role_permissions_boundary().role_name(role).send().await;
        absent(answer.map(drop).map_err(fail("iam:DeleteRolePermissionsBoundary")))
    }
}

/// A role that an instance profile holds cannot go.
async fn leave_instance_profiles(aws: &Aws, role: &str) -> Result<(), Failure> {
    let calls = &aws.calls.iam;
    let call = calls.list_instance_profiles_for_role().role_name(role).into_paginator().items();
    let profiles = call.send().collect::<Result<Vec<_>, _>>().await;
    for profile in profiles.map_err(fail("iam:ListInstanceProfilesForRole"))? {
        let call = calls.remove_role_from_instance_profile().role_name(role);
        let answer = call.instance_profile_name(profile.instance_profile_name()).send().await;
        absent(answer.map(drop).map_err(fail("iam:RemoveRoleFromInstanceProfile")))?;
    }
    Ok(())
}

async fn retag(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    if !removed.is_empty() {
        let call = aws.calls.iam.untag_role().role_name(change.id()).set_tag_keys(Some(removed));
        call.send().await.map_err(fail("iam:UntagRole"))?;
    }
    if !set.is_empty() {
        let call = aws.calls.iam.tag_role().role_name(change.id()).set_tags(Some(iam::tags(set)));
        call.send().await.map_err(fail("iam:TagRole"))?;
    }
    Ok(())
}
