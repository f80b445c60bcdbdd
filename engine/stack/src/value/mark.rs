//! Taking marks off and putting them back.

use super::{Kind, Marks, Value};
use std::sync::Arc;

impl Value {
    /// The value without its own marks, and those marks. Parts keep theirs.
    pub fn unmark(mut self) -> (Self, Marks) {
        let marks = std::mem::take(&mut self.marks);
        (self, marks)
    }

    /// The value without any marks, and all that were on it or in it.
    pub fn unmark_deep(mut self) -> (Self, Marks) {
        let marks = self.deep_marks();
        if !marks.is_empty() {
            self = self.without(marks);
        }
        (self, marks)
    }

    /// The value with `marks` taken off it and all its parts.
    #[must_use]
    pub fn without(mut self, marks: Marks) -> Self {
        self.marks = self.marks.without(marks);
        if self.children().all(|child| child.deep_marks().without(marks) == child.deep_marks()) {
            return self;
        }
        self.kind = self.kind.map_parts(|part| part.without(marks));
        self
    }
}

impl Kind {
    /// The same kind of value with every element or entry replaced. The parts must stay of the collection's element type.
    pub(crate) fn map_parts(self, mut f: impl FnMut(Value) -> Value) -> Self {
        let mut parts = |list: Arc<[Value]>| list.iter().cloned().map(&mut f).collect::<Arc<[_]>>();
        match self {
            Self::List(ty, list) => Self::List(ty, parts(list)),
            Self::Set(ty, list) => Self::Set(ty, parts(list)),
            Self::Tuple(list) => Self::Tuple(parts(list)),
            Self::Map(ty, entries) => Self::Map(
                ty,
                Arc::new(entries.iter().map(|(k, v)| (k.clone(), f(v.clone()))).collect()),
            ),
            Self::Object(entries) => Self::Object(Arc::new(
                entries.iter().map(|(k, v)| (k.clone(), f(v.clone()))).collect(),
            )),
            other => other,
        }
    }
}
