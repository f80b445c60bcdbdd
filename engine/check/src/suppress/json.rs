//! Comments in JSON: the property `"//"`, which Terraform ignores in every object that stands for a block.

use super::scope::{Root, Scope, address};
use schema::Body;
use std::sync::Arc;
use syntax::{Expr, ExprId, FileId, Span, Tree};

/// The text of one such property.
pub(super) struct Note {
    pub(super) text: String,
    /// Where the text stands.
    pub(super) span: Span,
    /// The block that it speaks for; nothing at the top of the file.
    pub(super) scope: Option<Scope>,
    /// The top-level block around it.
    pub(super) root: Option<Root>,
}

/// A name on the way to an object.
type Step = (String, Span);

/// What is still to be looked at.
enum Open {
    /// Names of kinds, types and blocks, down to the object of a block.
    Names(ExprId, Vec<Step>),
    /// An object in a top-level block, or a list of such, and what the schema says of it.
    Block(ExprId, Root, Option<&'static Body>),
}

/// All of them, as they stand in the file.
pub(super) fn notes(file: FileId, text: &Arc<str>) -> Vec<Note> {
    let (tree, _) = syntax::parse_json(file, text);
    let mut notes = Vec::new();
    let mut open = Vec::new();
    for property in tree.attributes(tree.root()) {
        let name = tree.name(property.name);
        if name == "//" {
            note(&tree, property.expr, None, None, &mut notes);
        } else {
            let way = vec![(name.to_owned(), property.name_span)];
            open.push(Open::Names(property.expr, way));
        }
    }
    while let Some(next) = open.pop() {
        match next {
            Open::Names(value, way) => names(&tree, value, &way, &mut notes, &mut open),
            Open::Block(value, root, body) => {
                inside(&tree, value, &root, body, &mut notes, &mut open);
            }
        }
    }
    notes.sort_by_key(|note| note.span);
    notes
}

/// A step down: to the next name, or into the block that the names make.
fn names(tree: &Tree, value: ExprId, way: &[Step], notes: &mut Vec<Note>, open: &mut Vec<Open>) {
    for value in elements(tree, value) {
        if !matches!(tree.expr(value), Expr::Object(_)) {
            continue;
        }
        let Some(root) = block(way, tree.span(value)) else {
            for (name, span, value) in properties(tree, value) {
                let way = way.iter().cloned().chain([(name, span)]).collect();
                open.push(Open::Names(value, way));
            }
            continue;
        };
        let ty = way.get(1).map_or("", |(ty, _)| ty.as_str());
        let schema = match root.kind.as_str() {
            "resource" => schema::resource(ty),
            "data" => schema::data_source(ty),
            _ => None,
        };
        let (object, header, block) = (tree.span(value), root.header, root.span);
        let scope = Scope::Object { object, header, block };
        of_object(tree, value, &scope, &root, schema.map(|schema| schema.body), notes, open);
    }
}

/// A nested block.
fn inside(
    tree: &Tree,
    value: ExprId,
    root: &Root,
    body: Option<&'static Body>,
    notes: &mut Vec<Note>,
    open: &mut Vec<Open>,
) {
    for value in elements(tree, value) {
        let scope = Scope::Within(tree.span(value));
        of_object(tree, value, &scope, root, body, notes, open);
    }
}

/// The comment of an object, and the blocks in it. What is no block of the schema is data, whatever it is called.
fn of_object(
    tree: &Tree,
    value: ExprId,
    scope: &Scope,
    root: &Root,
    body: Option<&'static Body>,
    notes: &mut Vec<Note>,
    open: &mut Vec<Open>,
) {
    for (name, _, value) in properties(tree, value) {
        if name == "//" {
            note(tree, value, Some(scope), Some(root), notes);
        } else if let Some(block) = body.and_then(|body| body.block(&name)) {
            open.push(Open::Block(value, root.clone(), Some(block.body())));
        }
    }
}

/// The texts of a `"//"`: one, or a list of them.
fn note(
    tree: &Tree,
    value: ExprId,
    scope: Option<&Scope>,
    root: Option<&Root>,
    notes: &mut Vec<Note>,
) {
    for value in elements(tree, value) {
        let Some(text) = tree.literal(value) else { continue };
        let (text, span) = (text.to_string(), tree.span(value));
        notes.push(Note { text, span, scope: scope.cloned(), root: root.cloned() });
    }
}

/// The elements of a list, or the value itself.
fn elements(tree: &Tree, value: ExprId) -> Vec<ExprId> {
    match tree.expr(value) {
        Expr::Tuple(list) => tree.list(list).to_vec(),
        _ => vec![value],
    }
}

/// Name, its place, and value of each property; none for what is no object.
fn properties(tree: &Tree, object: ExprId) -> impl Iterator<Item = (String, Span, ExprId)> {
    let list = match tree.expr(object) {
        Expr::Object(list) => tree.list(list),
        _ => &[],
    };
    list.chunks_exact(2).filter_map(|pair| {
        let [key, value] = pair else { return None };
        Some((tree.literal(*key)?.to_string(), tree.span(*key), *value))
    })
}

/// The top-level block whose body is the object at the end of a way.
fn block(way: &[Step], object: Span) -> Option<Root> {
    let ((kind, first), labels) = way.split_first()?;
    let wanted = match kind.as_str() {
        "resource" | "data" => 2,
        "module" | "variable" | "output" | "provider" | "check" => 1,
        _ => 0,
    };
    let header = labels.last().map_or(*first, |(_, last)| first.to(*last));
    let names: Vec<&str> = labels.iter().map(|(name, _)| name.as_str()).collect();
    let (kind, address) = (kind.clone(), address(kind, &names));
    (labels.len() == wanted).then(|| Root { span: header.to(object), header, kind, address })
}
