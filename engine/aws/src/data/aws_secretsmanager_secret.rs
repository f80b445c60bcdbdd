//! `aws_secretsmanager_secret`: Secrets Manager `DescribeSecret`, by ARN or name, and its policy.

use super::search;
use crate::args::Args;
use crate::aws_secretsmanager_secret::{TAGS, call, describe};
use crate::draft::Draft;
use crate::failure::{self, absent};
use crate::provider::Aws;
use crate::tags;
use crate::wire::time;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let id = match (args.str("arn"), args.str("name")) {
        (Some(id), None) | (None, Some(id)) => id,
        _ => {
            return Err(Failure {
                kind: FailureKind::Invalid,
                help: Some("write `arn` or `name`".to_owned()),
                ..failure::internal("a secret is found by its ARN or by its name".to_owned())
            });
        }
    };
    let secret = describe(aws, id).await?;
    let secret = secret.ok_or_else(|| search::none(&format!("secret `{id}`")))?;
    let text = |name: &str| secret.get(name).and_then(Json::as_str);
    let policy = absent(call(aws, "GetResourcePolicy", id, json!({})).await)?;
    draft
        .set("id", text("ARN"))
        .set("arn", text("ARN"))
        .set("created_date", time(&secret, "CreatedDate"))
        .set("description", text("Description"))
        .set("kms_key_id", text("KmsKeyId"))
        .set("last_changed_date", time(&secret, "LastChangedDate"))
        .set("name", text("Name"))
        .set("policy", policy.get("ResourcePolicy").cloned());
    tags::tell(draft, TAGS.of(&secret));
    Ok(())
}
