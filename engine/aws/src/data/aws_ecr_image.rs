//! `aws_ecr_image`: ECR `DescribeImages`, the image's address by `DescribeRepositories`.

use crate::args::Args;
use crate::aws_ecr_repository;
use crate::draft::Draft;
use crate::failure::{absent, told};
use crate::provider::Aws;
use crate::signed::ECR;
use plan::Failure;
use serde_json::{Map, Value as Json, json};

const DESCRIBE: &str = "DescribeImages";

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let repository = args.str("repository_name").unwrap_or_default();
    let registry = args.str("registry_id");
    let (tag, digest) = (args.str("image_tag"), args.str("image_digest"));
    let found = if args.is("most_recent") {
        newest(aws, repository, registry).await?
    } else {
        describe(aws, repository, registry, tag, digest).await?
    };
    let text = |name: &str| found.get(name).and_then(Json::as_str).unwrap_or_default();
    let digest = text("imageDigest").to_owned();
    let home = aws_ecr_repository::describe(aws, registry, repository).await?;
    let home = home.as_ref().and_then(|home| home.get("repositoryUri")?.as_str());
    let home = home.unwrap_or_default();
    draft
        .set("id", digest.as_str())
        .set("image_uri", format!("{home}@{digest}"))
        .set("image_digest", digest)
        .set("image_pushed_at", seconds(&found))
        .set("image_size_in_bytes", found.get("imageSizeInBytes").cloned().unwrap_or_default())
        .set("image_tags", found.get("imageTags").cloned().unwrap_or_else(|| json!([])))
        .set("registry_id", text("registryId"));
    Ok(())
}

/// Whether an image, `name:tag` or `name@digest`, is there, or is fetched by a pull through cache when first asked for.
pub(crate) async fn is_there(aws: &Aws, image: &str) -> Result<bool, Failure> {
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let (name, tag) = match name.split_once(':') {
        Some((name, tag)) => (name, Some(tag)),
        None => (name, None),
    };
    // A digest says which image, whatever tag stands beside it.
    let tag = tag.filter(|_| digest.is_none());
    let found = absent(describe(aws, name, None, tag, digest).await.map(Some))?;
    Ok(found.is_some() || is_cached(aws, name).await)
}

/// Whether a pull through cache fills the repository. Who may not ask is told no.
async fn is_cached(aws: &Aws, repository: &str) -> bool {
    let answer = aws.signed().json(&ECR, "DescribePullThroughCacheRules", &json!({})).await;
    let answer = answer.unwrap_or_default();
    let rules = answer.get("pullThroughCacheRules").and_then(Json::as_array);
    rules.into_iter().flatten().any(|rule| {
        let prefix = rule.get("ecrRepositoryPrefix").and_then(Json::as_str);
        prefix.is_some_and(|prefix| {
            prefix == "ROOT" || repository.strip_prefix(prefix).is_some_and(|r| r.starts_with('/'))
        })
    })
}

fn request(repository: &str, registry: Option<&str>) -> Map<String, Json> {
    let mut input = Map::from_iter([("repositoryName".to_owned(), json!(repository))]);
    input.extend(registry.map(|id| ("registryId".to_owned(), json!(id))));
    input
}

async fn describe(
    aws: &Aws,
    repository: &str,
    registry: Option<&str>,
    tag: Option<&str>,
    digest: Option<&str>,
) -> Result<Json, Failure> {
    let mut id = Map::new();
    id.extend(tag.map(|tag| ("imageTag".to_owned(), json!(tag))));
    id.extend(digest.map(|digest| ("imageDigest".to_owned(), json!(digest))));
    let mut input = request(repository, registry);
    input.insert("imageIds".to_owned(), json!([id]));
    let mut answer = aws.signed().json(&ECR, DESCRIBE, &input.into()).await?;
    answer.pointer_mut("/imageDetails/0").map(Json::take).ok_or_else(|| none(repository))
}

/// The image that was pushed last.
pub(super) async fn newest(
    aws: &Aws,
    repository: &str,
    registry: Option<&str>,
) -> Result<Json, Failure> {
    let mut input = request(repository, registry);
    let mut newest: Option<Json> = None;
    loop {
        let answer = aws.signed().json(&ECR, DESCRIBE, &Json::Object(input.clone())).await?;
        let images = answer.get("imageDetails").and_then(Json::as_array);
        for image in images.into_iter().flatten() {
            if newest.as_ref().is_none_or(|newest| seconds(newest) < seconds(image)) {
                newest = Some(image.clone());
            }
        }
        match answer.get("nextToken").filter(|token| !token.is_null()) {
            Some(token) => input.insert("nextToken".to_owned(), token.clone()),
            None => return newest.ok_or_else(|| none(repository)),
        };
    }
}

/// When it was pushed: seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "seconds fit for 292 billion years")]
fn seconds(image: &Json) -> i64 {
    image.get("imagePushedAt").and_then(Json::as_f64).unwrap_or_default() as i64
}

fn none(repository: &str) -> Failure {
    let text = format!("the repository `{repository}` holds no such image");
    told("ecr:DescribeImages", "ImageNotFoundException", &text)
}
