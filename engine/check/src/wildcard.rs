//! Text with holes.

/// A pattern in which `*` stands for any run of characters and `?` for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    text: String,
}

impl Wildcard {
    /// Reads a pattern; every text is one.
    pub fn new(text: impl Into<String>) -> Self {
        let mut text = text.into();
        while text.contains("**") {
            text = text.replace("**", "*");
        }
        Self { text }
    }

    /// The pattern, with one `*` for several in a row.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it stands for one text only.
    pub fn is_plain(&self) -> bool {
        !self.text.contains(['*', '?'])
    }

    /// Whether a text fits, upper and lower case apart. Takes the product of both lengths at worst.
    pub fn matches(&self, text: &str) -> bool {
        let (mut pattern, mut left) = (self.text.chars(), text.chars());
        // What follows the last star, and the text that it has not swallowed yet.
        let mut star: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
        loop {
            let here = left.clone();
            match (pattern.next(), left.next()) {
                (None, None) => return true,
                (Some('*'), _) => {
                    left = here;
                    star = Some((pattern.clone(), left.clone()));
                }
                (Some('?'), Some(_)) => {}
                (Some(p), Some(t)) if p == t => {}
                _ => {
                    let Some((after, held)) = &mut star else { return false };
                    if held.next().is_none() {
                        return false;
                    }
                    (pattern, left) = (after.clone(), held.clone());
                }
            }
        }
    }
}

/// Whether a text fits a pattern that is used once.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    Wildcard::new(pattern).matches(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        let fits = |pattern: &str, text: &str| Wildcard::new(pattern).matches(text);
        for text in ["", "a", "aba", "ECS001"] {
            assert!(fits("*", text) && fits(text, text), "{text}");
        }
        assert!(fits("ECS*", "ECS001") && fits("*-prod-*", "eu-prod-1") && fits("a*b*c", "axbxbc"));
        assert!(fits("ECS00?", "ECS001") && fits("é?", "éß"));
        assert!(!fits("ECS*", "EKS001") && !fits("a*b", "abc") && !fits("?", "") && !fits("", "a"));
        assert!(!fits("Owner", "owner") && !fits("AB*BA", "ABA"));
    }

    /// What the two signs mean, said as plainly as can be.
    fn plainly(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], _) => text.is_empty(),
            ([b'*', rest @ ..], _) => {
                plainly(rest, text) || (!text.is_empty() && plainly(pattern, &text[1..]))
            }
            ([b'?', rest @ ..], [_, left @ ..]) => plainly(rest, left),
            ([p, rest @ ..], [t, left @ ..]) => p == t && plainly(rest, left),
            (_, []) => false,
        }
    }

    /// All words over an alphabet, up to a length.
    fn words(alphabet: &str, longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = 0;
        for _ in 0..longest {
            let end = all.len();
            for at in last..end {
                all.extend(alphabet.chars().map(|c| format!("{}{c}", all[at])).collect::<Vec<_>>());
            }
            last = end;
        }
        all
    }

    #[test]
    fn every_short_pattern_means_what_it_should() {
        for pattern in words("ab*?", 5) {
            let wildcard = Wildcard::new(pattern.clone());
            for text in words("ab", 5) {
                let means = plainly(pattern.as_bytes(), text.as_bytes());
                assert_eq!(wildcard.matches(&text), means, "{pattern} {text}");
            }
        }
    }

    #[test]
    fn many_stars_end_soon() {
        assert!(!Wildcard::new("*a".repeat(500)).matches(&"a".repeat(499)));
        assert!(Wildcard::new("*a".repeat(500)).matches(&"a".repeat(5_000)));
    }
}
