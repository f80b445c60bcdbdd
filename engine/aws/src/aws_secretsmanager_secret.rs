//! `aws_secretsmanager_secret`: Secrets Manager `CreateSecret`, `UpdateSecret`, `PutResourcePolicy`, `DeleteSecret`. Its key is the name;
//! one that is deleted keeps it for the recovery window.

use crate::args::Args;
use crate::crc32::crc32;
use crate::draft::Draft;
use crate::failure::{absent, no_id};
use crate::iam;
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen, name_prefix};
use crate::signed::SECRETS_MANAGER;
use crate::tags;
use crate::wire::Members;
use plan::Failure;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

pub(crate) struct Secret;

pub(crate) const TAGS: Tagging = Tagging {
    service: &SECRETS_MANAGER,
    list: "DescribeSecret",
    set: "TagResource",
    remove: "UntagResource",
    object: "SecretId",
    tags: ("Tags", "Tags"),
    keys: "TagKeys",
    pair: ("Key", "Value"),
    kind: None,
};

impl Resource for Secret {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.name("terraform-");
        let mut input = about(new.planned);
        input.insert("Name".to_owned(), name.as_str().into());
        input.insert("ClientRequestToken".to_owned(), new.token.0.as_str().into());
        input.insert("Tags".to_owned(), TAGS.marked(new));
        let replicas: Vec<Json> = new.planned.blocks("replica").map(replica).collect();
        if !replicas.is_empty() {
            let force = new.planned.is("force_overwrite_replica_secret");
            input.insert("AddReplicaRegions".to_owned(), replicas.into());
            input.insert("ForceOverwriteReplicaSecret".to_owned(), force.into());
        }
        let answer = aws.signed().json(&SECRETS_MANAGER, "CreateSecret", &input.into()).await?;
        let arn = answer.get("ARN").and_then(Json::as_str);
        let arn = arn.ok_or_else(|| no_id("secretsmanager:CreateSecret"))?;
        Ok(identified(new, arn, name))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        match new.planned.str("policy") {
            Some(policy) => protect(aws, draft.str("id").unwrap_or_default(), Some(policy)).await,
            None => Ok(()),
        }
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.name("terraform-");
        let Some(secret) = describe(aws, &name).await? else { return Ok(None) };
        let ours = tags::made_by(&TAGS.of(&secret), new.token);
        let arn = secret.get("ARN").and_then(Json::as_str).filter(|_| ours);
        Ok(arn.map(|arn| identified(new, arn, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(secret) = describe(aws, known.id()).await? else { return Ok(None) };
        let policy = absent(call(aws, "GetResourcePolicy", known.id(), json!({})).await)?;
        let text = |name: &str| secret.get(name).and_then(Json::as_str);
        let name = text("Name").unwrap_or_default();
        let mut draft = known.draft();
        draft
            .set("arn", text("ARN"))
            .set("name", name)
            .set("name_prefix", name_prefix(name))
            .text("description", text("Description"))
            .text("kms_key_id", text("KmsKeyId"));
        match policy.get("ResourcePolicy").and_then(Json::as_str) {
            Some(policy) => iam::document(&mut draft, "policy", policy.to_owned()),
            None => drop(draft.set("policy", "")),
        }
        let replicas = secret.get("ReplicationStatus").and_then(Json::as_array);
        draft.set("replica", replicas.into_iter().flatten().map(seen_replica).collect::<Json>());
        tags::write(&mut draft, known.object, TAGS.of(&secret));
        Ok(Some(Seen::ready(draft).agreeing(known, &["description", "policy"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let local = ["force_overwrite_replica_secret", "recovery_window_in_days"];
        let others = ["description", "kms_key_id", "policy", "replica"];
        change.only(&[local.as_slice(), others.as_slice()].concat())?;
        if change.touches(&["replica"]) {
            spread(aws, change).await?;
        }
        if change.touches(&["description", "kms_key_id"]) {
            let mut input = about(change.planned);
            input.entry("Description").or_insert_with(|| json!(""));
            input.insert("ClientRequestToken".to_owned(), token(change).into());
            call(aws, "UpdateSecret", change.id(), input.into()).await?;
        }
        if change.touches(&["policy"]) {
            protect(aws, change.id(), change.planned.str("policy")).await?;
        }
        TAGS.change(aws, change.id(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let Some(secret) = describe(aws, known.id()).await? else { return Ok(()) };
        let regions = regions(secret.get("ReplicationStatus"));
        if !regions.is_empty() {
            let input = json!({"RemoveReplicaRegions": regions});
            call(aws, "RemoveRegionsFromReplication", known.id(), input).await?;
        }
        let input = match known.object.int("recovery_window_in_days") {
            Some(0) => json!({"ForceDeleteWithoutRecovery": true}),
            Some(days) => json!({"RecoveryWindowInDays": days}),
            None => json!({}),
        };
        call(aws, "DeleteSecret", known.id(), input).await.map(drop)
    }
}

fn identified(new: &New<'_>, arn: &str, name: String) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn).set("name", name);
    draft
}

/// What a create and an update say alike.
fn about(planned: Args<'_>) -> Members {
    let pairs = [("Description", "description"), ("KmsKeyId", "kms_key_id")];
    let given = |(theirs, ours): (&str, &str)| Some((theirs.to_owned(), planned.str(ours)?.into()));
    pairs.into_iter().filter_map(given).collect()
}

/// An operation on a secret.
pub(crate) async fn call(
    aws: &Aws,
    operation: &str,
    id: &str,
    mut input: Json,
) -> Result<Json, Failure> {
    if let Json::Object(members) = &mut input {
        members.insert("SecretId".to_owned(), id.into());
    }
    Ok(aws.signed().json(&SECRETS_MANAGER, operation, &input).await?)
}

/// The secret of this name or ARN. One that only waits for its recovery window to end is none.
pub(crate) async fn describe(aws: &Aws, id: &str) -> Result<Option<Json>, Failure> {
    let secret = absent(call(aws, "DescribeSecret", id, json!({})).await)?;
    let is_there =
        secret.get("ARN").is_some() && secret.get("DeletedDate").is_none_or(Json::is_null);
    Ok(Some(secret).filter(|_| is_there))
}

/// The API wants a token of 32 characters or more with each update: the same for the same update.
fn token(change: &Change<'_>) -> String {
    let planned = |name: &str| change.planned.str(name).unwrap_or_default();
    let parts = [change.id(), planned("name"), planned("description"), planned("kms_key_id")];
    parts.map(|part| format!("{:08x}", crc32(part))).concat()
}

/// Sets who may use the secret, or takes the policy away.
async fn protect(aws: &Aws, id: &str, policy: Option<&str>) -> Result<(), Failure> {
    let answer = match policy {
        Some(policy) => call(aws, "PutResourcePolicy", id, json!({"ResourcePolicy": policy})).await,
        None => call(aws, "DeleteResourcePolicy", id, json!({})).await,
    };
    answer.map(drop)
}

fn replica(block: Args<'_>) -> Json {
    let mut replica = json!({"Region": block.str("region")});
    if let (Some(key), Json::Object(members)) = (block.str("kms_key_id"), &mut replica) {
        members.insert("KmsKeyId".to_owned(), key.into());
    }
    replica
}

fn seen_replica(replica: &Json) -> Json {
    let text = |name: &str| replica.get(name).and_then(Json::as_str).unwrap_or_default();
    json!({"region": text("Region"), "kms_key_id": text("KmsKeyId"), "status": text("Status"),
        "status_message": text("StatusMessage"), "last_accessed_date": ""})
}

fn regions(replicas: Option<&Json>) -> BTreeSet<String> {
    let replicas = replicas.and_then(Json::as_array).into_iter().flatten();
    replicas.filter_map(|r| r.get("Region")?.as_str().map(str::to_owned)).collect()
}

/// Adds and removes replicas. One with another key is made anew.
async fn spread(aws: &Aws, change: &Change<'_>) -> Result<(), Failure> {
    let of = |args: Args<'_>| args.blocks("replica").map(replica).collect::<Vec<Json>>();
    let (old, new) = (of(change.prior), of(change.planned));
    let there = describe(aws, change.id()).await?.unwrap_or_default();
    let there = regions(there.get("ReplicationStatus"));
    let gone: Vec<Json> = old.iter().filter(|replica| !new.contains(replica)).cloned().collect();
    let gone: Vec<_> = regions(Some(&gone.into())).intersection(&there).cloned().collect();
    if !gone.is_empty() {
        let input = json!({"RemoveReplicaRegions": gone});
        call(aws, "RemoveRegionsFromReplication", change.id(), input).await?;
    }
    let stays = |replica: &&Json| {
        let region = replica.get("Region").and_then(Json::as_str).unwrap_or_default();
        !there.contains(region) || gone.iter().any(|gone| gone == region)
    };
    let added: Vec<&Json> = new.iter().filter(stays).collect();
    if added.is_empty() {
        return Ok(());
    }
    let force = change.planned.is("force_overwrite_replica_secret");
    let input = json!({"AddReplicaRegions": added, "ForceOverwriteReplicaSecret": force});
    call(aws, "ReplicateSecretToRegions", change.id(), input).await.map(drop)
}
