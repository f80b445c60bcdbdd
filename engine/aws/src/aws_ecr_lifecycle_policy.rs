//! `aws_ecr_lifecycle_policy`: ECR `PutLifecyclePolicy`, which overwrites, so a create looks first; `DeleteLifecyclePolicy`. A repository
//! has one at most.

use crate::draft::Draft;
use crate::failure::{absent, taken};
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::ECR;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(crate) struct LifecyclePolicy;

impl Resource for LifecyclePolicy {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let repository = new.planned.str("repository").unwrap_or_default();
        if describe(aws, repository).await?.is_some() {
            let what = format!("the lifecycle policy of `{repository}`");
            return Err(taken("ecr:PutLifecyclePolicy", &what));
        }
        let input = json!({"repositoryName": repository,
            "lifecyclePolicyText": new.planned.str("policy")});
        aws.signed().json(&ECR, "PutLifecyclePolicy", &input).await?;
        Ok(of(new, repository))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let repository = new.planned.str("repository").unwrap_or_default();
        let asked = new.planned.str("policy").unwrap_or_default();
        // There was none when the create began: putting this one again would change nothing.
        let ours = describe(aws, repository).await?;
        let ours = ours.is_some_and(|found| iam::agree(text(&found), asked));
        Ok(ours.then(|| of(new, repository)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(found) = describe(aws, known.id()).await? else { return Ok(None) };
        let mut draft = known.draft();
        draft
            .set("registry_id", found.get("registryId").and_then(Json::as_str))
            .set("repository", known.id());
        iam::document(&mut draft, "policy", text(&found).to_owned());
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, _: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&[])?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let input = json!({"repositoryName": known.id()});
        Ok(aws.signed().json(&ECR, "DeleteLifecyclePolicy", &input).await.map(drop)?)
    }
}

fn of(new: &New<'_>, repository: &str) -> Draft {
    let mut draft = new.draft(repository);
    draft.set("repository", repository);
    draft
}

fn text(found: &Json) -> &str {
    found.get("lifecyclePolicyText").and_then(Json::as_str).unwrap_or_default()
}

/// The policy of a repository.
async fn describe(aws: &Aws, repository: &str) -> Result<Option<Json>, Failure> {
    let input = json!({"repositoryName": repository});
    let answer = aws.signed().json(&ECR, "GetLifecyclePolicy", &input).await;
    let found = absent(answer.map_err(Failure::from))?;
    Ok(Some(found).filter(|found| found.get("lifecyclePolicyText").is_some()))
}
