//! `aws_secretsmanager_secret_version`: Secrets Manager `GetSecretValue`, by version or stage.

use crate::args::Args;
use crate::aws_secretsmanager_secret::call;
use crate::draft::Draft;
use crate::provider::Aws;
use crate::wire::time;
use aws_smithy_types::base64;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let secret = args.str("secret_id").unwrap_or_default();
    let stage = args.str("version_stage").unwrap_or("AWSCURRENT");
    let (version, input) = match args.str("version_id") {
        Some(id) => (id, json!({"VersionId": id})),
        None => (stage, json!({"VersionStage": stage})),
    };
    let answer = call(aws, "GetSecretValue", secret, input).await?;
    let text = |name: &str| answer.get(name).and_then(Json::as_str);
    let binary = text("SecretBinary").and_then(|text| base64::decode(text).ok());
    draft
        .set("id", format!("{secret}|{version}"))
        .set("arn", text("ARN"))
        .set("created_date", time(&answer, "CreatedDate"))
        .set("secret_string", text("SecretString"))
        .set("secret_binary", binary.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
        .set("version_id", text("VersionId"))
        .set("version_stage", stage)
        .set("version_stages", answer.get("VersionStages").cloned());
    Ok(())
}
