//! A folder, a command line, and what came of it.

use banana::{Exit, Machine, run};
use report::Style;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A scratch folder with files.
pub(crate) struct Stage {
    folder: tempfile::TempDir,
    env: BTreeMap<String, String>,
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Stage {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { folder, env: BTreeMap::new() }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(&self, line: &str) -> Played {
        play(self.path(), &self.env, line)
    }

    /// Like `run`, of words that may hold spaces.
    pub(crate) fn run_words(&self, words: &[String]) -> Played {
        play_words(self.path(), &self.env, words.iter().cloned(), "")
    }
}

/// Runs a command line in the repository's own folder.
pub(crate) fn here(line: &str) -> Played {
    play(&PathBuf::from(env!("CARGO_MANIFEST_DIR")), &BTreeMap::new(), line)
}

/// Runs a command line in the repository's own folder, with a text to read.
pub(crate) fn fed(line: &str, input: &str) -> Played {
    play_fed(&PathBuf::from(env!("CARGO_MANIFEST_DIR")), &BTreeMap::new(), line, input)
}

fn play(folder: &Path, env: &BTreeMap<String, String>, line: &str) -> Played {
    play_fed(folder, env, line, "")
}

fn play_fed(folder: &Path, env: &BTreeMap<String, String>, line: &str, input: &str) -> Played {
    play_words(folder, env, line.split_whitespace().map(str::to_owned), input)
}

fn play_words(
    folder: &Path,
    env: &BTreeMap<String, String>,
    words: impl Iterator<Item = String>,
    input: &str,
) -> Played {
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), input.as_bytes());
    let mut machine = Machine {
        out: &mut out,
        err: &mut err,
        input: &mut input,
        env: env.clone(),
        folder: folder.to_owned(),
        style: Style { width: 120, ..Style::default() },
        interactive: false,
        today: Some("2026-01-31".to_owned()),
    };
    let words: Vec<String> = std::iter::once("banana".to_owned()).chain(words).collect();
    let exit = run(words.clone(), &mut machine);
    let (out, err) = (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap());
    check_sarif(folder, &words, &out);
    Played { exit, out, err }
}

/// Every SARIF that the suite makes is one, whatever else a test is about.
fn check_sarif(folder: &Path, words: &[String], out: &str) {
    let into = words.iter().zip(words.iter().skip(1)).find(|(option, _)| *option == "--chdir");
    let folder = into.map_or_else(|| folder.to_owned(), |(_, inner)| folder.join(inner));
    let files = words.iter().filter_map(|word| word.strip_prefix("sarif="));
    let mut logs: Vec<String> =
        files.filter_map(|name| std::fs::read_to_string(folder.join(name)).ok()).collect();
    if words.iter().any(|word| word == "sarif") && out.starts_with('{') {
        logs.push(out.to_owned());
    }
    for log in logs {
        let log = serde_json::from_str(&log).unwrap();
        assert_eq!(super::sarif::faults(&log), [""; 0], "{words:?}");
    }
}

impl Played {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e} in {}\n{}", self.out, self.err))
    }

    /// Standard output and error, as a person at the terminal sees them.
    pub(crate) fn both(&self) -> String {
        format!("{}{}", self.err, self.out)
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(
                self.err.contains(word) || self.out.contains(word),
                "no `{word}` in:\n{}\n{}",
                self.err,
                self.out
            );
        }
        self
    }

    #[track_caller]
    pub(crate) fn ends(&self, exit: Exit) -> &Self {
        assert_eq!(self.exit, exit, "{}\n{}", self.err, self.out);
        self
    }
}
