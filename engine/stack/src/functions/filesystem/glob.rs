//! `fileset` patterns: `*`, `?`, `[a-z]`, `[^a]`, `{a,b}`, `**` for any number of folders, `\` before a plain character.

use crate::Host;
use crate::functions::Trouble;
use std::path::Path;

/// The most folder entries that are looked at.
const MOST_ENTRIES: usize = 100_000;
/// The most patterns that braces may spell out.
const MOST_PATTERNS: usize = 1_000;

/// The files that a cleaned pattern matches, folders left out.
pub(super) fn find(pattern: &str, host: &dyn Host) -> Result<Vec<String>, Trouble> {
    let mut search = Search { host, found: Vec::new(), seen: 0 };
    for pattern in alternatives(pattern)? {
        let parts: Vec<&str> = pattern.split('/').collect();
        for part in &parts {
            if !valid(part) {
                return Err(format!("`{part}` is not a valid pattern").into());
            }
        }
        match parts.as_slice() {
            ["", rest @ ..] => search.folder("/", rest)?,
            parts => search.folder("", parts)?,
        }
    }
    search.found.sort();
    search.found.dedup();
    Ok(search.found)
}

struct Search<'a> {
    host: &'a dyn Host,
    found: Vec<String>,
    seen: usize,
}

impl Search<'_> {
    /// Looks in one folder for what the first part of the pattern matches. Folders nest no deeper than paths are long.
    fn folder(&mut self, folder: &str, parts: &[&str]) -> Result<(), Trouble> {
        let [part, rest @ ..] = parts else { return Ok(()) };
        if *part == ".." || *part == "." {
            return self.folder(&inside(folder, part), rest);
        }
        if *part == "**" {
            if rest.is_empty() {
                self.entries(folder, "*", rest)?;
            } else {
                self.folder(folder, rest)?;
            }
            for (name, is_folder) in self.list(folder)? {
                if is_folder {
                    self.folder(&inside(folder, &name), parts)?;
                }
            }
            return Ok(());
        }
        self.entries(folder, part, rest)
    }

    fn entries(&mut self, folder: &str, part: &str, rest: &[&str]) -> Result<(), Trouble> {
        for (name, is_folder) in self.list(folder)? {
            if matches(part, &name) {
                let path = inside(folder, &name);
                match (rest.is_empty(), is_folder) {
                    (true, false) => self.found.push(path),
                    (false, true) => self.folder(&path, rest)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn list(&mut self, folder: &str) -> Result<Vec<(String, bool)>, Trouble> {
        let folder = if folder.is_empty() { "." } else { folder };
        let entries = self.host.list(Path::new(folder)).unwrap_or_default();
        self.seen += entries.len() + 1;
        if self.seen > MOST_ENTRIES {
            return Err("the pattern makes too many files to look at".into());
        }
        Ok(entries)
    }
}

fn inside(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        "/" => format!("/{name}"),
        _ => format!("{folder}/{name}"),
    }
}

/// Spells out the first braces, again and again.
fn alternatives(pattern: &str) -> Result<Vec<String>, Trouble> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        if open.len() + done.len() > MOST_PATTERNS {
            return Err("the braces of the pattern stand for too many".into());
        }
        match braces(&pattern)? {
            Some((before, choices, after)) => {
                open.extend(choices.iter().map(|choice| format!("{before}{choice}{after}")));
            }
            None => done.push(pattern),
        }
    }
    Ok(done)
}

type Braces<'a> = (&'a str, Vec<&'a str>, &'a str);

