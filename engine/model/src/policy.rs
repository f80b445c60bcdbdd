//! IAM policy documents.
//! Grammar: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::document::{self, Node};
use crate::{Attr, Read};
use stack::{Str, Value};

/// A policy: its statements.
#[derive(Clone, Debug)]
pub struct PolicyDocument<'a> {
    /// The statements; unknown ones are holes in the document.
    pub statements: Vec<Attr<'a, Statement<'a>>>,
}

/// What a policy says once.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// Its name.
    pub sid: Attr<'a, Str>,
    /// `Allow` or `Deny`.
    pub effect: Attr<'a, Str>,
    /// Actions it speaks of.
    pub actions: Attr<'a, Vec<Attr<'a, Str>>>,
    /// All actions but these.
    pub not_actions: Attr<'a, Vec<Attr<'a, Str>>>,
    /// Resources it speaks of.
    pub resources: Attr<'a, Vec<Attr<'a, Str>>>,
    /// All resources but these.
    pub not_resources: Attr<'a, Vec<Attr<'a, Str>>>,
    /// Who it speaks of (resource and trust policies).
    pub principals: Attr<'a, Vec<Principal<'a>>>,
    /// All but these.
    pub not_principals: Attr<'a, Vec<Principal<'a>>>,
    /// When it holds: all of them.
    pub conditions: Attr<'a, Vec<Condition<'a>>>,
}

/// Who a statement speaks of.
#[derive(Clone, Debug)]
pub struct Principal<'a> {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for everybody, as `"Principal": "*"`.
    pub kind: Str,
    /// ARN, account, service or `*`.
    pub id: Attr<'a, Str>,
}

/// A test: the context's key against values.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// `StringEquals`, `IpAddress` …
    pub operator: Str,
    /// `aws:SourceArn` …
    pub key: Str,
    /// One of these.
    pub values: Attr<'a, Vec<Attr<'a, Str>>>,
}

impl<'a> Read<'a> for PolicyDocument<'a> {
    fn read(value: &'a Value) -> Attr<'a, Self> {
        document::read(value, |root| {
            let statements = root.get("Statement").one_or_more();
            let Attr::Known(nodes, _) = statements else { return None };
            Some(Self {
                statements: nodes
                    .into_iter()
                    .map(|node| node.members().map(|_| statement(node)))
                    .collect(),
            })
        })
    }
}

impl Statement<'_> {
    /// True when it certainly denies nothing and may allow something.
    pub fn allows(&self) -> Option<bool> {
        self.effect.known().map(|effect| effect.eq_ignore_ascii_case("Allow"))
    }
}

fn statement<'a>(node: Node<'a, '_>) -> Statement<'a> {
    Statement {
        sid: node.get("Sid").text(),
        effect: node.get("Effect").text(),
        actions: node.get("Action").texts(),
        not_actions: node.get("NotAction").texts(),
        resources: node.get("Resource").texts(),
        not_resources: node.get("NotResource").texts(),
        principals: principals(node.get("Principal")),
        not_principals: principals(node.get("NotPrincipal")),
        conditions: node.get("Condition").members().map(|operators| {
            let mut conditions = Vec::new();
            for (operator, keys) in operators {
                for (key, values) in keys.members().known().into_iter().flatten() {
                    conditions.push(Condition {
                        operator: operator.clone(),
                        key: key.clone(),
                        values: values.texts(),
                    });
                }
            }
            conditions
        }),
    }
}

fn principals<'a>(node: Node<'a, '_>) -> Attr<'a, Vec<Principal<'a>>> {
    if let Attr::Known(everybody, value) = node.text() {
        return Attr::Known(
            vec![Principal { kind: "*".into(), id: Attr::Known(everybody, value) }],
            value,
        );
    }
    node.members().map(|kinds| {
        let mut principals = Vec::new();
        for (kind, ids) in kinds {
            match ids.texts() {
                Attr::Known(ids, _) => principals
                    .extend(ids.into_iter().map(|id| Principal { kind: kind.clone(), id })),
                Attr::Null(value) | Attr::Unknown(value) => {
                    principals.push(Principal { kind, id: Attr::Unknown(value) });
                }
            }
        }
        principals
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::{Blame, Kind, Marks};

    fn text(json: &str) -> Value {
        Value { kind: Kind::String(json.into()), marks: Marks::NONE, blame: Blame::default() }
    }

    #[test]
    fn scalars_and_lists_read_alike() {
        let one = text(r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":["*"]}}"#);
        let policy = PolicyDocument::read(&one);
        let statement = policy.known().unwrap().statements[0].known().unwrap().clone();
        assert_eq!(statement.actions.elements()[0].known().unwrap(), "s3:*");
        assert_eq!(statement.resources.elements()[0].known().unwrap(), "*");
        assert_eq!(statement.allows(), Some(true));
        assert!(statement.not_actions.is_null());
    }

    #[test]
    fn everybody_has_two_spellings() {
        for json in [r#""*""#, r#"{"AWS":"*"}"#, r#"{"AWS":["*"]}"#] {
            let value = text(&format!(r#"{{"Statement":[{{"Principal":{json}}}]}}"#));
            let policy = PolicyDocument::read(&value);
            let statement = policy.known().unwrap().statements[0].known().unwrap().clone();
            assert_eq!(statement.principals.known().unwrap()[0].id.known().unwrap(), "*");
        }
    }

    #[test]
    fn what_is_no_policy_is_unknown() {
        for json in ["", "{", "[]", "{}", "1"] {
            assert!(PolicyDocument::read(&text(json)).is_unknown(), "{json}");
        }
    }
}
