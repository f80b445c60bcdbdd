//! `aws_kms_key`: KMS `CreateKey`, which has no client token, so a create is found by its tag; what can be changed has a call each.
//! `ScheduleKeyDeletion` ends it: a key that waits for its deletion is gone.

use crate::args::Args;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{absent, no_id};
use crate::iam;
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::KMS;
use crate::tags;
use plan::{Failure, FailureKind};
use serde_json::{Value as Json, json};

pub(crate) struct Key;

const DIALECT: Dialect = Dialect {
    ty: "aws_kms_key",
    capital: true,
    names: &[("customer_master_key_spec", "KeySpec", Form::Same)],
};

const TAGS: Tagging = Tagging {
    service: &KMS,
    list: "ListResourceTags",
    set: "TagResource",
    remove: "UntagResource",
    object: "KeyId",
    tags: ("Tags", "Tags"),
    keys: "TagKeys",
    pair: ("TagKey", "TagValue"),
    kind: None,
};

const AT_BIRTH: [&str; 8] = [
    "bypass_policy_lockout_safety_check",
    "custom_key_store_id",
    "customer_master_key_spec",
    "description",
    "key_usage",
    "multi_region",
    "policy",
    "xks_key_id",
];

const ROTATION: [&str; 2] = ["enable_key_rotation", "rotation_period_in_days"];

