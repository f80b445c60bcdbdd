//! Resources that bear tags, and which tags they must bear.

use crate::{Context, Meta, Subject, Wildcard};
use model::{ABSENT, At, Attr, field};
use stack::{Mode, ProviderConfig, Resource, Value};
use std::borrow::Cow;

/// A tag that every resource must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredTag {
    /// Its key.
    pub key: String,
    /// What its value may be; anything when empty.
    pub values: Vec<Wildcard>,
}

/// A managed resource of a type that has `tags` and `tags_all`. There are none while no tag is required.
#[derive(Clone, Debug)]
pub struct Tagged<'a> {
    /// The instance.
    pub resource: &'a Resource,
    provider: Option<&'a ProviderConfig>,
}

impl<'a> Subject<'a> for Tagged<'a> {
    fn all(context: &'a Context<'a>, _: &Meta) -> Cow<'a, [Self]> {
        if context.required_tags.is_empty() {
            return Cow::Borrowed(&[]);
        }
        let stack = context.stack();
        let bears = |resource: &&Resource| {
            let has = |name| resource.value.get(name).is_some();
            resource.address.mode == Mode::Managed && has("tags") && has("tags_all")
        };
        let tagged = stack
            .resources
            .iter()
            .filter(bears)
            .map(|resource| Self { resource, provider: stack.providers.get(resource.provider) });
        Cow::Owned(tagged.collect())
    }

    fn resource(&self) -> Option<&'a Resource> {
        Some(self.resource)
    }
}

impl<'a> Tagged<'a> {
    /// The tag that the resource itself has; null, blaming its tags, when it has none with this key.
    pub fn own(&self, key: &str) -> At<'a, &'a Value> {
        tag(field(&self.resource.config, "tags"), key)
    }

    /// The tag that its provider gives to all resources, unless they have one of their own.
    pub fn default(&self, key: &str) -> At<'a, &'a Value> {
        let block = self.provider.map_or(&ABSENT, |it| field(&it.value, "default_tags"));
        tag(block.elements().next().map_or(block, |block| field(block, "tags")), key)
    }
}

fn tag<'a>(tags: &'a Value, key: &str) -> At<'a, &'a Value> {
    let attr = match tags.get(key) {
        _ if tags.is_unknown() => Attr::Unknown(tags),
        Some(tag) if tag.is_unknown() => Attr::Unknown(tag),
        Some(tag) if !tag.is_null() => Attr::Known(tag, tag),
        _ => Attr::Null(tags),
    };
    At { path: format!("tags[{key:?}]"), attr }
}
