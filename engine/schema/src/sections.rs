//! Tables for people: a line with a type's name, indented lines about it, a blank line.

use std::collections::BTreeMap;

/// The lines of each type.
pub(crate) fn split(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    text.split("\n\n")
        .filter_map(|section| section.trim_start_matches('\n').split_once('\n'))
        .collect()
}
