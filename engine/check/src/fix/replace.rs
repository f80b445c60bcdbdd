//! Another literal in the place of one, and the comment behind it still in its column.

use super::layout::{indentation, line_end, line_start, next_line, width};
use super::patch::Change;
use super::trees::File;
use syntax::Span;

/// A line that ends in a comment.
struct Line {
    /// Where the blanks before the comment start.
    gap: usize,
    /// How many there are.
    blanks: usize,
    /// How wide is what stands before them.
    width: usize,
}

/// Replaces what stands at `place`, which is on one line.
pub(crate) fn replace(file: &File, place: Span, with: &str) -> Vec<Change> {
    let mut changes = vec![Change::replace(place, with)];
    let text = file.text();
    let (start, end) = (place.start as usize, place.end as usize);
    let Some(own) = line(file, start) else { return changes };
    let mut lines = Vec::new();
    let mut at = line_start(text, start);
    while let Some(above) = at.checked_sub(1).and_then(|above| line(file, above)) {
        at = line_start(text, above.gap);
        lines.push(above);
    }
    let fresh = (own.width + width(with)).saturating_sub(width(file.slice(start, end)));
    lines.push(Line { ..own });
    let mut at = next_line(text, start);
    while at < text.len()
        && let Some(below) = line(file, at)
    {
        at = next_line(text, below.gap);
        lines.push(below);
    }
    let column = lines.iter().map(|line| line.width).max().unwrap_or(0);
    if lines.iter().any(|line| line.width + line.blanks != column + 1) {
        return changes;
    }
    let new = |line: &Line| if line.gap == own.gap { fresh } else { line.width };
    let column = lines.iter().map(new).max().unwrap_or(0);
    for line in &lines {
        let blanks = column + 1 - new(line);
        if blanks != line.blanks {
            let (start, end) = (line.gap, line.gap + line.blanks);
            changes.push(Change { start, end, text: " ".repeat(blanks) });
        }
    }
    changes
}

/// The line of a byte, when something and then a comment stand on it.
fn line(file: &File, at: usize) -> Option<Line> {
    let text = file.text();
    let (start, end) = (line_start(text, at), line_end(text, at));
    let on_it = |span: &&Span| start <= span.start as usize && (span.end as usize) == end;
    let comment = file.comments.iter().find(on_it)?.start as usize;
    let before = file.slice(start, comment);
    let held = before.trim_end_matches(' ');
    if held.len() == indentation(text, at).len() || held.trim().is_empty() {
        return None;
    }
    Some(Line { gap: start + held.len(), blanks: before.len() - held.len(), width: width(held) })
}
