//! Every reference in a body, nested blocks included.

use super::body::{Block, Content};
use crate::Str;
use crate::eval::Traversal;
use schema::Body;
use syntax::Expr;

/// The references of a body, iterators of its `dynamic` blocks left out. Nested blocks go as deep as the parser lets them.
pub(crate) fn of(content: &Content, body: Option<&'static Body>) -> Vec<Traversal> {
    let mut found = Vec::new();
    let mut todo = vec![(content.clone(), body, Vec::<Str>::new())];
    while let Some((content, body, iterators)) = todo.pop() {
        let add = |found: &mut Vec<Traversal>, value: &super::body::Expression| {
            let all = value.references().iter();
            found.extend(all.filter(|to| !iterators.contains(&to.root)).cloned());
        };
        for attribute in &content.attributes {
            add(&mut found, &attribute.value);
        }
        for block in &content.blocks {
            let inner = body.and_then(|b| b.block(block.makes())).map(schema::Block::body);
            let labels = |kind: &str| match kind {
                "dynamic" => Some(1),
                _ => inner.and_then(|b| b.block(kind)).map(|_| 0),
            };
            if block.kind != "dynamic" {
                todo.push((block.body.content(&labels), inner, iterators.clone()));
                continue;
            }
            let dynamic = block.body.content(&|kind| (kind == "content").then_some(0));
            if let Some(value) = dynamic.attribute("for_each") {
                add(&mut found, &value.value);
            }
            let mut iterators = iterators.clone();
            iterators.push(iterator(block, &dynamic));
            for part in dynamic.blocks("content") {
                todo.push((part.body.content(&labels), inner, iterators.clone()));
            }
        }
    }
    found.sort_by_key(|to| to.span);
    found
}

fn iterator(block: &Block, dynamic: &Content) -> Str {
    let written = dynamic.attribute("iterator").and_then(|a| match a.value.tree.expr(a.value.id) {
        Expr::Name(name) => Some(a.value.tree.name(name).into()),
        _ => a.value.literal(),
    });
    written.unwrap_or_else(|| block.makes().into())
}
