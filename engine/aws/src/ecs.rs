//! What the ECS resource types share: tags.

use crate::failure::fail;
use crate::provider::Aws;
use crate::resource::Change;
use crate::tags::{self, Tags};
use aws_sdk_ecs::types::Tag;
use plan::Failure;

/// A tag of every pair.
pub(crate) fn tags(pairs: Tags) -> Vec<Tag> {
    pairs.into_iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}

/// The API's tags.
pub(crate) fn read_tags(tags: &[Tag]) -> Tags {
    let pair =
        |tag: &Tag| Some((tag.key()?.to_owned(), tag.value().unwrap_or_default().to_owned()));
    tags.iter().filter_map(pair).collect()
}

/// Sets and removes what the plan changes in the tags of an object.
pub(crate) async fn retag(aws: &Aws, arn: &str, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    if !removed.is_empty() {
        let call = aws.calls.ecs.untag_resource().resource_arn(arn).set_tag_keys(Some(removed));
        call.send().await.map_err(fail("ecs:UntagResource"))?;
    }
    if !set.is_empty() {
        let call = aws.calls.ecs.tag_resource().resource_arn(arn).set_tags(Some(tags(set)));
        call.send().await.map_err(fail("ecs:TagResource"))?;
    }
    Ok(())
}
