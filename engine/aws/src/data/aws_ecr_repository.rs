//! `aws_ecr_repository`: ECR `DescribeRepositories`, by name, in this account's registry or another's; the tags of its newest image.

use super::{aws_ecr_image, search};
use crate::args::Args;
use crate::aws_ecr_repository::{TAGS, arn, describe};
use crate::draft::Draft;
use crate::failure::absent;
use crate::provider::Aws;
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
    let newest = absent(aws_ecr_image::newest(aws, name, text("registryId")).await)?;
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
        .set("most_recent_image_tags", newest.get("imageTags").cloned());
    tags::tell(draft, TAGS.read(aws, arn(&repository)).await?);
    Ok(())
}
