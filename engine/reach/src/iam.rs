//! One request against policies as they are written.
//! Order of evaluation: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use model::{Attr, PolicyDocument, Statement};
use stack::{Str, Value};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// `s3:GetObject`
    pub action: &'r str,
    /// An ARN, or `*` for actions without one.
    pub resource: &'r str,
}

/// What policies say to a request.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Allowed, and not denied.
    Allowed,
    /// Denied, or not allowed.
    Denied,
    /// Depends on a condition, or on this value.
    Unknown(&'a Value),
}

/// Decides a request under all the policies that hold for somebody.
pub fn decide<'a, 'p>(
    policies: impl IntoIterator<Item = &'p Attr<'a, PolicyDocument<'a>>>,
    request: Request<'_>,
) -> Decision<'a>
where
    'a: 'p,
{
    let (mut allowed, mut open, mut denial) = (false, None, None);
    for policy in policies {
        let statements = match policy {
            Attr::Known(policy, _) => &policy.statements,
            Attr::Null(_) => continue,
            Attr::Unknown(value) => {
                open.get_or_insert(*value);
                continue;
            }
        };
        for statement in statements {
            let (statement, value) = match statement {
                Attr::Known(statement, value) => (statement, *value),
                Attr::Null(_) => continue,
                Attr::Unknown(value) => {
                    open.get_or_insert(*value);
                    continue;
                }
            };
            match (statement.allows(), speaks_of(statement, request)) {
                (_, Some(false)) => {}
                (Some(true), Some(true)) if statement.conditions.is_null() => allowed = true,
                (Some(false), Some(true)) if statement.conditions.is_null() => {
                    return Decision::Denied;
                }
                (Some(false), _) => {
                    denial.get_or_insert(value);
                }
                _ => {
                    open.get_or_insert(value);
                }
            }
        }
    }
    // A whole policy that cannot be read may allow; that it denies what another allows is not assumed.
    match (allowed, denial, open) {
        (true, None, _) => Decision::Allowed,
        (true, Some(value), _) | (false, _, Some(value)) => Decision::Unknown(value),
        (false, _, None) => Decision::Denied,
    }
}

/// Whether a statement is about a request; `None` when that is not known.
fn speaks_of(statement: &Statement<'_>, request: Request<'_>) -> Option<bool> {
    let action = one_of(&statement.actions, &statement.not_actions, |pattern| {
        matches(&pattern.to_ascii_lowercase(), &request.action.to_ascii_lowercase())
    });
    let resource = one_of(&statement.resources, &statement.not_resources, |pattern| {
        matches(pattern, request.resource)
    });
    match (action, resource) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Patterns.
type Patterns<'a> = Attr<'a, Vec<Attr<'a, Str>>>;

/// Whether one of the patterns matches, or none of the excluded ones.
fn one_of(
    patterns: &Patterns<'_>,
    excluded: &Patterns<'_>,
    matches: impl Fn(&str) -> bool,
) -> Option<bool> {
    let any = |patterns: &Patterns<'_>| {
        if patterns.elements().iter().filter_map(Attr::known).any(|pattern| matches(pattern)) {
            return Some(true);
        }
        if patterns.has_unknown() { None } else { Some(false) }
    };
    if excluded.is_null() { any(patterns) } else { any(excluded).map(|excluded| !excluded) }
}

/// Matches a text against a pattern of `*` (any run of characters) and `?` (any one).
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The last star, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_none_or(|rest| rest.iter().all(|c| *c == '*'))
}

/// True when an action pattern matches every action: `*`, `**`, `*:*`.
pub fn is_every_action(pattern: &str) -> bool {
    pattern.contains('*') && pattern.chars().all(|c| "*:?".contains(c))
}

/// The service of which an action pattern matches every action: `s3` for `s3:*`.
pub fn every_action_of(pattern: &str) -> Option<&str> {
    let (service, action) = pattern.split_once(':')?;
    let all = action.contains('*') && action.chars().all(|c| "*?".contains(c));
    (all && !service.contains(['*', '?'])).then_some(service)
}

/// True when a resource pattern matches every resource: `*`, or an ARN without anything certain in it.
pub fn is_every_resource(pattern: &str) -> bool {
    let rest = pattern.strip_prefix("arn:").unwrap_or(pattern);
    let rest = ["aws:", "aws-cn:", "aws-us-gov:"]
        .iter()
        .find_map(|partition| rest.strip_prefix(partition))
        .unwrap_or(rest);
    pattern.contains('*') && rest.chars().all(|c| "*:?/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Read;
    use proptest::prelude::*;

    fn policy(json: &str) -> Value {
        Value::string(json)
    }

    fn decision(json: &str, action: &str, resource: &str) -> Option<bool> {
        let value = policy(json);
        let document = PolicyDocument::read(&value);
        match decide([&document], Request { action, resource }) {
            Decision::Allowed => Some(true),
            Decision::Denied => Some(false),
            Decision::Unknown(_) => None,
        }
    }

    #[test]
    fn decisions() {
        let allow = r#"{"Statement":[{"Effect":"Allow","Action":["s3:Get*"],"Resource":"arn:aws:s3:::b/*"}]}"#;
        assert_eq!(decision(allow, "s3:GetObject", "arn:aws:s3:::b/k"), Some(true));
        assert_eq!(decision(allow, "S3:getobject", "arn:aws:s3:::b/k"), Some(true));
        assert_eq!(decision(allow, "s3:PutObject", "arn:aws:s3:::b/k"), Some(false));
        assert_eq!(decision(allow, "s3:GetObject", "arn:aws:s3:::c/k"), Some(false));
        let deny = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}]}"#;
        assert_eq!(decision(deny, "s3:GetObject", "*"), Some(true));
        assert_eq!(decision(deny, "iam:CreateUser", "*"), Some(false));
        let condition = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}"#;
        assert_eq!(decision(condition, "s3:GetObject", "*"), None);
        let perhaps = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;
        assert_eq!(decision(perhaps, "s3:GetObject", "*"), None);
    }

    #[test]
    fn everything_has_many_spellings() {
        for pattern in ["*", "**", "*:*", "?*"] {
            assert!(is_every_action(pattern), "{pattern}");
        }
        for pattern in ["s3:*", "a*", "?", ""] {
            assert!(!is_every_action(pattern), "{pattern}");
        }
        assert_eq!(every_action_of("s3:*"), Some("s3"));
        assert_eq!(every_action_of("s3:**"), Some("s3"));
        assert_eq!(every_action_of("s3:Get*"), None);
        for pattern in ["*", "**", "arn:*", "arn:aws:*", "arn:aws:*:*:*:*"] {
            assert!(is_every_resource(pattern), "{pattern}");
        }
        for pattern in ["arn:aws:s3:::*", "arn:aws:iam::*:role/x", ""] {
            assert!(!is_every_resource(pattern), "{pattern}");
        }
    }

    /// The plain definition, by recursion: what the loop is checked with.
    fn slow(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|at| slow(rest, &text[at..])),
            Some((c, rest)) => text
                .split_first()
                .is_some_and(|(t, after)| (*c == '?' || c == t) && slow(rest, after)),
        }
    }

    proptest! {
        #[test]
        fn globs(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), slow(&p, &t));
        }
    }
}
