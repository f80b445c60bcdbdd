//! What the IAM resource types share: documents and tags.

use crate::draft::Draft;
use crate::tags::Tags;
use aws_sdk_iam::types::Tag;
use serde_json::Value as Json;

/// Sets a policy. What says the same as the text that stands in the draft leaves it as it is.
pub(crate) fn document(draft: &mut Draft, name: &'static str, actual: String) {
    let same = |old: &str| agree(old, &actual);
    if !draft.str(name).is_some_and(same) {
        draft.set(name, compact(actual));
    }
}

/// Both texts say the same, whatever their spelling.
pub(crate) fn agree(one: &str, other: &str) -> bool {
    one == other || plan::document::agree("policy", one, other, false)
}

/// Percent-decoded, as RFC 3986 has it.
pub(crate) fn plain(encoded: &str) -> String {
    let digit = |byte: Option<&u8>| u8::try_from(char::from(*byte?).to_digit(16)?).ok();
    let (mut bytes, mut rest) = (Vec::with_capacity(encoded.len()), encoded.as_bytes().iter());
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Without blanks and with sorted keys, as Terraform writes documents.
pub(crate) fn compact(text: String) -> String {
    serde_json::from_str::<Json>(&text).map_or(text, |json| json.to_string())
}

/// A tag of every pair.
pub(crate) fn tags(pairs: Tags) -> Vec<Tag> {
    let tag = |(key, value)| Tag::builder().key(key).value(value).build().ok();
    pairs.into_iter().filter_map(tag).collect()
}

/// The API's tags.
pub(crate) fn read_tags(tags: &[Tag]) -> Tags {
    tags.iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_codes_are_read_and_nothing_else_is() {
        assert_eq!(plain("%7B%22a%22%3A%20%22%C3%A9%2B+%22%7D"), r#"{"a": "é++"}"#);
        assert_eq!(plain("100%, %4"), "100%, %4");
    }
}
