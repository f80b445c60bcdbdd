//! A JSON document in an attribute, for what needs no struct of its own: settings of Session Manager, image lifecycles.

use crate::Attr;
use crate::document::Node;
use serde_json::Value as Text;
use stack::{Kind, Str, Value};

/// A place in a document: in the value that was encoded (holes, blame and all), or in mere text.
#[derive(Clone, Debug)]
pub struct Json<'a>(Place<'a>);

#[derive(Clone, Debug)]
enum Place<'a> {
    Value(&'a Value),
    Text(Text, &'a Value),
    Missing(&'a Value),
}

impl<'a> Json<'a> {
    /// The document in an attribute. Text that is no JSON has nothing in it.
    pub fn read(value: &'a Value) -> Self {
        Self(match (&value.blame.document, &value.kind) {
            (Some(document), _) => Place::Value(document),
            (None, Kind::String(text)) => serde_json::from_str(text)
                .map_or(Place::Missing(value), |json| Place::Text(json, value)),
            (None, Kind::Unknown(_)) => Place::Value(value),
            _ => Place::Missing(value),
        })
    }

    /// A member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Self {
        Self::of(self.node().get(name))
    }

    /// The elements of an array.
    pub fn elements(&self) -> Attr<'a, Vec<Self>> {
        self.node().elements().map(|nodes| nodes.into_iter().map(Self::of).collect())
    }

    /// A text; numbers and booleans as JSON writes them.
    pub fn text(&self) -> Attr<'a, Str> {
        self.node().text()
    }

    fn node(&self) -> Node<'a, '_> {
        match &self.0 {
            Place::Value(value) => Node::Value(value),
            Place::Text(text, value) => Node::Json(text, value),
            Place::Missing(value) => Node::Missing(value),
        }
    }

    fn of(node: Node<'a, '_>) -> Self {
        Self(match node {
            Node::Value(value) => Place::Value(value),
            Node::Json(text, value) => Place::Text(text.clone(), value),
            Node::Missing(value) => Place::Missing(value),
        })
    }
}
