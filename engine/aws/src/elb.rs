//! What the load balancing types share: tags, and attributes that are pairs of key and value.

use crate::args::Args;
use crate::draft::Draft;
use crate::failure::fail;
use crate::provider::Aws;
use crate::resource::{Change, New};
use crate::tags::{self, Tags};
use aws_sdk_elasticloadbalancingv2::types::{Tag, TagDescription};
use plan::Failure;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The tags of a new object.
pub(crate) fn tagged(new: &New<'_>) -> Vec<Tag> {
    tags::marked(new.planned, new.token).into_iter().map(tag).collect()
}

fn tag((key, value): (String, String)) -> Tag {
    Tag::builder().key(key).value(value).build()
}

/// The tags of an object.
pub(crate) async fn read_tags(aws: &Aws, arn: &str) -> Result<Tags, Failure> {
    let answer = aws.calls.elb.describe_tags().resource_arns(arn).send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeTags"))?;
    let tags = answer.tag_descriptions().iter().flat_map(|description| description.tags());
    let pair =
        |tag: &Tag| Some((tag.key()?.to_owned(), tag.value().unwrap_or_default().to_owned()));
    Ok(tags.filter_map(pair).collect())
}

/// Those of these objects that have the tags that `tags` asks for.
pub(crate) async fn tagged_so(
    aws: &Aws,
    args: Args<'_>,
    arns: Vec<String>,
) -> Result<Vec<String>, Failure> {
    let wanted = args.map("tags");
    if wanted.is_empty() {
        return Ok(arns);
    }
    let mut so = Vec::new();
    // As many as one call takes.
    for arns in arns.chunks(20) {
        let call = aws.calls.elb.describe_tags().set_resource_arns(Some(arns.to_vec()));
        let answer = call.send().await.map_err(fail("elasticloadbalancing:DescribeTags"))?;
        let is_so = |description: &&TagDescription| {
            let has = |key: &String, value: &String| {
                let is = |tag: &Tag| tag.key() == Some(key) && tag.value() == Some(value);
                description.tags().iter().any(is)
            };
            wanted.iter().all(|(key, value)| has(key, value))
        };
        let descriptions = answer.tag_descriptions().iter().filter(is_so);
        so.extend(descriptions.filter_map(|d| d.resource_arn().map(str::to_owned)));
    }
    Ok(so)
}

/// Sets and removes what the plan changes in the tags of an object.
pub(crate) async fn retag(aws: &Aws, arn: &str, change: &Change<'_>) -> Result<(), Failure> {
    let (set, removed) = tags::change(change.prior, change.planned);
    if !removed.is_empty() {
        let call = aws.calls.elb.remove_tags().resource_arns(arn).set_tag_keys(Some(removed));
        call.send().await.map_err(fail("elasticloadbalancing:RemoveTags"))?;
    }
    if !set.is_empty() {
        let tags = Some(set.into_iter().map(tag).collect());
        let call = aws.calls.elb.add_tags().resource_arns(arn).set_tags(tags);
        call.send().await.map_err(fail("elasticloadbalancing:AddTags"))?;
    }
    Ok(())
}

/// An argument, as a path through blocks, and the API's key of it.
pub(crate) type Row = (&'static str, &'static str);

/// Attributes as the API has them.
pub(crate) type Attributes = BTreeMap<String, String>;

/// What is asked for and not so. The API lists every key that an object of this kind can have: what it does not list, an argument
/// that is only there by the provider's default cannot set.
pub(crate) fn missing(
    args: Args<'_>,
    rows: &[Row],
    actual: &Attributes,
) -> Vec<(&'static str, String)> {
    let asked = rows.iter().filter_map(|(path, key)| Some((path, *key, args.spelled(path)?)));
    asked
        .filter(|(path, key, value)| match actual.get(*key) {
            Some(there) => there != value,
            None => path.contains('.') && !value.is_empty(),
        })
        .map(|(_, key, value)| (key, value))
        .collect()
}

