//! Lines: their ends, their indentation, and what else stands on them.

use syntax::Attribute;

/// Meta-arguments: they stand before or after what a resource is about, never among it.
const META: [&str; 5] = ["count", "for_each", "provider", "depends_on", "providers"];

/// True for an argument of the language itself.
pub(crate) fn is_meta(name: &str) -> bool {
    META.contains(&name)
}

/// The byte at which the line of `at` starts.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The byte at which the line of `at` ends, before its line break.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let end = at + rest.find('\n').unwrap_or(rest.len());
    if text.get(..end).is_some_and(|before| before.ends_with('\r')) && end > at {
        end - 1
    } else {
        end
    }
}

/// The byte at which the line after that of `at` starts.
pub(crate) fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The blanks that the line of `at` starts with.
pub(crate) fn indentation(text: &str, at: usize) -> &str {
    let line = text.get(line_start(text, at)..).unwrap_or_default();
    let end = line.find(|c| c != ' ' && c != '\t').unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

/// True when nothing but blanks stands before `at` on its line.
pub(crate) fn starts_line(text: &str, at: usize) -> bool {
    line_start(text, at) + indentation(text, at).len() == at
}

/// The line break of the line of `at`, or else of any line.
pub(crate) fn line_break(text: &str, at: usize) -> &'static str {
    let end = text.get(at..).and_then(|rest| rest.find('\n')).map(|end| at + end);
    let end = end.or_else(|| text.find('\n')).unwrap_or(0);
    let carriage = text.get(..end).is_some_and(|before| before.ends_with('\r'));
    if carriage { "\r\n" } else { "\n" }
}

/// One step of indentation, below a line that is indented so.
pub(crate) fn unit(outer: &str) -> &'static str {
    if outer.contains('\t') { "\t" } else { "  " }
}

/// How many columns wide it is.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

/// True when only a comment, or nothing, follows on the line of `at`.
pub(crate) fn ends_line(text: &str, at: usize) -> bool {
    let rest = text.get(at..line_end(text, at)).unwrap_or_default().trim_start();
    rest.is_empty() || rest.starts_with('#') || rest.starts_with("//")
}

/// True when nothing else but a comment behind it stands on the lines of an attribute.
pub(crate) fn owns_lines(text: &str, attribute: &Attribute) -> bool {
    starts_line(text, attribute.span.start as usize) && ends_line(text, attribute.span.end as usize)
}
