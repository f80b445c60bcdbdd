//! `aws_s3_bucket`: that S3 has the bucket, its region, and whether it is a website.

use super::search;
use crate::args::Args;
use crate::aws_s3_bucket::tell;
use crate::draft::Draft;
use crate::provider::Aws;
use crate::s3_bucket as api;
use plan::Failure;

pub(super) async fn read(aws: &Aws, args: Args<'_>, draft: &mut Draft) -> Result<(), Failure> {
    let bucket = args.str("bucket").unwrap_or_default();
    if !api::exists(aws, bucket).await? {
        return Err(search::none(&format!("bucket `{bucket}`")));
    }
    let region = api::region(aws, bucket).await?;
    draft.set("id", bucket);
    tell(aws, draft, bucket, &region);
    if api::is_website(aws, bucket).await? {
        let domain = api::website(&region);
        draft.set("website_endpoint", format!("{bucket}.{domain}")).set("website_domain", domain);
    }
    Ok(())
}