impl Resource for Key {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let mut input = DIALECT.members(new.planned, &AT_BIRTH);
        input.insert("Tags".to_owned(), TAGS.marked(new));
        let origin = match (new.planned.str("custom_key_store_id"), new.planned.str("xks_key_id")) {
            (None, _) => None,
            (Some(_), None) => Some("AWS_CLOUDHSM"),
            (Some(_), Some(_)) => Some("EXTERNAL_KEY_STORE"),
        };
        if let Some(origin) = origin {
            input.insert("Origin".to_owned(), origin.into());
        }
        let answer = aws.signed().json(&KMS, "CreateKey", &input.into()).await?;
        identified(new, &answer).ok_or_else(|| no_id("kms:CreateKey"))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        let id = draft.str("id").unwrap_or_default().to_owned();
        if new.planned.is("enable_key_rotation") {
            rotate(aws, &id, new.planned).await?;
        }
        if new.planned.flag("is_enabled") == Some(false) {
            call(aws, "DisableKey", &id, json!({})).await?;
        }
        Ok(())
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let mut input = json!({"Limit": 1000});
        loop {
            let mut page = aws.signed().json(&KMS, "ListKeys", &input).await?;
            for key in page.get("Keys").and_then(Json::as_array).into_iter().flatten() {
                let id = key.get("KeyId").and_then(Json::as_str).unwrap_or_default();
                // Some keys tell only others of their tags, and those are not ours.
                let tags = match TAGS.read(aws, id).await {
                    Err(failure) if failure.kind == FailureKind::Denied => continue,
                    tags => tags?,
                };
                if tags::made_by(&tags, new.token) {
                    let key = describe(aws, id).await?;
                    return Ok(key.and_then(|key| identified(new, &json!({"KeyMetadata": key}))));
                }
            }
            match page.get_mut("NextMarker").map(Json::take) {
                Some(Json::String(next)) => input = json!({"Limit": 1000, "Marker": next}),
                _ => return Ok(None),
            }
        }
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(key) = describe(aws, known.id()).await? else { return Ok(None) };
        let policy = call(aws, "GetKeyPolicy", known.id(), json!({"PolicyName": "default"}));
        let policy = absent(policy.await)?;
        let rotation = rotation(aws, known.id()).await?;
        let tags = TAGS.read(aws, known.id()).await?;
        let text = |name: &str| key.get(name).and_then(Json::as_str);
        let is_enabled = key.get("Enabled").and_then(Json::as_bool).unwrap_or_default();
        let rotates = rotation.get("KeyRotationEnabled").and_then(Json::as_bool);
        let rotates = rotates.unwrap_or_default();
        let period = rotation.get("RotationPeriodInDays").filter(|_| rotates);
        let mut draft = known.draft();
        let told = ["custom_key_store_id", "customer_master_key_spec", "description", "key_usage"];
        DIALECT.write(&mut draft, &told, &key);
        draft
            .set("arn", text("Arn"))
            .set("key_id", text("KeyId"))
            .set("multi_region", key.get("MultiRegion").and_then(Json::as_bool) == Some(true))
            .set("is_enabled", is_enabled)
            .set("enable_key_rotation", rotates)
            .set("rotation_period_in_days", period.cloned().unwrap_or_default())
            .text("xks_key_id", key.pointer("/XksKeyConfiguration/Id").and_then(Json::as_str));
        if let Some(policy) = policy.get("Policy").and_then(Json::as_str) {
            iam::document(&mut draft, "policy", policy.to_owned());
        }
        tags::write(&mut draft, known.object, tags);
        let state = text("KeyState").unwrap_or_default();
        let good = if state == "Disabled" { "Disabled" } else { "Enabled" };
        let seen = Seen::in_state(draft, state, good, &["Unavailable"]);
        let changing = ["description", "enable_key_rotation", "is_enabled", "policy"];
        Ok(Some(seen.agreeing(known, &changing)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let local = ["bypass_policy_lockout_safety_check", "deletion_window_in_days"];
        let others = ["description", "is_enabled", "policy"];
        change.only(&[&ROTATION[..], &local, &others].concat())?;
        let (id, planned) = (change.id(), change.planned);
        // A disabled key takes no other change.
        if change.touches(&["is_enabled"]) && planned.is("is_enabled") {
            call(aws, "EnableKey", id, json!({})).await?;
        }
        if change.touches(&ROTATION) {
            rotate(aws, id, planned).await?;
        }
        if change.touches(&["description"]) {
            let text = planned.str("description").unwrap_or_default();
            call(aws, "UpdateKeyDescription", id, json!({"Description": text})).await?;
        }
        if change.touches(&["policy"]) {
            let bypass = planned.is("bypass_policy_lockout_safety_check");
            let policy = planned.str("policy").unwrap_or_default();
            let input = json!({"PolicyName": "default", "Policy": policy,
                "BypassPolicyLockoutSafetyCheck": bypass});
            call(aws, "PutKeyPolicy", id, input).await?;
        }
        TAGS.change(aws, id, change).await?;
        if change.touches(&["is_enabled"]) && !planned.is("is_enabled") {
            call(aws, "DisableKey", id, json!({})).await?;
        }
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        if describe(aws, known.id()).await?.is_none() {
            return Ok(());
        }
        let days = known.object.int("deletion_window_in_days").filter(|days| *days > 0);
        let input = days.map_or(json!({}), |days| json!({"PendingWindowInDays": days}));
        call(aws, "ScheduleKeyDeletion", known.id(), input).await.map(drop)
    }
}

fn identified(new: &New<'_>, answer: &Json) -> Option<Draft> {
    let text = |name: &str| answer.pointer(&format!("/KeyMetadata/{name}")).and_then(Json::as_str);
    let id = text("KeyId")?;
    let mut draft = new.draft(id);
    draft.set("key_id", id).set("arn", text("Arn"));
    Some(draft)
}

/// An operation on a key.
pub(crate) async fn call(
    aws: &Aws,
    operation: &str,
    id: &str,
    mut input: Json,
) -> Result<Json, Failure> {
    if let Json::Object(members) = &mut input {
        members.insert("KeyId".to_owned(), id.into());
    }
    Ok(aws.signed().json(&KMS, operation, &input).await?)
}

/// What the API says of a key. One that waits for its deletion is none: it can no more be used.
async fn describe(aws: &Aws, id: &str) -> Result<Option<Json>, Failure> {
    let mut answer = absent(call(aws, "DescribeKey", id, json!({})).await)?;
    let key = answer.get_mut("KeyMetadata").map(Json::take);
    let state = |key: &Json| key.get("KeyState").and_then(Json::as_str).map(str::to_owned);
    let ends = ["PendingDeletion", "PendingReplicaDeletion"];
    Ok(key.filter(|key| !state(key).is_some_and(|state| ends.contains(&state.as_str()))))
}

/// Whether a key's material is made anew from time to time. Only symmetric keys know of that.
async fn rotation(aws: &Aws, id: &str) -> Result<Json, Failure> {
    let input = json!({"KeyId": id});
    match aws.signed().json(&KMS, "GetKeyRotationStatus", &input).await {
        Err(refusal) if refusal.code == "UnsupportedOperationException" => Ok(Json::Null),
        other => absent(other.map_err(Failure::from)),
    }
}

async fn rotate(aws: &Aws, id: &str, planned: Args<'_>) -> Result<(), Failure> {
    if !planned.is("enable_key_rotation") {
        return call(aws, "DisableKeyRotation", id, json!({})).await.map(drop);
    }
    let days = planned.int("rotation_period_in_days").filter(|days| *days > 0);
    let input = days.map_or(json!({}), |days| json!({"RotationPeriodInDays": days}));
    call(aws, "EnableKeyRotation", id, input).await.map(drop)
}
