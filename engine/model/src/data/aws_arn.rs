//! `aws_arn`: an ARN taken apart.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/arn>

use super::{Refused, answered, text};
use crate::Arn;
use stack::Value;

pub(super) fn read(config: &Value) -> Result<Option<Value>, Refused> {
    let Some(written) = text(config, "arn") else { return Ok(None) };
    let arn = Arn::parse(written).ok_or_else(|| {
        Refused(format!(
            "`{written}` is not an ARN: `arn:partition:service:region:account:resource`"
        ))
    })?;
    Ok(Some(answered(
        config,
        [
            ("id", Value::string(written)),
            ("partition", Value::string(arn.partition)),
            ("service", Value::string(arn.service)),
            ("region", Value::string(arn.region)),
            ("account", Value::string(arn.account)),
            ("resource", Value::string(arn.resource)),
        ],
    )))
}
