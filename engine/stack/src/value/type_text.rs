//! Types as text and as JSON.

use super::{ObjectType, Str, Type};
use serde_json::{Value as Json, json};
use std::str::FromStr;
use std::sync::Arc;
use syntax::{Expr, ExprId, FileId, Tree};

/// A text that is no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a type")]
pub struct NotAType;

/// Reads what [`Type`]'s `Display` writes; defaults of `optional` are not looked at.
impl FromStr for Type {
    type Err = NotAType;

    fn from_str(text: &str) -> Result<Self, NotAType> {
        let (tree, reports) = syntax::parse_expression(FileId::default(), &text.into());
        let expr = tree.attributes(tree.root()).first().map(|a| a.expr).ok_or(NotAType)?;
        if reports.is_empty() { read(&tree, expr) } else { Err(NotAType) }
    }
}

/// Recursion is bounded by the parser's own limit on nesting.
fn read(tree: &Tree, expr: ExprId) -> Result<Type, NotAType> {
    match tree.expr(expr) {
        Expr::Name(name) => match tree.name(name) {
            "any" | "dynamic" => Ok(Type::Dynamic),
            "bool" => Ok(Type::Bool),
            "number" => Ok(Type::Number),
            "string" => Ok(Type::String),
            _ => Err(NotAType),
        },
        Expr::Call { name, args, .. } => {
            let [of] = *tree.list(args) else { return Err(NotAType) };
            match (tree.name(name), tree.expr(of)) {
                ("list", _) => read(tree, of).map(Type::list),
                ("set", _) => read(tree, of).map(Type::set),
                ("map", _) => read(tree, of).map(Type::map),
                ("tuple", Expr::Tuple(list)) => {
                    let elements: Result<Vec<_>, _> =
                        tree.list(list).iter().map(|e| read(tree, *e)).collect();
                    elements.map(Type::tuple)
                }
                ("object", Expr::Object(list)) => object(tree, tree.list(list)),
                _ => Err(NotAType),
            }
        }
        _ => Err(NotAType),
    }
}

fn object(tree: &Tree, pairs: &[ExprId]) -> Result<Type, NotAType> {
    let mut object = ObjectType::default();
    for pair in pairs.chunks_exact(2) {
        let [key, value] = *pair else { continue };
        let name: Str = match tree.expr(key) {
            Expr::Name(name) => tree.name(name).into(),
            _ => tree.literal(key).ok_or(NotAType)?,
        };
        let value = match tree.expr(value) {
            Expr::Call { name: word, args, .. } if tree.name(word) == "optional" => {
                object.optional.insert(name.clone());
                *tree.list(args).first().ok_or(NotAType)?
            }
            _ => value,
        };
        object.attributes.insert(name, read(tree, value)?);
    }
    Ok(Type::Object(Arc::new(object)))
}

impl Type {
    /// As state files and provider schemas write types: `"string"`, `["list","string"]`, `["object",{…}]`.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Dynamic => json!("dynamic"),
            Self::Bool => json!("bool"),
            Self::Number => json!("number"),
            Self::String => json!("string"),
            Self::List(of) => json!(["list", of.to_json()]),
            Self::Set(of) => json!(["set", of.to_json()]),
            Self::Map(of) => json!(["map", of.to_json()]),
            Self::Tuple(of) => json!(["tuple", of.iter().map(Self::to_json).collect::<Vec<_>>()]),
            Self::Object(of) => {
                let attributes: Json = of
                    .attributes
                    .iter()
                    .map(|(name, ty)| (name.to_string(), ty.to_json()))
                    .collect();
                json!(["object", attributes])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_reads_back_as_written() {
        for text in [
            "any",
            "list(set(map(number)))",
            "tuple([string, bool])",
            "object({})",
            "object({ a = string, b = optional(list(any)) })",
        ] {
            assert_eq!(text.parse::<Type>().unwrap().to_string(), text);
        }
        assert!("list".parse::<Type>().is_err());
        assert!("string)".parse::<Type>().is_err());
    }

    #[test]
    fn json_is_that_of_state_files() {
        let ty: Type = "object({ a = list(string), b = tuple([bool]) })".parse().unwrap();
        let expected = json!(["object", {"a": ["list", "string"], "b": ["tuple", ["bool"]]}]);
        assert_eq!(ty.to_json(), expected);
    }
}
