//! `aws_iam_role`: IAM `GetRole`, by name.

use super::search;
use crate::args::Args;
use crate::aws_iam_role::{date, get};
use crate::draft::Draft;
use crate::iam;
use crate::provider::Aws;
use crate::tags;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("name").unwrap_or_default();
    let role = get(aws, name).await?;
    let role = role.ok_or_else(|| search::none(&format!("role `{name}`")))?;
    let boundary = role.permissions_boundary().and_then(|b| b.permissions_boundary_arn());
    let used = role.role_last_used().map(|used| {
        json!({"last_used_date": used.last_used_date().and_then(date), "region": used.region()})
    });
    draft
        .set("id", name)
        .set("arn", role.arn())
        .set("assume_role_policy", role.assume_role_policy_document().map(iam::plain))
        .set("create_date", date(role.create_date()))
        .set("description", role.description())
        .set("max_session_duration", role.max_session_duration())
        .set("path", role.path())
        .set("permissions_boundary", boundary)
        .set("role_last_used", used.into_iter().collect::<Json>())
        .set("unique_id", role.role_id());
    tags::tell(draft, iam::read_tags(role.tags()));
    Ok(())
}