/// What stands before the first braces, the choices in them, and what follows.
fn braces(pattern: &str) -> Result<Option<Braces<'_>>, Trouble> {
    let mut escaped = false;
    let (mut depth, mut start, mut from) = (0u32, 0, 0);
    let mut choices = Vec::new();
    for (at, c) in pattern.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            '{' => {
                depth += 1;
                if depth == 1 {
                    (start, from) = (at, at + 1);
                }
            }
            ',' if depth == 1 => {
                choices.push(pattern.get(from..at).unwrap_or(""));
                from = at + 1;
            }
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    choices.push(pattern.get(from..at).unwrap_or(""));
                    let before = pattern.get(..start).unwrap_or("");
                    let after = pattern.get(at + 1..).unwrap_or("");
                    return Ok(Some((before, choices, after)));
                }
            }
            _ => {}
        }
    }
    if depth > 0 { Err("a brace of the pattern is not closed".into()) } else { Ok(None) }
}

/// Brackets are closed and not empty.
fn valid(part: &str) -> bool {
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '\\' => {
                let mut chars = rest.chars();
                if chars.by_ref().take(2).count() < 2 {
                    return false;
                }
                chars.as_str()
            }
            '[' => match class(rest, 'x') {
                Some((_, after)) => after,
                None => return false,
            },
            c => rest.get(c.len_utf8()..).unwrap_or(""),
        };
    }
    true
}

/// Whether `[…]` at the start of `pattern` holds `c`, and what follows it.
fn class(pattern: &str, c: char) -> Option<(bool, &str)> {
    let inner = pattern.strip_prefix('[')?;
    let (negated, inner) = match inner.strip_prefix('^') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let mut rest = inner;
    let mut held = false;
    let mut first = true;
    loop {
        if !first && let Some(after) = rest.strip_prefix(']') {
            return Some((held != negated, after));
        }
        first = false;
        let (low, after) = member(rest)?;
        let (high, after) = match after.strip_prefix('-') {
            Some(after) => member(after)?,
            None => (low, after),
        };
        held |= (low..=high).contains(&c);
        rest = after;
    }
}

/// One character of a class.
fn member(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix('\\').unwrap_or(text);
    let c = text.chars().next().filter(|c| !matches!(c, '-' | ']'))?;
    Some((c, text.get(c.len_utf8()..)?))
}

/// Matches one part of a path; a star is tried again one character later when what follows does not fit, so the time is bounded by
/// the product of the lengths.
fn matches(pattern: &str, name: &str) -> bool {
    let (mut p, mut n) = (pattern, name);
    let mut retry: Option<(&str, &str)> = None;
    loop {
        if let Some(after) = p.strip_prefix('*') {
            retry = Some((after, n));
            p = after;
            continue;
        }
        let next = n.chars().next();
        let step = match (p.chars().next(), next) {
            (None, None) => return true,
            (Some('?'), Some(_)) => p.get(1..),
            (Some('['), Some(c)) => class(p, c).filter(|(held, _)| *held).map(|(_, after)| after),
            (Some('\\'), Some(c)) => p.get(1..).and_then(|p| p.strip_prefix(c)),
            (Some(_), Some(c)) => p.strip_prefix(c),
            _ => None,
        };
        if let (Some(rest), Some(c)) = (step, next) {
            (p, n) = (rest, n.get(c.len_utf8()..).unwrap_or(""));
            continue;
        }
        let Some((after, from)) = retry else { return false };
        let Some(c) = from.chars().next() else { return false };
        let later = from.get(c.len_utf8()..).unwrap_or("");
        retry = Some((after, later));
        (p, n) = (after, later);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_match() {
        for (pattern, name, expected) in [
            ("*", "a.txt", true),
            ("*.t?t", "a.txt", true),
            ("[hn]*.txt", "nonl.txt", true),
            ("[^h]*", "hello", false),
            ("[a-c]x", "bx", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("\\*", "*", true),
            ("\\*", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
        assert!(!valid("["));
        assert!(!valid("[]"));
        assert_eq!(
            alternatives("{a,b{c,d}}.x")
                .map(|mut a| {
                    a.sort();
                    a
                })
                .unwrap(),
            ["a.x", "bc.x", "bd.x"]
        );
    }
}
