//! Comments in JSON: the property `"//"`, which Terraform ignores in every object that stands for a block.

use super::scope::{Root, address};
use std::sync::Arc;
use syntax::{Expr, ExprId, FileId, Span, Tree};

/// The text of one such property.
pub(super) struct Note {
    pub(super) text: String,
    /// Where the text stands.
    pub(super) span: Span,
    /// What it speaks for: its object, with the names that lead to it where that makes a block; nothing at the top of the file.
    pub(super) object: Option<Span>,
    /// The top-level block around it.
    pub(super) root: Option<Root>,
}

/// A name on the way to an object.
type Step = (String, Span);

/// All of them, as they stand in the file.
pub(super) fn notes(file: FileId, text: &Arc<str>) -> Vec<Note> {
    let (tree, _) = syntax::parse_json(file, text);
    let mut notes = Vec::new();
    let mut open: Vec<(ExprId, Vec<Step>, Option<Root>)> = Vec::new();
    for property in tree.attributes(tree.root()) {
        let name = tree.name(property.name);
        if name == "//" {
            notes.extend(note(&tree, property.expr, None, None));
        } else {
            open.push((property.expr, vec![(name.to_owned(), property.name_span)], None));
        }
    }
    while let Some((value, way, root)) = open.pop() {
        match tree.expr(value) {
            Expr::Tuple(list) => {
                open.extend(tree.list(list).iter().map(|item| (*item, way.clone(), root.clone())));
            }
            Expr::Object(list) => {
                let is_root = root.is_none();
                let root = root.or_else(|| block(&way, tree.span(value)));
                let own = root.as_ref().filter(|_| is_root).map(|root| root.span);
                for pair in tree.list(list).chunks_exact(2) {
                    let [key, value_of_key] = pair else { continue };
                    let Some(name) = tree.literal(*key) else { continue };
                    if name == "//" {
                        let object = own.unwrap_or_else(|| tree.span(value));
                        notes.extend(note(&tree, *value_of_key, Some(object), root.clone()));
                    } else {
                        let step = (name.to_string(), tree.span(*key));
                        let way = way.iter().cloned().chain([step]).collect();
                        open.push((*value_of_key, way, root.clone()));
                    }
                }
            }
            _ => {}
        }
    }
    notes.sort_by_key(|note| note.span);
    notes
}

fn note(tree: &Tree, value: ExprId, object: Option<Span>, root: Option<Root>) -> Option<Note> {
    let text = tree.literal(value)?.to_string();
    Some(Note { text, span: tree.span(value), object, root })
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
