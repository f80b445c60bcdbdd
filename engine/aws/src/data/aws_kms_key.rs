//! `aws_kms_key`: KMS `DescribeKey`, by id, ARN or alias. One that waits for its deletion is told too.

use crate::args::Args;
use crate::aws_kms_key::call;
use crate::draft::Draft;
use crate::provider::Aws;
use crate::wire::time;
use plan::Failure;
use serde_json::{Value as Json, json};

/// Texts that the API calls by the same words.
const TEXTS: [(&str, &str); 13] = [
    ("arn", "Arn"),
    ("aws_account_id", "AWSAccountId"),
    ("cloud_hsm_cluster_id", "CloudHsmClusterId"),
    ("custom_key_store_id", "CustomKeyStoreId"),
    ("customer_master_key_spec", "CustomerMasterKeySpec"),
    ("description", "Description"),
    ("expiration_model", "ExpirationModel"),
    ("id", "KeyId"),
    ("key_manager", "KeyManager"),
    ("key_spec", "KeySpec"),
    ("key_state", "KeyState"),
    ("key_usage", "KeyUsage"),
    ("origin", "Origin"),
];

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let input = match args.some_strings("grant_tokens") {
        Some(tokens) => json!({"GrantTokens": tokens}),
        None => json!({}),
    };
    let answer = call(aws, "DescribeKey", args.str("key_id").unwrap_or_default(), input).await?;
    let key = answer.get("KeyMetadata").unwrap_or(&Json::Null);
    let said = |name: &str| key.get(name).cloned();
    for (ours, theirs) in TEXTS {
        draft.set(ours, said(theirs));
    }
    let regions = said("MultiRegionConfiguration").map(|regions| {
        let one = |key: &Json| json!({"arn": key.get("Arn"), "region": key.get("Region")});
        let replicas = regions.get("ReplicaKeys").and_then(Json::as_array).into_iter().flatten();
        json!({
            "multi_region_key_type": regions.get("MultiRegionKeyType"),
            "primary_key": regions.get("PrimaryKey").map(one).into_iter().collect::<Json>(),
            "replica_keys": replicas.map(one).collect::<Json>(),
        })
    });
    let store = said("XksKeyConfiguration").map(|store| json!({"id": store.get("Id")}));
    draft
        .set("creation_date", time(key, "CreationDate"))
        .set("enabled", said("Enabled"))
        .set("multi_region", said("MultiRegion"))
        .set("multi_region_configuration", regions.into_iter().collect::<Json>())
        .set("pending_deletion_window_in_days", said("PendingDeletionWindowInDays"))
        .set("xks_key_configuration", store.into_iter().collect::<Json>())
        .text("deletion_date", Some(&time(key, "DeletionDate")))
        .text("valid_to", Some(&time(key, "ValidTo")));
    Ok(())
}
