//! `aws_s3_bucket`: S3 `CreateBucket`, which takes no tags, so that a new bucket is ours by its name and its emptiness until it has them;
//! `PutBucketTagging`, `DeleteBucket`. What Terraform has moved into resources of their own is read, and not written.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure::{self, absent, taken};
use crate::iam;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::s3_bucket::{self as api, Call};
use crate::tags::{self, Tags};
use plan::{Failure, FailureKind};

pub(crate) struct Bucket;

/// Arguments of the bucket that Terraform has taken out of it.
const MOVED: [&str; 12] = [
    "acceleration_status",
    "acl",
    "cors_rule",
    "grant",
    "lifecycle_rule",
    "logging",
    "policy",
    "replication_configuration",
    "request_payer",
    "server_side_encryption_configuration",
    "versioning",
    "website",
];

impl Resource for Bucket {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let asked = MOVED.into_iter().find(|name| is_asked(new.planned, name));
        if let Some(name) = asked {
            return Err(Failure {
                kind: FailureKind::Unsupported,
                help: Some(format!(
                    "Terraform has a resource of its own for it: `aws_s3_bucket_{name}` or the like"
                )),
                ..failure::internal(format!("`{name}` inside of `aws_s3_bucket` cannot be applied"))
            });
        }
        let name = name(new);
        if api::exists(aws, &name).await? {
            return Err(taken("s3:CreateBucket", &format!("the bucket `{name}`")));
        }
        let mut call =
            Call { operation: "s3:CreateBucket", method: "PUT", once: true, ..Call::default() };
        if aws.region() != "us-east-1" {
            let place = format!("<LocationConstraint>{}</LocationConstraint>", aws.region());
            call.body = api::document("CreateBucketConfiguration", &place);
        }
        if new.planned.is("object_lock_enabled") {
            call.headers.push(("x-amz-bucket-object-lock-enabled", "true".to_owned()));
        }
        call.send(aws, &name).await?;
        Ok(identified(aws, new, name))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let bucket = draft.str("id").unwrap_or_default();
        api::put_tags(aws, bucket, &tags::marked(new.planned, new.token)).await
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = name(new);
        if !api::exists(aws, &name).await? {
            return Ok(None);
        }
        let tags = api::tags(aws, &name).await?;
        // There was none of this name when the create began.
        let ours =
            tags::made_by(&tags, new.token) || tags.is_empty() && api::is_empty(aws, &name).await?;
        Ok(ours.then(|| identified(aws, new, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let bucket = known.id();
        if !api::exists(aws, bucket).await? {
            return Ok(None);
        }
        let region = api::region(aws, bucket).await?;
        let mut draft = known.draft();
        tell(aws, &mut draft, bucket, &region);
        draft
            .set("bucket", bucket)
            .set("bucket_prefix", name_prefix(bucket))
            .set("acceleration_status", api::acceleration(aws, bucket).await?)
            .set("request_payer", api::payer(aws, bucket).await?)
            .set("grant", api::grants(aws, bucket).await?)
            .set("object_lock_enabled", api::is_locked(aws, bucket).await?)
            .set("server_side_encryption_configuration", api::encryption(aws, bucket).await?)
            .set("versioning", api::versioning(aws, bucket).await?);
        if draft.get("force_destroy").is_none_or(stack::Value::is_null) {
            draft.set("force_destroy", false);
        }
        match api::policy(aws, bucket).await? {
            Some(policy) => iam::document(&mut draft, "policy", policy),
            None => drop(draft.set("policy", "")),
        }
        tags::write(&mut draft, known.object, api::tags(aws, bucket).await?);
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["force_destroy"])?;
        let (set, removed) = tags::change(change.prior, change.planned);
        if !set.is_empty() || !removed.is_empty() {
            // One call replaces them all: those that are neither planned nor to go stay.
            let there = api::tags(aws, change.id()).await?;
            let keeps = |(key, _): &(String, String)| !removed.contains(key);
            let mut all: Tags = there.into_iter().filter(keeps).collect();
            all.extend(set);
            api::put_tags(aws, change.id(), &all).await?;
        }
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if known.object.is("force_destroy") {
            absent(api::clear(aws, known.id()).await)?;
        }
        let call = Call { operation: "s3:DeleteBucket", method: "DELETE", ..Call::default() };
        match call.send(aws, known.id()).await {
            Ok(_) => Ok(()),
            // Waiting does not empty it.
            Err(refusal) if refusal.code == "BucketNotEmpty" => Err(Failure {
                kind: FailureKind::Invalid,
                help: Some("set `force_destroy` and apply, or delete the objects".to_owned()),
                ..refusal.failure
            }),
            Err(refusal) => Err(refusal.into()),
        }
    }
}

/// Writes where a bucket is.
pub(crate) fn tell(aws: &Aws, draft: &mut Draft, bucket: &str, region: &str) {
    let suffix = if aws.partition() == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
    draft
        .set("arn", arn(aws, bucket))
        .set("bucket_domain_name", format!("{bucket}.s3.{suffix}"))
        .set("bucket_regional_domain_name", format!("{bucket}.s3.{region}.{suffix}"))
        .set("hosted_zone_id", api::hosted_zone(region))
        .set("region", region);
}

/// The name: as written, or a prefix and 26 characters of the token.
fn name(new: &New<'_>) -> String {
    new.planned.text("bucket").unwrap_or_else(|| {
        let prefix = new.planned.str("bucket_prefix").unwrap_or("terraform-");
        format!("{prefix}{}", new.unique())
    })
}

/// The argument is written: the configuration says more than that nothing is to be there.
fn is_asked(planned: Args<'_>, name: &str) -> bool {
    planned.0.get(name).is_some_and(|value| {
        value.is_wholly_known()
            && !value.is_null()
            && value.as_str() != Some("")
            && !value.is_empty()
    })
}

fn arn(aws: &Aws, bucket: &str) -> String {
    format!("arn:{}:s3:::{bucket}", aws.partition())
}

fn identified(aws: &Aws, new: &New<'_>, name: String) -> Draft {
    let mut draft = new.draft(name.as_str());
    draft.set("arn", arn(aws, &name)).set("bucket", name);
    draft
}
