//! IAM policies: lists are sets, a scalar is a list of one.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use serde_json::{Map, Value as Json};

/// One form for all policies of one meaning. A document that is no policy keeps its form.
pub(super) fn normal(mut policy: Json) -> Json {
    if let Some(statement) = policy.get_mut("Statement") {
        let statements: Vec<Json> =
            list(statement.take()).into_iter().map(normal_statement).collect();
        *statement = sorted(statements);
    }
    policy
}

fn normal_statement(statement: Json) -> Json {
    let Json::Object(fields) = statement else { return statement };
    let fields = fields.into_iter().map(|(name, value)| {
        let value = match name.as_str() {
            "Action" | "NotAction" | "Resource" | "NotResource" => sorted(list(value)),
            "Principal" | "NotPrincipal" => normal_principal(value),
            "Condition" => normal_condition(value),
            _ => value,
        };
        (name, value)
    });
    Json::Object(fields.filter(|(name, value)| name != "Sid" || value != "").collect())
}

/// `"*"` is `{"AWS": "*"}`; an account is its root user.
fn normal_principal(principal: Json) -> Json {
    let kinds = match principal {
        Json::Object(kinds) => kinds,
        all => Map::from_iter([("AWS".to_owned(), all)]),
    };
    let root = |who: Json| match who.as_str() {
        Some(id) if id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()) => {
            Json::from(format!("arn:aws:iam::{id}:root"))
        }
        _ => who,
    };
    let kinds = kinds.into_iter().map(|(kind, who)| {
        let who = list(who).into_iter().map(root).collect();
        (kind, sorted(who))
    });
    Json::Object(kinds.collect())
}

/// Values are strings, whatever they were written as.
fn normal_condition(condition: Json) -> Json {
    let text = |value: Json| match value {
        Json::Bool(_) | Json::Number(_) => Json::from(value.to_string()),
        other => other,
    };
    let Json::Object(operators) = condition else { return condition };
    let operators = operators.into_iter().map(|(operator, keys)| {
        let Json::Object(keys) = keys else { return (operator, keys) };
        let keys = keys
            .into_iter()
            .map(|(key, values)| (key, sorted(list(values).into_iter().map(text).collect())));
        (operator, Json::Object(keys.collect()))
    });
    Json::Object(operators.collect())
}

fn list(value: Json) -> Vec<Json> {
    match value {
        Json::Array(items) => items,
        one => vec![one],
    }
}

fn sorted(mut items: Vec<Json>) -> Json {
    items.sort_by_cached_key(Json::to_string);
    items.dedup();
    Json::Array(items)
}

#[cfg(test)]
mod tests {
    use crate::document::agree;

    const BASE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*"],
        "Resource":"*","Principal":{"AWS":"*"},"Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}"#;

    #[test]
    fn order_and_scalars_do_not_matter() {
        let other = r#"{"Statement":{"Principal":"*","Action":["s3:List*","s3:Get*"],"Effect":"Allow",
            "Resource":["*"],"Sid":"","Condition":{"Bool":{"aws:SecureTransport":[true]}}},"Version":"2012-10-17"}"#;
        assert!(agree("policy", BASE, other, false));
        assert!(!agree("value", BASE, other, false), "an ordinary string is compared as text");
    }

    #[test]
    fn what_it_grants_does_matter() {
        for (from, to) in [
            ("Allow", "Deny"),
            ("s3:Get*", "s3:Put*"),
            ("2012-10-17", "2008-10-17"),
            ("\"true\"", "\"false\""),
            (r#""Resource":"*""#, r#""Resource":"arn:aws:s3:::b""#),
        ] {
            assert!(!agree("policy", BASE, &BASE.replace(from, to), false), "{from} to {to}");
        }
        assert!(!agree("policy", BASE, "not json", false));
    }

    #[test]
    fn an_account_is_its_root() {
        let one = r#"{"Statement":[{"Principal":{"AWS":"123456789012"}}]}"#;
        let other = r#"{"Statement":[{"Principal":{"AWS":["arn:aws:iam::123456789012:root"]}}]}"#;
        assert!(agree("assume_role_policy", one, other, false));
    }
}
