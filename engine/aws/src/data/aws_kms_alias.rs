//! `aws_kms_alias`: the one of this name among those that KMS `ListAliases` lists, and the key that it stands for.

use super::search;
use crate::args::Args;
use crate::aws_kms_key::call;
use crate::draft::Draft;
use crate::provider::Aws;
use crate::signed::KMS;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("name").unwrap_or_default();
    let alias = listed(aws, name).await?;
    let alias = alias.ok_or_else(|| search::none(&format!("alias `{name}`")))?;
    let arn = alias.get("AliasArn").and_then(Json::as_str);
    // The list does not always say which key that is.
    let target = alias.get("TargetKeyId").and_then(Json::as_str).or(arn).unwrap_or_default();
    let answer = call(aws, "DescribeKey", target, json!({})).await?;
    let key = |name: &str| answer.pointer(&format!("/KeyMetadata/{name}")).cloned();
    draft
        .set("id", arn)
        .set("arn", arn)
        .set("target_key_arn", key("Arn"))
        .set("target_key_id", key("KeyId"));
    Ok(())
}

async fn listed(aws: &Aws, name: &str) -> Result<Option<Json>, Failure> {
    let mut input = json!({"Limit": 100});
    loop {
        let mut page = aws.signed().json(&KMS, "ListAliases", &input).await?;
        let all = page.get("Aliases").and_then(Json::as_array);
        let is_it = |alias: &&Json| alias.get("AliasName").and_then(Json::as_str) == Some(name);
        if let Some(alias) = all.and_then(|all| all.iter().find(is_it)) {
            return Ok(Some(alias.clone()));
        }
        match page.get_mut("NextMarker").map(Json::take) {
            Some(Json::String(next)) => input = json!({"Limit": 100, "Marker": next}),
            _ => return Ok(None),
        }
    }
}
