//! A value that stays keeps what it is, and takes over the secrecy and the place of what is written now.

use stack::{Kind, Marks, Value};

/// `prior` with the marks and the place of `fresh`.
pub(crate) fn carried(prior: &Value, fresh: &Value) -> Value {
    let marks = fresh.deep_marks();
    let mut kept = prior.clone();
    kept.blame = fresh.blame.clone();
    if marks.is_empty() {
        return kept;
    }
    kept.marks = kept.marks.with(fresh.marks);
    match (&prior.kind, &fresh.kind) {
        (Kind::Object(old), Kind::Object(new)) => {
            let parts = old.iter().map(|(name, part)| {
                (name.clone(), new.get(name).map_or_else(|| part.clone(), |new| carried(part, new)))
            });
            kept.kind = Value::object(parts).kind;
        }
        (Kind::Map(of, old), Kind::Map(_, new)) => {
            let parts = old.iter().map(|(name, part)| {
                (name.clone(), new.get(name).map_or_else(|| part.clone(), |new| carried(part, new)))
            });
            kept.kind = Value::map(of.clone(), parts).kind;
        }
        (Kind::List(of, old), Kind::List(_, new)) if old.len() == new.len() => {
            let parts = old.iter().zip(new.iter()).map(|(old, new)| carried(old, new));
            kept.kind = Value::list(of.clone(), parts).kind;
        }
        _ => kept.marks = kept.marks.with(marks.without(Marks::EPHEMERAL)),
    }
    kept
}
