//! `aws_partition`: the region says it; no call.

use crate::draft::Draft;
use crate::provider::Aws;

pub(super) fn read(aws: &Aws, draft: &mut Draft) {
    let (suffix, reverse) = match aws.partition() {
        "aws-cn" => ("amazonaws.com.cn", "cn.com.amazonaws"),
        _ => ("amazonaws.com", "com.amazonaws"),
    };
    draft
        .set("id", aws.partition())
        .set("partition", aws.partition())
        .set("dns_suffix", suffix)
        .set("reverse_dns_prefix", reverse);
}
