//! The little XML that S3 speaks: flat lists of elements, read by name.

/// The insides of each element of a name, in their order. An element does not hold one of its own name.
pub(crate) fn elements<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let (mut found, mut rest) = (Vec::new(), text);
    let close = format!("</{name}>");
    while let Some((_, after)) = rest.split_once(&format!("<{name}")) {
        let Some((head, inner)) = after.split_once('>') else { break };
        rest = inner;
        // `<Tag>` is no `<TagSet>`; `<Tag/>` holds nothing.
        if !(head.is_empty() || head.starts_with([' ', '/'])) {
            continue;
        }
        if head.ends_with('/') {
            found.push("");
        } else if let Some((inner, after)) = inner.split_once(&close) {
            found.push(inner);
            rest = after;
        }
    }
    found
}

/// The text of the first element of a name.
pub(crate) fn text(from: &str, name: &str) -> Option<String> {
    elements(from, name).first().map(|inner| plain(inner))
}

const SIGNS: [(&str, &str); 5] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];

fn plain(text: &str) -> String {
    // The ampersand last: what it stands before is then read once.
    SIGNS.iter().rev().fold(text.trim().to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// A text as it stands between tags.
pub(crate) fn escaped(text: &str) -> String {
    SIGNS.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(sign, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_whole_name() {
        let tags = "<Tagging xmlns=\"x\"><TagSet><Tag><Key>a</Key><Value>1 &lt; 2</Value></Tag>\
            <Tag><Key>b</Key><Value/></Tag></TagSet></Tagging>";
        let found = elements(tags, "Tag");
        assert_eq!(found.len(), 2);
        assert_eq!(text(found[0], "Value").as_deref(), Some("1 < 2"));
        assert_eq!(text(found[1], "Value").as_deref(), Some(""));
        assert_eq!(text(found[1], "Nothing"), None);
        assert_eq!(elements("<Tag><Key>", "Tag"), Vec::<&str>::new(), "cut off");
    }

    #[test]
    fn a_text_comes_back_as_it_went() {
        for text in ["a & b", "&amp;lt;", "<'\">", "plain"] {
            assert_eq!(plain(&escaped(text)), text);
        }
    }
}
