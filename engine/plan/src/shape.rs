//! The type of an object, as its schema implies it.

use schema::{Body, Nesting};
use stack::Type;

/// The object type that a resource type's schema implies; `None` for a type without a schema.
pub fn of_type(ty: &str) -> Option<Type> {
    schema::resource(ty).map(|s| of_body(s.body))
}

/// The `schema_version` that a state names; `None` for a type without a schema.
pub fn version(ty: &str) -> Option<u64> {
    schema::resource(ty).map(|s| s.version)
}

/// The object type of attributes and blocks.
pub fn of_body(body: &Body) -> Type {
    let attributes = body.attributes.iter().map(|a| (a.name, of_attribute(&a.ty)));
    let blocks = body.blocks.iter().map(|b| {
        let inner = of_body(b.body());
        let ty = match b.nesting {
            Nesting::Single => inner,
            Nesting::List => Type::list(inner),
            Nesting::Set => Type::set(inner),
            Nesting::Map => Type::map(inner),
        };
        (b.name, ty)
    });
    Type::object(attributes.chain(blocks))
}

fn of_attribute(ty: &schema::Type) -> Type {
    match ty {
        schema::Type::Dynamic => Type::Dynamic,
        schema::Type::Bool => Type::Bool,
        schema::Type::Number => Type::Number,
        schema::Type::String => Type::String,
        schema::Type::List(of) => Type::list(of_attribute(of)),
        schema::Type::Set(of) => Type::set(of_attribute(of)),
        schema::Type::Map(of) => Type::map(of_attribute(of)),
        schema::Type::Object(of) => Type::object(of.iter().map(|(n, ty)| (*n, of_attribute(ty)))),
    }
}
