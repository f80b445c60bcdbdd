//! The schema's types as the language's.

use crate::Type;
use schema::{Block, Body, Nesting};
use std::sync::{LazyLock, OnceLock};

/// A schema type.
pub(super) fn of(ty: &schema::Type) -> Type {
    match ty {
        schema::Type::Dynamic => Type::Dynamic,
        schema::Type::Bool => Type::Bool,
        schema::Type::Number => Type::Number,
        schema::Type::String => Type::String,
        schema::Type::List(element) => Type::list(of(element)),
        schema::Type::Set(element) => Type::set(of(element)),
        schema::Type::Map(element) => Type::map(of(element)),
        schema::Type::Object(attributes) => {
            Type::object(attributes.iter().map(|(name, ty)| (*name, of(ty))))
        }
    }
}

/// The object that a body makes. As deep as the schema; made once, as some are of thousands of types.
pub(crate) fn of_body(body: &Body) -> Type {
    static MADE: LazyLock<Vec<OnceLock<Type>>> =
        LazyLock::new(|| vec![OnceLock::new(); schema::body_count()]);
    let make = || {
        let attributes = body.attributes.iter().map(|a| (a.name, of(&a.ty)));
        let blocks = body.blocks.iter().map(|b| (b.name, of_block(b)));
        Type::object(attributes.chain(blocks))
    };
    MADE.get(body.number).map_or_else(make, |made| made.get_or_init(make).clone())
}

/// What a block's repetition makes.
pub(super) fn of_block(block: &Block) -> Type {
    let object = of_body(block.body());
    match block.nesting {
        Nesting::Single => object,
        Nesting::List => Type::list(object),
        Nesting::Set => Type::set(object),
        Nesting::Map => Type::map(object),
    }
}
