//! `aws_partition`: the region says it; no call.

use crate::args::Args;
use crate::draft::Draft;
use crate::provider::Aws;
use plan::Failure;

pub(super) async fn read(aws: &Aws, _: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let (suffix, reverse) = match aws.partition() {
        "aws-cn" => ("amazonaws.com.cn", "cn.com.amazonaws"),
        _ => ("amazonaws.com", "com.amazonaws"),
    };
    draft
        .set("id", aws.partition())
        .set("partition", aws.partition())
        .set("dns_suffix", suffix)
        .set("reverse_dns_prefix", reverse);
    Ok(())
}
