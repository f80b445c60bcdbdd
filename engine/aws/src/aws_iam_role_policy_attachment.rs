//! `aws_iam_role_policy_attachment`: IAM `AttachRolePolicy`, `DetachRolePolicy`. Its key is the role with the policy.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure::taken;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::role_policies::{attach, attached, detach};
use plan::Failure;
use serde_json::Value as Json;

pub(crate) struct RolePolicyAttachment;

impl Resource for RolePolicyAttachment {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let (role, policy) = key(new.planned);
        if is_attached(aws, new.planned).await? {
            let what = format!("the attachment of `{policy}` to role `{role}`");
            return Err(taken("iam:AttachRolePolicy", &what));
        }
        attach(aws, role, policy).await?;
        Ok(identified(new))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        Ok(is_attached(aws, new.planned).await?.then(|| identified(new)))
    }

    /// `role/arn:aws:iam::aws:policy/name`
    fn imported(&self, id: &str) -> Vec<(&'static str, Json)> {
        let Some((role, policy)) = id.split_once('/') else { return Vec::new() };
        let id = format!("{role}-{policy}");
        vec![("role", role.into()), ("policy_arn", policy.into()), ("id", id.into())]
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        Ok(is_attached(aws, known.object).await?.then(|| Seen::ready(known.draft())))
    }

    async fn update(&self, _aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&[])?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let (role, policy) = key(known.object);
        detach(aws, role, policy).await
    }
}

/// The role and what makes the id unique: the API has no id for this.
fn identified(new: &New<'_>) -> Draft {
    new.draft(format!("{}-{}", key(new.planned).0, new.unique()))
}

fn key(args: Args<'_>) -> (&str, &str) {
    (args.str("role").unwrap_or_default(), args.str("policy_arn").unwrap_or_default())
}

async fn is_attached(aws: &Aws, args: Args<'_>) -> Result<bool, Failure> {
    let (role, policy) = key(args);
    Ok(attached(aws, role).await?.iter().any(|arn| arn == policy))
}