/// What the plan changes. A text that goes becomes empty; a number or flag keeps its last value, as nothing says a new one.
pub(crate) fn changed(change: &Change<'_>, rows: &[Row]) -> Vec<(&'static str, String)> {
    let pair = |(path, key): &Row| {
        let (old, new) = (change.prior.spelled(path), change.planned.spelled(path));
        let was_text = || change.prior.at(path).and_then(stack::Value::as_str).is_some();
        match new {
            Some(new) => (old.as_ref() != Some(&new)).then_some((*key, new)),
            None => (old.is_some_and(|old| !old.is_empty()) && was_text())
                .then(|| (*key, String::new())),
        }
    };
    rows.iter().filter_map(pair).collect()
}

/// Writes the attributes that stand outside of blocks.
pub(crate) fn write(draft: &mut Draft, rows: &[Row], actual: &Attributes) {
    for (path, key) in rows.iter().filter(|(path, _)| !path.contains('.')) {
        match actual.get(*key).map(String::as_str) {
            Some("") => drop(draft.text(path, None)),
            Some(value) => drop(draft.set(path, value)),
            None => {}
        }
    }
}

/// The one block of a name, as the API has its attributes; what the API does not say stays as it is known.
pub(crate) fn block(name: &str, known: Args<'_>, rows: &[Row], actual: &Attributes) -> Json {
    let mut root = Map::new();
    for (path, key) in rows {
        let Some(inner) = path.strip_prefix(name).and_then(|path| path.strip_prefix('.')) else {
            continue;
        };
        let value = match actual.get(*key) {
            Some(text) if text.is_empty() && known.spelled(path).is_none() => Json::Null,
            Some(text) => Json::from(text.as_str()),
            None => known.at(path).map_or(Json::Null, stack::Value::to_json),
        };
        match inner.split_once('.') {
            None => drop(root.insert(inner.to_owned(), value)),
            Some((block, leaf)) => {
                let list =
                    root.entry(block).or_insert_with(|| Json::Array(vec![Map::new().into()]));
                let first = list.get_mut(0).and_then(Json::as_object_mut);
                first.and_then(|object| object.insert(leaf.to_owned(), value));
            }
        }
    }
    Json::Array(vec![root.into()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use stack::Value;

    const ROWS: [Row; 5] = [
        ("idle_timeout", "idle_timeout.timeout_seconds"),
        ("client_keep_alive", "client_keep_alive.seconds"),
        ("access_logs.enabled", "access_logs.s3.enabled"),
        ("access_logs.bucket", "access_logs.s3.bucket"),
        ("access_logs.prefix", "access_logs.s3.prefix"),
    ];

    fn balancer(json: &Json) -> Value {
        Value::from_json(&plan::shape::of_type("aws_lb").unwrap(), json).unwrap()
    }

    fn actual() -> Attributes {
        let pairs = [
            ("idle_timeout.timeout_seconds", "60"),
            ("access_logs.s3.enabled", "false"),
            ("access_logs.s3.bucket", ""),
            ("access_logs.s3.prefix", ""),
        ];
        pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).into_iter().collect()
    }

    #[test]
    fn only_what_is_not_so_is_set() {
        let asked = json!({"idle_timeout": 60, "client_keep_alive": 3600,
            "access_logs": [{"enabled": true, "bucket": "b"}]});
        let asked = balancer(&asked);
        assert_eq!(
            missing(Args(&asked), &ROWS, &actual()),
            [
                ("access_logs.s3.enabled", "true".to_owned()),
                ("access_logs.s3.bucket", "b".to_owned()),
            ]
        );
    }

    #[test]
    fn a_block_is_what_the_api_says() {
        let known = balancer(&json!({"access_logs": [{"enabled": true, "bucket": "b"}]}));
        let block = block("access_logs", Args(&known), &ROWS, &actual());
        assert_eq!(block, json!([{"enabled": "false", "bucket": "", "prefix": null}]));
    }
}
