//! Builds the table of all rules from the folder: a file is a rule, its `//!` lines are its page.
//!
//! What a hand-written table could get wrong is an error here: a file without its `mod` line, a code used twice or retired,
//! a name that is not the file's.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A rule's file.
struct Rule {
    /// `ecs`
    service: String,
    /// `task_public_ip`
    stem: String,
    /// `ECS002`
    code: String,
    /// It has a `FIX`.
    fix: bool,
    /// Its page.
    docs: String,
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    tell("rerun-if-changed=.");
    let mut rules = Vec::new();
    for service in names(&root)? {
        let folder = root.join(&service);
        if folder.join("mod.rs").is_file() {
            read_service(&folder, &service, &mut rules)?;
            require_module(&root.join("lib.rs"), "lib.rs", &service)?;
        }
    }
    check_codes(&root, &rules)?;
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("all.rs"), table(&rules))
}

/// The rules of one folder.
fn read_service(folder: &Path, service: &str, rules: &mut Vec<Rule>) -> io::Result<()> {
    for name in names(folder)? {
        let Some(stem) = name.strip_suffix(".rs").filter(|stem| *stem != "mod") else { continue };
        let place = format!("{service}/{name}");
        require_module(&folder.join("mod.rs"), &format!("{service}/mod.rs"), stem)?;
        let text = fs::read_to_string(folder.join(&name))?;
        let page = text.lines().take_while(|line| line.starts_with("//!"));
        let page: Vec<&str> = page
            .map(|line| line.strip_prefix("//! ").unwrap_or_else(|| line.trim_start_matches("//!")))
            .collect();
        let (Some(code), Some(rule)) = (field(&text, "code"), field(&text, "name")) else {
            fail(&format!("rules/{place}: the rule's `META` has no `code` or no `name`"));
            continue;
        };
        if rule.replace('-', "_") != stem {
            fail(&format!("rules/{place}: the rule is called `{rule}`, so its file must be too"));
        }
        rules.push(Rule {
            service: service.into(),
            stem: stem.into(),
            code: code.into(),
            fix: text.contains("pub const FIX: Fix ="),
            docs: page.join("\n") + "\n",
        });
    }
    Ok(())
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

/// The string that a field of `META` has.
fn field<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let meta = text.split_once("pub const META")?.1;
    let value = meta.split_once(&format!("{name}: \""))?.1;
    value.split_once('"').map(|(value, _)| value)
}

/// Stops the build when a file is no module: cargo and editors would not see it.
fn require_module(file: &Path, shown: &str, module: &str) -> io::Result<()> {
    let line = format!("pub mod {module};");
    if !fs::read_to_string(file)?.lines().any(|written| written.trim() == line) {
        fail(&format!("rules/{shown} lacks the line `{line}`"));
    }
    Ok(())
}

/// Codes are used once, and never again.
fn check_codes(root: &Path, rules: &[Rule]) -> io::Result<()> {
    let retired = fs::read_to_string(root.join("retired.txt"))?;
    let retired = retired.lines().filter_map(|line| line.split_whitespace().next());
    let mut taken: BTreeMap<String, String> = retired
        .filter(|code| !code.starts_with('#'))
        .map(|code| (code.to_owned(), "a retired rule".to_owned()))
        .collect();
    for rule in rules {
        let place = format!("rules/{}/{}.rs", rule.service, rule.stem);
        if let Some(other) = taken.insert(rule.code.clone(), place.clone()) {
            fail(&format!("{place}: the code {} is taken by {other}", rule.code));
        }
    }
    Ok(())
}

/// The table, as Rust.
fn table(rules: &[Rule]) -> String {
    let mut text = String::from("/// Every rule, by code.\npub static ALL: &[check::Rule] = &[\n");
    for Rule { service, stem, docs, fix, .. } in rules {
        let fix = if *fix { format!("Some(&{service}::{stem}::FIX)") } else { "None".to_owned() };
        let written = write!(
            text,
            "    check::Rule {{\n        meta: &{service}::{stem}::META,\n        docs: {docs:?},\n        \
             source: \"rules/{service}/{stem}.rs\",\n        fix: {fix},\n        \
             judge: check::Judge::Native(|context, meta| check::each(context, meta, {service}::{stem}::check)),\n    }},\n",
        );
        if written.is_err() {
            fail("the table of rules cannot be written");
        }
    }
    text + "];\n"
}

fn fail(message: &str) {
    tell(&format!("error={message}"));
}

/// Cargo listens on stdout.
fn tell(line: &str) {
    println!("cargo::{line}");
}
