//! What banana makes of a folder full of real Terraform: `cargo run --release -p banana-benches --example corpus -- FOLDER`.
//!
//! First every file by itself: is it valid, how many errors has it? With `terraform` on the path its verdict (`terraform fmt`)
//! is asked too, and each file on which the two differ is listed. Then every folder of Terraform files as a root module: resource
//! instances, module calls that were found, and how much of the attributes is unknown. For CPU time and memory run it under
//! `time -v`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is there to print")]

use rayon::prelude::*;
use stack::{Empty, Options, Program, Value};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use syntax::{FileId, Level};

#[path = "../tests/disk/mod.rs"]
mod disk;

/// A file and what became of it.
struct Verdict {
    path: PathBuf,
    bytes: usize,
    errors: usize,
}

/// All Terraform files below a folder, in order. Links and hidden folders are left alone, as `terraform fmt` does.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if path.is_symlink() || name.is_none_or(|name| name.starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if [".tf", ".tfvars", ".tf.json", ".tfvars.json"]
            .iter()
            .any(|end| path.to_string_lossy().ends_with(end))
        {
            found.push(path);
        }
    }
}

fn judge(path: &Path) -> Verdict {
    let bytes = std::fs::read(path).unwrap_or_default();
    let errors = match syntax::decode(&bytes) {
        Err(_) => 1,
        Ok(text) => {
            let json = path.extension().is_some_and(|end| end == "json");
            let parse = if json { syntax::parse_json } else { syntax::parse };
            let (_, reports) = parse(FileId(0), &text);
            reports.iter().filter(|report| report.level == Level::Error).count()
        }
    };
    Verdict { path: path.to_owned(), bytes: bytes.len(), errors }
}

/// The files in native syntax that `terraform fmt` refuses; `None` where there is no Terraform.
fn refused_by_terraform(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    let arguments = ["fmt", "-list=false", "-write=false", "-recursive", "-no-color", "."];
    let asked = Command::new("terraform")
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&asked.stderr).into_owned();
    // A diagnostic says `on PATH line N`, after a rule or two blanks.
    let places = text.lines().filter_map(|line| line.split_once("on ")?.1.rsplit_once(" line "));
    Some(places.map(|(path, _)| folder.join(path)).collect())
}

/// Counts of one root module.
#[derive(Clone, Copy, Default)]
struct Counts {
    folders: usize,
    resources: usize,
    calls: usize,
    found: usize,
    values: usize,
    unknown: usize,
}

impl Counts {
    fn plus(self, other: Self) -> Self {
        Self {
            folders: self.folders + other.folders,
            resources: self.resources + other.resources,
            calls: self.calls + other.calls,
            found: self.found + other.found,
            values: self.values + other.values,
            unknown: self.unknown + other.unknown,
        }
    }
}

fn resolve(folder: &Path) -> Counts {
    let options = Options { path: folder.to_owned(), ..Options::default() };
    let stack = Program::load(&options, &disk::Disk).resolve(&Empty);
    let missing = stack.reports.iter().filter(|report| report.code == "missing-module");
    let found = stack.modules.iter().filter(|module| module.call.is_some()).count();
    let mut counts = Counts {
        folders: 1,
        resources: stack.resources.len(),
        calls: found + missing.count(),
        found,
        ..Counts::default()
    };
    for resource in &stack.resources {
        let written = |value: &&Value| !value.is_null() && !value.is_empty();
        for value in resource.config.children().filter(written) {
            counts.values += 1;
            counts.unknown += usize::from(!value.is_wholly_known());
        }
    }
    counts
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: corpus FOLDER");
        return ExitCode::from(2);
    };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let start = Instant::now();
    let verdicts: Vec<Verdict> = paths.par_iter().map(|path| judge(path)).collect();
    let parsed = start.elapsed();
    let bytes: usize = verdicts.iter().map(|verdict| verdict.bytes).sum();
    let refused: BTreeSet<&Path> =
        verdicts.iter().filter(|v| v.errors > 0).map(|v| v.path.as_path()).collect();
    let several = verdicts.iter().filter(|verdict| verdict.errors > 1).count();
    println!("{} files, {bytes} bytes, read and parsed in {parsed:.2?}", verdicts.len());
    println!("{} refused, {several} of them with more than one error", refused.len());
    compare(&folder, &refused);

    let folders: BTreeSet<&Path> = paths
        .iter()
        .filter(|path| !path.to_string_lossy().ends_with(".tfvars"))
        .filter_map(|path| path.parent())
        .collect();
    let start = Instant::now();
    let mut each: Vec<(Duration, Counts, &Path)> = folders
        .par_iter()
        .map(|folder| {
            let start = Instant::now();
            let counts = resolve(folder);
            (start.elapsed(), counts, *folder)
        })
        .collect();
    let counts = each.iter().fold(Counts::default(), |all, (_, counts, _)| all.plus(*counts));
    println!(
        "{} folders as root modules: {} resource instances; {} of {} module calls found; {} of {} arguments not wholly known; {:.2?}",
        counts.folders,
        counts.resources,
        counts.found,
        counts.calls,
        counts.unknown,
        counts.values,
        start.elapsed()
    );
    each.sort_by_key(|(took, ..)| std::cmp::Reverse(*took));
    for (took, counts, folder) in each.iter().take(3) {
        println!("slowest: {took:.2?}, {} instances, {}", counts.resources, folder.display());
    }
    ExitCode::SUCCESS
}

/// Lists the files in native syntax on which banana and Terraform differ.
fn compare(folder: &Path, refused: &BTreeSet<&Path>) {
    let Some(theirs) = refused_by_terraform(folder) else {
        println!("no terraform on the path: its verdicts are not asked");
        return;
    };
    let ours: BTreeSet<PathBuf> = refused
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end != "json"))
        .map(|path| path.to_path_buf())
        .collect();
    println!("terraform refuses {}", theirs.len());
    for path in ours.difference(&theirs) {
        println!("refused here only: {}", path.display());
    }
    for path in theirs.difference(&ours) {
        println!("accepted here only: {}", path.display());
    }
}
