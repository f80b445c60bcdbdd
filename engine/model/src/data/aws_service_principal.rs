//! `aws_service_principal`: how a service is called in policies.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/service_principal>

use super::{answered, is_written, partition, text};
use stack::{Str, Value};

pub(super) fn read(config: &Value, region: Option<&Str>) -> Option<Value> {
    let service = text(config, "service_name")?;
    let region = match text(config, "region") {
        Some(named) => named,
        None if is_written(config, "region") => return None,
        None => region?,
    };
    // Elsewhere some services keep the global suffix and some do not.
    let partition = partition(region);
    if partition.name != "aws" {
        return None;
    }
    let suffix = partition.suffix;
    Some(answered(
        config,
        [
            ("id", Value::string(format!("{service}.{region}.{suffix}"))),
            ("name", Value::string(format!("{service}.{suffix}"))),
            ("region", Value::string(region)),
            ("suffix", Value::string(suffix)),
        ],
    ))
}
