//! What a `backend "s3"` block says. Names and defaults: Terraform's page on the S3 backend.

use crate::client::{Keys, Options, Role};
use crate::failure;
use crate::signed::Bucket;
use plan::{Failure, FailureKind};
use stack::{Str, Value};
use std::collections::BTreeMap;

/// Where a state is, and how it is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct S3Settings {
    /// Region and credentials.
    pub options: Options,
    /// The bucket.
    pub bucket: Bucket,
    /// The state's key, of its workspace.
    pub key: String,
    /// `use_lockfile`: Terraform takes the lock too.
    pub terraform_locks: bool,
    pub(super) protection: Protection,
    /// `skip_s3_checksum`, for services that are not quite S3.
    pub(super) no_checksum: bool,
}

/// How an object is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Protection {
    /// `encrypt`
    pub(super) encrypt: bool,
    /// `kms_key_id`
    pub(super) kms_key: Option<String>,
    /// `acl`
    pub(super) acl: Option<String>,
}

/// Settings that change nothing here: checks that are left out, retries that are ours, endpoints of services that are not called.
const MOOT: [&str; 11] = [
    "max_retries",
    "retry_mode",
    "skip_credentials_validation",
    "skip_metadata_api_check",
    "skip_region_validation",
    "skip_requesting_account_id",
    "dynamodb_endpoint",
    "iam_endpoint",
    "sts_region",
    "use_legacy_workflow",
    "ec2_metadata_service_endpoint_mode",
];

/// Settings that are read.
const READ: [&str; 19] = [
    "access_key",
    "acl",
    "assume_role",
    "bucket",
    "dynamodb_table",
    "encrypt",
    "endpoint",
    "endpoints",
    "force_path_style",
    "key",
    "kms_key_id",
    "profile",
    "region",
    "secret_key",
    "skip_s3_checksum",
    "token",
    "use_lockfile",
    "use_path_style",
    "workspace_key_prefix",
];

impl S3Settings {
    /// Reads a backend's arguments. What would be ignored to somebody's harm is refused.
    pub fn read(config: &BTreeMap<Str, Value>, workspace: &str) -> Result<Self, Failure> {
        let given = |name: &str| config.get(name).filter(|value| !value.is_null());
        let text = |name: &str| given(name).and_then(Value::as_str).map(str::to_owned);
        let text = |name: &str| text(name).filter(|text| !text.is_empty());
        let flag = |name: &str| is_true(given(name));
        if let Some(table) = text("dynamodb_table") {
            return Err(wrong(
                format!(
                    "the state is locked in DynamoDB's table `{table}`, which banana does not do"
                ),
                "set `use_lockfile = true` and take `dynamodb_table` out: Terraform 1.10 and later then lock in the bucket, as banana does",
            ));
        }
        let known = |name: &str| READ.contains(&name) || MOOT.contains(&name);
        if let Some(name) = config.keys().find(|name| !known(name) && given(name).is_some()) {
            return Err(wrong(
                format!("backend `s3`: banana does not support `{name}`"),
                "take it out, or work on a copy of the state: `terraform state pull > FILE` and --state FILE",
            ));
        }
        let needed = |name: &str| {
            let help =
                format!("write it into the backend block, or pass --backend-config {name}=VALUE");
            text(name).ok_or_else(|| wrong(format!("backend `s3`: `{name}` is missing"), help))
        };
        let (name, key) = (needed("bucket")?, needed("key")?);
        if key.starts_with('/') || key.ends_with('/') {
            let message = format!("backend `s3`: the key `{key}` starts or ends with a slash");
            return Err(wrong(message, "take the slash out"));
        }
        let prefix = text("workspace_key_prefix").unwrap_or_else(|| "env:".into());
        let key = match workspace {
            "" | "default" => key,
            workspace => format!("{prefix}/{workspace}/{key}"),
        };
        let endpoints = given("endpoints");
        let inner = |of: Option<&Value>, name: &str| {
            let text = of.and_then(|of| of.get(name)?.as_str().map(str::to_owned));
            text.filter(|text| !text.is_empty())
        };
        let endpoint = inner(endpoints, "s3").or_else(|| text("endpoint"));
        let role = given("assume_role").map(assumed).transpose()?;
        if role.is_some() && inner(endpoints, "sts").is_some() {
            return Err(wrong(
                "backend `s3`: banana does not support `endpoints.sts` with `assume_role`".into(),
                "set `AWS_ENDPOINT_URL_STS`, or put the role into a profile of ~/.aws/config",
            ));
        }
        let keys = text("access_key").zip(text("secret_key"));
        Ok(Self {
            options: Options {
                region: text("region"),
                profile: text("profile"),
                keys: keys.map(|(access, secret)| Keys { access, secret, token: text("token") }),
                roles: role.into_iter().collect(),
                ..Options::default()
            },
            bucket: Bucket {
                name,
                endpoint,
                path_style: flag("use_path_style") || flag("force_path_style"),
            },
            key,
            terraform_locks: flag("use_lockfile"),
            protection: Protection {
                encrypt: flag("encrypt"),
                kms_key: text("kms_key_id"),
                acl: text("acl"),
            },
            no_checksum: flag("skip_s3_checksum"),
        })
    }

