//! `aws_caller_identity`: STS `GetCallerIdentity`.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure::fail;
use crate::provider::Aws;
use plan::Failure;

pub(super) async fn read(aws: &Aws, _: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let answer = aws.calls.sts.get_caller_identity().send().await;
    let answer = answer.map_err(fail("sts:GetCallerIdentity"))?;
    draft
        .set("id", answer.account())
        .set("account_id", answer.account())
        .set("arn", answer.arn())
        .set("user_id", answer.user_id());
    Ok(())
}
