//! `aws_ssm_parameter`: Systems Manager `GetParameter`, by name, or by ARN where it is another account's.

use super::search;
use crate::args::Args;
use crate::aws_ssm_parameter::value;
use crate::draft::Draft;
use crate::provider::Aws;
use plan::Failure;
use serde_json::Value as Json;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let name = args.str("name").unwrap_or_default();
    let decrypted = args.flag("with_decryption").unwrap_or(true);
    let parameter = value(aws, name, decrypted).await?;
    let parameter = parameter.ok_or_else(|| search::none(&format!("parameter `{name}`")))?;
    let text = |name: &str| parameter.get(name).and_then(Json::as_str);
    let open = text("Value").filter(|_| text("Type") != Some("SecureString"));
    draft
        .set("id", name)
        .set("arn", text("ARN"))
        .set("name", name)
        .set("type", text("Type"))
        .set("value", text("Value"))
        .set("insecure_value", open)
        .set("version", parameter.get("Version").cloned().unwrap_or_default());
    if args.flag("with_decryption").is_none() {
        draft.set("with_decryption", true);
    }
    Ok(())
}
