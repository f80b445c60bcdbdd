//! House laws as tests: who may depend on whom, how long a file may be, what nothing may be called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Room to the rooms it may use. Data flows down this list; a dependency points up it.
const ROOMS: [(&str, &[&str]); 13] = [
    ("syntax", &[]),
    ("schema", &[]),
    ("stack", &["syntax", "schema"]),
    ("model", &["stack", "schema", "syntax"]),
    ("reach", &["model", "stack", "schema", "syntax"]),
    ("check", &["reach", "model", "stack", "schema", "syntax"]),
    ("rules", &["check", "reach", "model", "stack", "schema", "syntax"]),
    ("cost", &["model", "stack", "schema", "syntax"]),
    ("plan", &["model", "stack", "schema", "syntax"]),
    ("apply", &["plan", "model", "stack", "schema", "syntax"]),
    ("report", &["check", "cost", "plan", "model", "stack", "schema", "syntax"]),
    ("aws", &["apply", "plan", "cost", "model", "stack", "schema", "syntax"]),
    (
        "benches",
        &[
            "rules", "report", "plan", "cost", "check", "reach", "model", "stack", "schema",
            "syntax",
        ],
    ),
];

/// Crates that only one room may name, and that room.
const GUARDED: [(&str, &[&str]); 4] = [
    ("aws-", &["aws"]),
    ("tokio", &["aws", "apply", "banana"]),
    ("clap", &["banana"]),
    ("indicatif", &["banana"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files that git tracks or would track, relative to the root.
fn files() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(listed.stdout).expect("file names are text");
    listed.lines().filter(|name| root().join(name).exists()).map(str::to_owned).collect()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Package name to its direct dependencies, as manifests declare them for building (not for tests).
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo describes the workspace");
    let metadata: serde_json::Value =
        serde_json::from_slice(&metadata.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let name = package["name"].as_str().expect("a name").to_owned();
            let needs = package["dependencies"].as_array().expect("dependencies").iter();
            let needs =
                needs.filter(|d| name == "banana-benches" || d["kind"].as_str() != Some("dev"));
            let needs = needs.map(|d| d["name"].as_str().expect("a name").to_owned()).collect();
            (name, needs)
        })
        .collect()
}

#[test]
fn dependencies_point_up() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    for (package, needs) in dependencies() {
        let Some(room) = package.strip_prefix("banana-") else {
            assert_eq!(package, "banana", "an unknown package");
            continue;
        };
        let allowed = rooms
            .get(room)
            .unwrap_or_else(|| panic!("room `{room}` is not in the table of this test"));
        for need in needs.iter().filter_map(|n| n.strip_prefix("banana-")) {
            assert!(allowed.contains(&need), "`{room}` must not depend on `{need}`");
        }
    }
}

#[test]
fn guarded_crates_stay_in_their_rooms() {
    for (package, needs) in dependencies() {
        let room = package.strip_prefix("banana-").unwrap_or(&package);
        for (prefix, rooms) in GUARDED {
            let named: Vec<_> = needs.iter().filter(|n| n.starts_with(prefix)).collect();
            assert!(named.is_empty() || rooms.contains(&room), "`{room}` names {named:?}");
        }
    }
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, String)> = files()
        .into_iter()
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == "rs"))
        .map(|name| (read(&name).lines().count(), name))
        .collect();
    lengths.sort();
    let long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > 800).collect();
    assert!(long.is_empty(), "over 800 lines: {long:?}");
    let median = lengths[lengths.len() / 2].0;
    assert!(median <= 150, "the median file has {median} lines");
}

#[test]
fn names_say_what_is_inside() {
    for name in files() {
        let stem =
            Path::new(&name).file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let parts: Vec<&str> =
            Path::new(&name).iter().filter_map(|p| p.to_str()).chain([stem.as_str()]).collect();
        for vague in ["util", "utils", "common", "helpers", "helper", "misc"] {
            assert!(!parts.contains(&vague), "{name}: `{vague}` says nothing");
        }
    }
}

#[test]
fn one_module_style() {
    let all: BTreeSet<String> = files().into_iter().collect();
    for name in all.iter().filter(|n| n.starts_with("engine/") || n.starts_with("rules/")) {
        let Some(stem) = name.strip_suffix(".rs") else { continue };
        assert!(!all.contains(&format!("{stem}/mod.rs")), "{name} beside {stem}/mod.rs");
        let inside = |n: &&String| n.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'));
        let beside = all.iter().filter(inside).any(|n| n.strip_suffix(".rs").is_some());
        assert!(!beside, "{name} has children in {stem}/: it should be {stem}/mod.rs");
    }
}

#[test]
fn every_room_is_described() {
    let text = read("ARCHITECTURE.md");
    for (room, _) in ROOMS {
        assert!(
            text.contains(&format!("`{room}")) || text.contains(&format!("/{room}`")),
            "ARCHITECTURE.md: {room}"
        );
    }
}

/// Resource types by room: the name of a file is the name of a type.
fn types_in(folder: &str) -> BTreeSet<String> {
    files()
        .into_iter()
        .filter_map(|name| {
            let stem = name.strip_prefix(folder)?.strip_suffix(".rs")?;
            (stem.starts_with("aws_") && !stem.contains('/')).then(|| stem.to_owned())
        })
        .collect()
}

#[test]
fn the_parity_table_is_current() {
    let (model, mut cost, aws) =
        (types_in("engine/model/src/"), types_in("engine/cost/src/"), types_in("engine/aws/src/"));
    let listed = read("engine/cost/data/simple.tsv");
    cost.extend(listed.lines().skip(1).filter_map(|row| Some(row.split_once('\t')?.0.to_owned())));
    let row = |ty: &String| {
        let mark = |room: &BTreeSet<String>| if room.contains(ty) { "yes" } else { "" };
        format!("| {ty} | {} | {} | {} |\n", mark(&model), mark(&cost), mark(&aws))
    };
    let types: BTreeSet<&String> = model.iter().chain(&cost).chain(&aws).collect();
    let rows: String = types.into_iter().map(row).collect();
    let table = format!("| type | model | cost | aws |\n| --- | --- | --- | --- |\n{rows}");
    let path = root().join("engine/PARITY.md");
    let text = format!(
        "# Which room knows which resource type\n\nWritten by `cargo test --test tidy` with `BANANA_BLESS=1`; a file named \
         after the type is what counts, or a row of `cost/data/simple.tsv`. Types without a cost file are free or unsupported: `banana cost` says which.\n\n{table}"
    );
    if std::env::var_os("BANANA_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the table is written");
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        text,
        "run with BANANA_BLESS=1 and commit"
    );
}

#[test]
fn tests_are_all_described() {
    let text = read("tests/README.md");
    for name in files()
        .iter()
        .filter_map(|n| n.strip_prefix("tests/")?.strip_suffix(".rs").map(str::to_owned))
    {
        if !name.contains('/') {
            assert!(
                text.contains(&format!("`{name}.rs`")),
                "tests/README.md does not speak of {name}.rs"
            );
        }
    }
}
