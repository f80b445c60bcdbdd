//! Which comments can speak of a place, without asking each.

use std::collections::BTreeMap;
use syntax::{FileId, Span};

/// The numbers of comments, by the part of a file that they speak of.
#[derive(Debug, Default)]
pub(super) struct Index(BTreeMap<FileId, InFile>);

#[derive(Debug, Default)]
struct InFile {
    /// Those that speak of the whole file.
    whole: Vec<usize>,
    /// Part and number, by where the part starts.
    parts: Vec<(Span, usize)>,
    /// The furthest end of a part and of all before it: whoever looks back from a place can stop where that is not beyond the place.
    reach: Vec<u32>,
}

impl Index {
    /// Makes one of files and, where they speak of less, parts of them.
    pub(super) fn of(parts: impl Iterator<Item = (usize, FileId, Option<Span>)>) -> Self {
        let mut files: BTreeMap<FileId, InFile> = BTreeMap::new();
        for (number, file, part) in parts {
            let here = files.entry(file).or_default();
            match part {
                Some(part) => here.parts.push((part, number)),
                None => here.whole.push(number),
            }
        }
        for file in files.values_mut() {
            file.parts.sort_unstable_by_key(|(part, number)| (part.start, *number));
            let furthest = |furthest: &mut u32, (part, _): &(Span, usize)| {
                *furthest = part.end.max(*furthest);
                Some(*furthest)
            };
            file.reach = file.parts.iter().scan(0, furthest).collect();
        }
        Self(files)
    }

    /// The numbers of those that may speak of what starts at a place.
    pub(super) fn around(&self, place: Span) -> Vec<usize> {
        let Some(file) = self.0.get(&place.file) else { return Vec::new() };
        let before = file.parts.partition_point(|(part, _)| part.start <= place.start);
        let back = file.parts.iter().zip(&file.reach).take(before).rev();
        let back = back.take_while(|(_, reach)| place.start <= **reach);
        let parts = back.filter(|((part, _), _)| place.start <= part.end);
        parts.map(|((_, number), _)| *number).chain(file.whole.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_each_finds(
            parts in prop::collection::vec((0..2_u32, prop::option::of((0..40_u32, 0..20_u32))), 0..30),
            file in 0..3_u32,
            at in 0..70_u32,
        ) {
            let parts: Vec<(usize, FileId, Option<Span>)> = parts
                .into_iter()
                .enumerate()
                .map(|(number, (file, part))| {
                    let file = FileId(file);
                    (number, file, part.map(|(start, length)| Span::new(file, start, start + length)))
                })
                .collect();
            let holds = |part: &Option<Span>| part.is_none_or(|p| p.start <= at && at <= p.end);
            let each = parts.iter().filter(|(_, of, part)| of.0 == file && holds(part));
            let expected: Vec<usize> = each.map(|(number, _, _)| *number).collect();
            let mut found = Index::of(parts.iter().copied()).around(Span::new(FileId(file), at, at + 1));
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
