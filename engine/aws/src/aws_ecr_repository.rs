//! `aws_ecr_repository`: ECR `CreateRepository`, `PutImageTagMutability`, `PutImageScanningConfiguration`, `DeleteRepository`. Its key is
//! the name.

use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{absent, no_id};
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::ECR;
use crate::tags;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(crate) struct Repository;

const DIALECT: Dialect = Dialect {
    ty: "aws_ecr_repository",
    capital: false,
    names: &[
        ("encryption_configuration", "encryptionConfiguration", Form::Same),
        ("name", "repositoryName", Form::Same),
    ],
};

pub(crate) const TAGS: Tagging = Tagging {
    service: &ECR,
    list: "ListTagsForResource",
    set: "TagResource",
    remove: "UntagResource",
    object: "resourceArn",
    tags: ("tags", "tags"),
    keys: "tagKeys",
    pair: ("Key", "Value"),
    kind: None,
};

const FIELDS: [&str; 4] =
    ["encryption_configuration", "image_scanning_configuration", "image_tag_mutability", "name"];

impl Resource for Repository {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let mut input = DIALECT.members(new.planned, &FIELDS);
        // The schema takes a list, and the API one.
        if let Some(Json::Array(one)) = input.get_mut("encryptionConfiguration") {
            let first = one.drain(..).next().unwrap_or_default();
            input.insert("encryptionConfiguration".to_owned(), first);
        }
        input.insert("tags".to_owned(), TAGS.marked(new));
        let answer = aws.signed().json(&ECR, "CreateRepository", &input.into()).await?;
        let repository = answer.get("repository").ok_or_else(|| no_id("ecr:CreateRepository"))?;
        Ok(identified(new, repository))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.planned.str("name").unwrap_or_default();
        let Some(repository) = describe(aws, None, name).await? else { return Ok(None) };
        let ours = tags::made_by(&TAGS.read(aws, arn(&repository)).await?, new.token);
        Ok(ours.then(|| identified(new, &repository)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(repository) = describe(aws, None, known.id()).await? else { return Ok(None) };
        let text = |name: &str| repository.get(name).and_then(Json::as_str);
        let mut draft = known.draft();
        draft
            .set("arn", arn(&repository))
            .set("registry_id", text("registryId"))
            .set("repository_url", text("repositoryUri"));
        DIALECT.write(&mut draft, &FIELDS, &repository);
        tags::write(&mut draft, known.object, TAGS.read(aws, arn(&repository)).await?);
        Ok(Some(Seen::ready(draft).agreeing(known, &["image_tag_mutability"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["force_delete", "image_scanning_configuration", "image_tag_mutability"])?;
        let calls = [
            ("image_scanning_configuration", "PutImageScanningConfiguration"),
            ("image_tag_mutability", "PutImageTagMutability"),
        ];
        for (name, operation) in calls {
            if !change.touches(&[name]) {
                continue;
            }
            let mut input = DIALECT.members(change.planned, &["name", name]);
            if name == "image_scanning_configuration" {
                let off = || json!({"scanOnPush": false});
                input.entry("imageScanningConfiguration").or_insert_with(off);
            }
            aws.signed().json(&ECR, operation, &input.into()).await?;
        }
        TAGS.change(aws, change.prior.str("arn").unwrap_or_default(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let force = known.object.is("force_delete");
        let input = json!({"repositoryName": known.id(), "force": force});
        match aws.signed().json(&ECR, "DeleteRepository", &input).await {
            Ok(_) => Ok(()),
            // Waiting does not empty it.
            Err(refusal) if refusal.code == "RepositoryNotEmptyException" => Err(Failure {
                kind: FailureKind::Invalid,
                help: Some("set `force_delete` and apply, or delete the images".to_owned()),
                ..refusal.failure
            }),
            Err(refusal) => Err(refusal.into()),
        }
    }
}

fn identified(new: &New<'_>, repository: &Json) -> Draft {
    let mut draft = new.draft(new.planned.str("name").unwrap_or_default());
    draft.set("arn", arn(repository));
    draft
}

pub(crate) fn arn(repository: &Json) -> &str {
    repository.get("repositoryArn").and_then(Json::as_str).unwrap_or_default()
}

/// The repository of this name, in this account's registry or the one that is named.
pub(crate) async fn describe(
    aws: &Aws,
    registry: Option<&str>,
    name: &str,
) -> Result<Option<Json>, Failure> {
    let mut input = json!({"repositoryNames": [name]});
    if let (Some(registry), Some(input)) = (registry, input.as_object_mut()) {
        input.insert("registryId".to_owned(), registry.into());
    }
    let answer = aws.signed().json(&ECR, "DescribeRepositories", &input).await;
    let mut answer = absent(answer.map_err(Failure::from))?;
    Ok(answer.pointer_mut("/repositories/0").map(Json::take))
}
