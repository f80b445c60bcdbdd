//! Tags of the services that speak JSON: each has its own words for the same three calls.

use crate::failure::absent;
use crate::provider::Aws;
use crate::resource::{Change, New};
use crate::signed::Service;
use crate::tags::{self, Tags};
use crate::wire::Members;
use plan::Failure;
use serde_json::{Value as Json, json};

/// How a service is told of tags, and how it tells of them.
pub(crate) struct Tagging {
    pub(crate) service: &'static Service,
    /// The operation that lists tags.
    pub(crate) list: &'static str,
    /// The operation that sets some.
    pub(crate) set: &'static str,
    /// The operation that removes some.
    pub(crate) remove: &'static str,
    /// The member that names the object.
    pub(crate) object: &'static str,
    /// The member that holds tags, in what is said and in what is heard.
    pub(crate) tags: (&'static str, &'static str),
    /// The member that holds what to remove: names, or, where it is the member of tags, tags without values.
    pub(crate) keys: &'static str,
    /// The members of one tag.
    pub(crate) pair: (&'static str, &'static str),
    /// A member that every request has.
    pub(crate) kind: Option<(&'static str, &'static str)>,
}

impl Tagging {
    /// The tags of a new object, as the service wants to hear them.
    pub(crate) fn marked(&self, new: &New<'_>) -> Json {
        self.pairs(tags::marked(new.planned, new.token))
    }

    /// Tags as the service wants to hear them.
    pub(crate) fn pairs(&self, tags: Tags) -> Json {
        let (key, value) = self.pair;
        tags.into_iter().map(|(k, v)| json!({key: k, value: v})).collect()
    }

    /// The tags that an answer holds.
    pub(crate) fn of(&self, answer: &Json) -> Tags {
        let (key, value) = self.pair;
        let text = |pair: &Json, name: &str| Some(pair.get(name)?.as_str()?.to_owned());
        let pair = |pair: &Json| Some((text(pair, key)?, text(pair, value).unwrap_or_default()));
        let listed = answer.get(self.tags.1).and_then(Json::as_array);
        listed.into_iter().flatten().filter_map(pair).collect()
    }

    /// The tags of an object; none of one that is not there.
    pub(crate) async fn read(&self, aws: &Aws, object: &str) -> Result<Tags, Failure> {
        let input = Json::Object(self.naming(object));
        let answer = aws.signed().json(self.service, self.list, &input).await;
        Ok(self.of(&absent(answer.map_err(Failure::from))?))
    }

    /// Sets and removes what the plan changes in the tags of an object.
    pub(crate) async fn change(
        &self,
        aws: &Aws,
        object: &str,
        change: &Change<'_>,
    ) -> Result<(), Failure> {
        let (set, removed) = tags::change(change.prior, change.planned);
        if !removed.is_empty() {
            let keys = if self.keys == self.tags.0 {
                removed.into_iter().map(|key| json!({self.pair.0: key})).collect()
            } else {
                json!(removed)
            };
            let mut input = self.naming(object);
            input.insert(self.keys.to_owned(), keys);
            aws.signed().json(self.service, self.remove, &input.into()).await?;
        }
        if !set.is_empty() {
            let mut input = self.naming(object);
            input.insert(self.tags.0.to_owned(), self.pairs(set));
            aws.signed().json(self.service, self.set, &input.into()).await?;
        }
        Ok(())
    }

    fn naming(&self, object: &str) -> Members {
        let named = [(self.object, object)].into_iter().chain(self.kind);
        named.map(|(name, value)| (name.to_owned(), Json::from(value))).collect()
    }
}
