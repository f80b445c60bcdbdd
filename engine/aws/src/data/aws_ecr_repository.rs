//! `aws_ecr_repository`: ECR `DescribeRepositories`, by name, in this account's registry or another's; the tags of its newest image.

use super::search;
use crate::args::Args;
use crate::aws_ecr_repository::{TAGS, arn, describe};
use crate::draft::Draft;
use crate::provider::Aws;
use crate::signed::ECR;
use crate::tags;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("name").unwrap_or_default();
    let repository = describe(aws, args.str("registry_id"), name).await?;
    let repository = repository.ok_or_else(|| search::none(&format!("repository `{name}`")))?;
    let text = |name: &str| repository.get(name).and_then(Json::as_str);
    let block = |name: &str, pairs: &[(&str, &str)]| {
        let one = repository.get(name).filter(|one| !one.is_null())?;
        let member =
            |(ours, theirs): &(&str, &str)| ((*ours).to_owned(), one.get(*theirs).cloned());
        let members = pairs.iter().map(member);
        Some(json!([members.map(|(k, v)| (k, v.unwrap_or_default())).collect::<Json>()]))
    };
    let encryption = [("encryption_type", "encryptionType"), ("kms_key", "kmsKey")];
    let scanning = [("scan_on_push", "scanOnPush")];
    draft
        .set("id", name)
        .set("arn", arn(&repository))
        .set("registry_id", text("registryId"))
        .set("repository_url", text("repositoryUri"))
        .set("image_tag_mutability", text("imageTagMutability"))
        .set("encryption_configuration", block("encryptionConfiguration", &encryption))
        .set("image_scanning_configuration", block("imageScanningConfiguration", &scanning))
        .set("most_recent_image_tags", newest(aws, text("registryId"), name).await?);
    tags::tell(draft, TAGS.read(aws, arn(&repository)).await?);
    Ok(())
}

/// The tags of the image that was pushed last.
async fn newest(aws: &Aws, registry: Option<&str>, name: &str) -> Result<Json, Failure> {
    let first = json!({"repositoryName": name, "registryId": registry});
    let (mut input, mut newest, mut tags) = (first.clone(), f64::NEG_INFINITY, json!([]));
    loop {
        let mut page = aws.signed().json(&ECR, "DescribeImages", &input).await?;
        let images = page.get_mut("imageDetails").and_then(Json::as_array_mut);
        for image in images.into_iter().flatten() {
            let pushed = image.get("imagePushedAt").and_then(Json::as_f64).unwrap_or_default();
            if pushed > newest {
                newest = pushed;
                tags = image.get_mut("imageTags").map(Json::take).unwrap_or_default();
            }
        }
        let Some(next @ Json::String(_)) = page.get_mut("nextToken").map(Json::take) else {
            return Ok(tags);
        };
        input = first.clone();
        input.as_object_mut().and_then(|input| input.insert("nextToken".to_owned(), next));
    }
}