    /// `s3://bucket/key`
    pub fn place(&self) -> String {
        format!("s3://{}/{}", self.bucket.name, self.key)
    }
}

/// `assume_role = { role_arn = "…" }`
fn assumed(role: &Value) -> Result<Role, Failure> {
    let text = |name: &str| role.get(name).and_then(Value::as_str).map(str::to_owned);
    let known = ["role_arn", "session_name", "external_id"];
    let other = role.entries().find(|(name, v)| !known.contains(&name.as_str()) && !v.is_null());
    if let Some((name, _)) = other {
        return Err(wrong(
            format!("backend `s3`: banana does not support `{name}` of `assume_role`"),
            "put the role into a profile of ~/.aws/config, and name that with `profile`",
        ));
    }
    let arn = text("role_arn").ok_or_else(|| {
        wrong("backend `s3`: `assume_role` has no `role_arn`".into(), "write the role's ARN")
    })?;
    Ok(Role {
        arn,
        session: text("session_name"),
        external_id: text("external_id"),
        ..Role::default()
    })
}

/// True, also when it comes as text from the command line.
fn is_true(value: Option<&Value>) -> bool {
    value.is_some_and(|v| v.as_bool() == Some(true) || v.as_str() == Some("true"))
}

pub(super) fn wrong(message: String, help: impl Into<String>) -> Failure {
    let kind = FailureKind::Invalid;
    Failure { kind, help: Some(help.into()), ..failure::internal(message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &serde_json::Value, workspace: &str) -> Result<S3Settings, Failure> {
        let value = Value::from_json(&stack::Type::Dynamic, json).unwrap();
        let config = value.entries().map(|(n, v)| (n.clone(), v.clone())).collect();
        S3Settings::read(&config, workspace)
    }

    #[test]
    fn a_block_says_where_the_state_is() {
        let settings = read(
            &serde_json::json!({
                "bucket": "states", "key": "web/prod.tfstate", "region": "eu-west-3", "encrypt": true,
                "kms_key_id": "alias/k", "use_lockfile": "true", "profile": null,
                "endpoints": {"s3": "http://127.0.0.1:1", "sts": null},
                "assume_role": {"role_arn": "arn:aws:iam::1:role/r", "duration": null},
                "skip_region_validation": true
            }),
            "default",
        )
        .unwrap();
        assert_eq!(settings.place(), "s3://states/web/prod.tfstate");
        assert_eq!(settings.options.region.as_deref(), Some("eu-west-3"));
        assert_eq!(settings.bucket.endpoint.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(settings.protection.kms_key.as_deref(), Some("alias/k"));
        assert!(settings.terraform_locks && settings.protection.encrypt);
        assert_eq!(settings.options.roles[0].arn, "arn:aws:iam::1:role/r");
    }

    #[test]
    fn each_workspace_has_a_key_of_its_own() {
        let place = |prefix: &str| {
            let json =
                serde_json::json!({"bucket": "b", "key": "k", "workspace_key_prefix": prefix});
            read(&json, "prod").unwrap().place()
        };
        assert_eq!(place(""), "s3://b/env:/prod/k");
        assert_eq!(place("spaces"), "s3://b/spaces/prod/k");
    }

    #[test]
    fn what_would_be_ignored_to_somebodys_harm_is_refused() {
        let b = |json: &serde_json::Value| {
            let mut all = serde_json::json!({"bucket": "b", "key": "k"});
            all.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
            read(&all, "default").unwrap_err()
        };
        let failure = b(&serde_json::json!({"dynamodb_table": "locks", "use_lockfile": true}));
        assert!(failure.message.contains("table `locks`"), "{failure}");
        assert!(failure.help.unwrap().contains("use_lockfile = true"));
        for (name, json) in [
            ("sse_customer_key", serde_json::json!({"sse_customer_key": "x"})),
            ("allowed_account_ids", serde_json::json!({"allowed_account_ids": ["1"]})),
            ("policy", serde_json::json!({"assume_role": {"role_arn": "a", "policy": "p"}})),
            ("role_arn", serde_json::json!({"assume_role": {}})),
            (
                "endpoints.sts",
                serde_json::json!({
                    "endpoints": {"sts": "http://127.0.0.1:2"}, "assume_role": {"role_arn": "a"}
                }),
            ),
            ("slash", serde_json::json!({"key": "/k"})),
            ("`key` is missing", serde_json::json!({"key": null})),
        ] {
            let failure = b(&json);
            assert!(failure.message.contains(name), "{name}: {failure}");
        }
    }
}
