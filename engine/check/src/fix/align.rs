//! `=` signs in one column, as `terraform fmt` sets them: those of neighbouring lines that each hold a whole argument.

use super::layout::{ends_line, line_end, line_start, width};
use super::patch::Change;
use super::trees::File;
use syntax::{Attribute, Body};

/// Neighbouring arguments that share a column.
#[derive(Debug)]
pub(crate) struct Group<'t> {
    pub(crate) members: Vec<&'t Attribute>,
    /// The longest name, in columns.
    pub(crate) width: usize,
    /// They stand as `terraform fmt` would have them.
    pub(crate) aligned: bool,
    /// A comment follows one of them on its line.
    pub(crate) commented: bool,
}

/// The group that an argument is of; `None` when it takes several lines, and so part in none.
pub(crate) fn group<'t>(file: &'t File, body: &Body, around: &Attribute) -> Option<Group<'t>> {
    let attributes = file.tree.attributes(body);
    let at = attributes.iter().position(|it| it.span == around.span)?;
    is_member(file, attributes.get(at)?).then_some(())?;
    let follows =
        |pair: &[Attribute]| matches!(pair, [above, below] if is_next(file, above, below));
    let pairs: Vec<bool> = attributes.windows(2).map(follows).collect();
    let first = pairs.get(..at)?.iter().rev().take_while(|follows| **follows).count();
    let last = pairs.get(at..)?.iter().take_while(|follows| **follows).count();
    let members: Vec<&Attribute> = attributes.get(at - first..=at + last)?.iter().collect();
    let width = members.iter().map(|it| name_width(file, it)).max().unwrap_or(0);
    let aligned = members
        .iter()
        .all(|it| gap(file, it).is_some_and(|gap| gap.1 == width - name_width(file, it) + 1));
    let commented = members.iter().any(|it| {
        let end = it.span.end as usize;
        !file.slice(end, line_end(file.text(), end)).trim().is_empty()
    });
    Some(Group { members, width, aligned, commented })
}

impl Group<'_> {
    /// What widens or narrows the group to names of `width` columns, `without` some of its members.
    pub(crate) fn set(&self, file: &File, width: usize, without: &[&Attribute]) -> Vec<Change> {
        let stays =
            self.members.iter().filter(|it| without.iter().all(|gone| gone.span != it.span));
        stays
            .filter_map(|it| {
                let (start, old) = gap(file, it)?;
                let new = width.saturating_sub(name_width(file, it)) + 1;
                (new != old).then(|| Change { start, end: start + old, text: " ".repeat(new) })
            })
            .collect()
    }
}

/// How wide a name is, with the comment that may stand before it.
pub(crate) fn name_width(file: &File, attribute: &Attribute) -> usize {
    let end = attribute.name_span.end as usize;
    width(file.slice(line_start(file.text(), end), end).trim_start())
}

/// Where the blanks before the `=` start, and how many there are. `None` when something else stands there.
fn gap(file: &File, attribute: &Attribute) -> Option<(usize, usize)> {
    let start = attribute.name_span.end as usize;
    let rest = file.text().get(start..)?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    rest.get(blanks..)?.starts_with('=').then_some((start, blanks))
}

/// True for an argument on a line of its own, or one that ends in a heredoc: the rest is no matter of columns.
fn is_member(file: &File, attribute: &Attribute) -> bool {
    let (start, end) = (attribute.span.start as usize, attribute.span.end as usize);
    let before = file.slice(line_start(file.text(), start), start).trim();
    let opens = before.is_empty() || (before.starts_with("/*") && before.ends_with("*/"));
    let value = file.tree.expr_text(attribute.expr);
    opens && (value.starts_with("<<") || !value.contains('\n') && ends_line(file.text(), end))
}

/// True when the second stands on the line below the first, and both have a column.
fn is_next(file: &File, above: &Attribute, below: &Attribute) -> bool {
    let (end, start) = (above.span.end as usize, below.span.start as usize);
    is_member(file, above)
        && is_member(file, below)
        && line_end(file.text(), end) < start
        && file.slice(line_end(file.text(), end), start).matches('\n').count() == 1
}
