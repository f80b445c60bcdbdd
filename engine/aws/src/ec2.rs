//! What the EC2 resource types share: tags, filters, and who still uses an object.

use crate::failure::fail;
use crate::provider::Aws;
use crate::resource::{Change, New};
use crate::tags::{self, OPERATION, Tags};
use aws_sdk_ec2::types::{Filter, NetworkInterface, ResourceType, Tag, TagSpecification};
use plan::{Failure, FailureKind, Token};

/// The tags of a new object.
pub(crate) fn tagged(new: &New<'_>, ty: ResourceType) -> TagSpecification {
    let tags = tags::marked(new.planned, new.token).into_iter().map(tag);
    TagSpecification::builder().resource_type(ty).set_tags(Some(tags.collect())).build()
}

/// `name=value`
pub(crate) fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}

/// What the create with this token made.
pub(crate) fn by_token(token: &Token) -> Filter {
    filter(&format!("tag:{OPERATION}"), &token.0)
}

/// The API's tags.
pub(crate) fn read_tags(tags: &[Tag]) -> Tags {
    let pair =
        |tag: &Tag| Some((tag.key()?.to_owned(), tag.value().unwrap_or_default().to_owned()));
    tags.iter().filter_map(pair).collect()
}

/// Sets and removes what the plan changes in the tags of an object.
pub(crate) async fn retag(aws: &Aws, id: &str, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    if !removed.is_empty() {
        let keys = removed.into_iter().map(|key| Tag::builder().key(key).build()).collect();
        let call = aws.calls.ec2.delete_tags().resources(id).set_tags(Some(keys));
        call.send().await.map_err(fail("ec2:DeleteTags"))?;
    }
    if !set.is_empty() {
        let tags = set.into_iter().map(tag).collect();
        let call = aws.calls.ec2.create_tags().resources(id).set_tags(Some(tags));
        call.send().await.map_err(fail("ec2:CreateTags"))?;
    }
    Ok(())
}

fn tag((key, value): (String, String)) -> Tag {
    Tag::builder().key(key).value(value).build()
}

/// Names the network interfaces that keep an object from going, where the API only says that something does.
pub(crate) async fn blamed(aws: &Aws, failure: Failure, users: Filter) -> Failure {
    if failure.kind != FailureKind::InUse {
        return failure;
    }
    let Ok(answer) = aws.calls.ec2.describe_network_interfaces().filters(users).send().await else {
        return failure;
    };
    let users: Vec<_> = answer.network_interfaces().iter().map(interface).collect();
    if users.is_empty() {
        failure
    } else {
        let message = format!("{}; still used by {}", failure.message, users.join(", "));
        Failure { message, ..failure }
    }
}

fn interface(interface: &NetworkInterface) -> String {
    let id = interface.network_interface_id().unwrap_or_default();
    match interface.description().filter(|text| !text.is_empty()) {
        Some(text) => format!("{id} ({text})"),
        None => id.to_owned(),
    }
}
