//! `aws_iam_role_policy`: IAM `PutRolePolicy`, which overwrites, so a create looks first; `DeleteRolePolicy`. Its key is the role
//! with the policy's name.

use crate::draft::Draft;
use crate::failure::taken;
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::role_policies::{get, put, remove};
use plan::Failure;

pub(crate) struct RolePolicy;

impl Resource for RolePolicy {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let (role, name) = (new.planned.str("role").unwrap_or_default(), new.name("terraform-"));
        if get(aws, role, &name).await?.is_some() {
            return Err(taken(
                "iam:PutRolePolicy",
                &format!("the policy `{name}` of role `{role}`"),
            ));
        }
        put(aws, role, &name, new.planned.str("policy").unwrap_or_default()).await?;
        Ok(named(new, role, &name))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let (role, name) = (new.planned.str("role").unwrap_or_default(), new.name("terraform-"));
        let actual = get(aws, role, &name).await?;
        let wanted = new.planned.str("policy").unwrap_or_default();
        let ours = actual.is_some_and(|actual| iam::agree(&actual, wanted));
        Ok(ours.then(|| named(new, role, &name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let (role, name) = key(known.id());
        let Some(policy) = get(aws, role, name).await? else { return Ok(None) };
        let mut draft = known.draft();
        draft.set("role", role).set("name", name).set("name_prefix", name_prefix(name));
        iam::document(&mut draft, "policy", policy);
        Ok(Some(Seen::ready(draft).agreeing(known, &["policy"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["policy"])?;
        let (role, name) = key(change.id());
        put(aws, role, name, change.planned.str("policy").unwrap_or_default()).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let (role, name) = key(known.id());
        remove(aws, role, name).await
    }
}

fn named(new: &New<'_>, role: &str, name: &str) -> Draft {
    let mut draft = new.draft(format!("{role}:{name}"));
    draft.set("name", name);
    draft
}

/// Role and policy name of an id: `web:logs`.
fn key(id: &str) -> (&str, &str) {
    id.split_once(':').unwrap_or((id, ""))
}
