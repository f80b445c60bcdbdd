//! Patterns of file names: `*` and `?` stay within a folder, `**` stands for any number of folders.

use check::Wildcard;
use std::io;
use std::path::Path;

/// A pattern, relative to the folder of the file that it is written in.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// `**`
    Folders,
    /// `..`
    Up,
    /// A name, perhaps with `*` and `?`.
    Name(Wildcard),
}

impl Glob {
    /// Reads a pattern; the error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.trim().is_empty() {
            return Err("it is empty");
        }
        if text.starts_with('/') {
            return Err(
                "it starts with `/`, but patterns are relative to the file that they are written in",
            );
        }
        if text.contains('\\') {
            return Err("`\\` stands in it; folders are set apart by `/`");
        }
        if text.contains(['[', ']', '{', '}']) {
            return Err(
                "only `*`, `?` and `**` have a meaning; write several patterns instead of brackets",
            );
        }
        let mut steps: Vec<Step> = Vec::new();
        for name in text.split('/').filter(|name| !name.is_empty() && *name != ".") {
            steps.push(match name {
                "**" if matches!(steps.last(), Some(Step::Folders)) => continue,
                "**" => Step::Folders,
                ".." if steps.iter().all(|step| matches!(step, Step::Up)) => Step::Up,
                ".." => return Err("`..` may only stand at its start"),
                _ if name.contains("**") => {
                    return Err("`**` stands for whole folders: put it between slashes");
                }
                _ => Step::Name(Wildcard::new(name)),
            });
        }
        // A folder stands for all that is in it.
        if text.ends_with('/') {
            steps.push(Step::Folders);
        }
        Ok(Self { steps })
    }

    /// Whether the path matches, given from the folder of the pattern's file on, with `/` between its parts.
    pub(super) fn matches(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        // Which names may come next, after each step: as a set, so that no pattern takes long.
        let mut open = vec![false; names.len() + 1];
        if let Some(first) = open.first_mut() {
            *first = true;
        }
        for step in &self.steps {
            let mut next = vec![false; names.len() + 1];
            match step {
                Step::Folders => {
                    let from = open.iter().position(|open| *open).unwrap_or(next.len());
                    next.iter_mut().skip(from).for_each(|next| *next = true);
                }
                Step::Up | Step::Name(_) => {
                    let open = open.iter().zip(&names).map(|(open, name)| *open && step.is(name));
                    for (after, holds) in next.iter_mut().skip(1).zip(open) {
                        *after = holds;
                    }
                }
            }
            open = next;
        }
        open.last().copied().unwrap_or_default()
    }

    /// The files below `folder` that match, by name: each relative to the folder, with `/` between its parts.
    pub(super) fn files(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        let ups = self.steps.iter().take_while(|step| matches!(step, Step::Up)).count();
        let mut open = vec![vec![".."; ups].join("/")];
        while let Some(at) = open.pop() {
            for entry in std::fs::read_dir(folder.join(&at))? {
                let entry = entry?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
                // A link to a folder is not followed: it may lead back.
                if entry.file_type()?.is_dir() {
                    if !name.starts_with('.') && self.may_hold(&path) {
                        open.push(path);
                    }
                } else if self.matches(&path) {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Whether something in this folder can match.
    fn may_hold(&self, folder: &str) -> bool {
        let mut steps = self.steps.iter();
        for name in folder.split('/') {
            match steps.next() {
                Some(Step::Folders) => return true,
                Some(step) if step.is(name) => {}
                _ => return false,
            }
        }
        steps.next().is_some()
    }
}

impl Step {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Folders => true,
            Self::Up => name == "..",
            Self::Name(pattern) => pattern.matches(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::parse(pattern).unwrap().matches(path)
    }

    #[test]
    fn a_star_stays_in_its_folder() {
        assert!(matches("*.tf", "main.tf") && matches("live/*/main.tf", "live/prod/main.tf"));
        assert!(!matches("*.tf", "live/main.tf") && !matches("live/*.tf", "live/prod/main.tf"));
        assert!(matches("ma?n.tf", "main.tf") && !matches("ma?n.tf", "man.tf"));
        assert!(matches("./live/main.tf", "live/main.tf") && matches("../x/*.tf", "../x/a.tf"));
    }

    #[test]
    fn two_stars_are_any_folders() {
        for path in ["main.tf", "a/main.tf", "a/b/main.tf"] {
            assert!(matches("**/main.tf", path) && matches("**", path), "{path}");
        }
        assert!(matches("live/**", "live/a/b.tf") && matches("live/", "live/a/b.tf"));
        assert!(matches("a/**/b/*.tf", "a/b/x.tf") && matches("a/**/b/*.tf", "a/c/d/b/x.tf"));
        assert!(!matches("a/**/b/*.tf", "a/c/x.tf") && !matches("live/**", "lives/a.tf"));
    }

    /// What the steps mean, said as plainly as can be.
    fn plainly(steps: &[&str], names: &[&str]) -> bool {
        match (steps, names) {
            ([], _) => names.is_empty(),
            (["**", rest @ ..], _) => {
                plainly(rest, names) || (!names.is_empty() && plainly(steps, &names[1..]))
            }
            (["*", rest @ ..], [_, left @ ..]) => plainly(rest, left),
            ([step, rest @ ..], [name, left @ ..]) => step == name && plainly(rest, left),
            (_, []) => false,
        }
    }

    #[test]
    fn every_short_pattern_means_what_it_should() {
        let lists = |words: &[&'static str]| {
            let mut all: Vec<Vec<&str>> = words.iter().map(|word| vec![*word]).collect();
            for _ in 1..4 {
                let longer = all
                    .iter()
                    .flat_map(|list| words.iter().map(move |word| [&list[..], &[*word]].concat()));
                let longer: Vec<_> = longer.collect();
                all.extend(longer);
            }
            all.sort();
            all.dedup();
            all
        };
        let names = lists(&["a", "b"]);
        for steps in lists(&["a", "*", "**"]) {
            let pattern = steps.join("/");
            for names in &names {
                let path = names.join("/");
                assert_eq!(matches(&pattern, &path), plainly(&steps, names), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = "**/*a*a*a*/".repeat(40) + "b";
        assert!(!matches(&pattern, &"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/".repeat(60)));
    }

    #[test]
    fn what_has_no_meaning_is_refused() {
        for text in ["", " ", "/etc", "a\\b", "[ab].tf", "{a,b}.tf", "a**b", "a/../b"] {
            assert!(Glob::parse(text).is_err(), "{text}");
        }
    }
}
