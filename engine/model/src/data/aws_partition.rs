//! `aws_partition`: follows from the region.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/partition>

use super::{answered, partition};
use stack::{Str, Value};

pub(super) fn read(config: &Value, region: Option<&Str>) -> Option<Value> {
    let partition = partition(region?);
    Some(answered(
        config,
        [
            ("id", Value::string(partition.name)),
            ("partition", Value::string(partition.name)),
            ("dns_suffix", Value::string(partition.suffix)),
            ("reverse_dns_prefix", Value::string(partition.reverse)),
        ],
    ))
}
