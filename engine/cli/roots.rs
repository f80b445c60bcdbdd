//! From paths that people or hooks name to the root modules to work on, each once.
//!
//! A file of a module stands for the root modules that use the module: who calls whom is read from the repository's files. A folder that
//! nobody calls is a root itself. Every other path stands for itself.

use crate::config::{plain, shown};
use crate::{Failure, Machine};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::FileId;

/// The folder of a module to the folders that call it.
type Callers = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The roots that some paths stand for: in order, as people would type them.
pub(crate) fn of(paths: &[PathBuf], machine: &Machine<'_>) -> Result<Vec<PathBuf>, Failure> {
    let mut roots: BTreeSet<PathBuf> = BTreeSet::new();
    let mut changed: BTreeSet<PathBuf> = BTreeSet::new();
    for path in paths {
        let full = machine.disk().full(path);
        if !is_of_module(path) || full.is_dir() {
            roots.insert(path.clone());
            continue;
        }
        let unreadable = |error: std::io::Error| {
            Failure::user(format!("cannot read `{}`: {error}", path.display()))
        };
        full.metadata().map_err(unreadable)?;
        // A link is a file of the folder that it stands in.
        let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else { continue };
        let full = folder.canonicalize().map_err(unreadable)?.join(name);
        // Terraform's own copies of modules are nobody's change.
        if full.iter().any(|part| part == ".terraform") {
            continue;
        }
        changed.extend(module_of(&full));
    }
    if !changed.is_empty() {
        let start = machine.folder.canonicalize().unwrap_or_else(|_| machine.folder.clone());
        let callers = callers(&changed, &start);
        for root in roots_of(changed, &callers) {
            let root = shown(&root, machine);
            roots.insert(if root.as_os_str().is_empty() { ".".into() } else { root });
        }
    }
    Ok(distinct(roots, machine))
}

/// Two spellings of one path are one root.
fn distinct(roots: BTreeSet<PathBuf>, machine: &Machine<'_>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let full = |root: &Path| {
        let full = machine.disk().full(root);
        full.canonicalize().unwrap_or(full)
    };
    roots.into_iter().filter(|root| seen.insert(full(root))).collect()
}

/// True for files that are read with the others of their folder.
fn is_of_module(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let endings = [".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json"];
    endings.iter().any(|ending| name.ends_with(ending))
}

fn is_source(name: &str) -> bool {
    [".tf", ".tofu", ".tf.json", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
}

/// The folder of the module that a file belongs to: the nearest upwards that holds sources, since values may be kept below. None inside a
/// repository without any.
fn module_of(file: &Path) -> Option<PathBuf> {
    let holds = |folder: &&Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.any(|name| is_source(&name) || name == "stack.hcl")
    };
    let mut folders = file.ancestors().skip(1);
    let root = repository(file);
    let inside = |folder: &&Path| root.is_none_or(|root| folder.starts_with(root));
    folders.by_ref().take_while(inside).find(holds).map(Path::to_path_buf)
}

/// The repository that a file is in.
fn repository(file: &Path) -> Option<&Path> {
    file.ancestors().find(|above| above.join(".git").exists())
}

/// Who calls whom, as the files of the repositories say; outside of any, the files below where banana was started.
fn callers(changed: &BTreeSet<PathBuf>, start: &Path) -> Callers {
    let tops = changed.iter().map(|folder| repository(folder).unwrap_or(start));
    let mut files = Vec::new();
    for top in tops.collect::<BTreeSet<_>>() {
        let mut open = vec![top.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                // Links are not followed: they may lead back.
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder && !name.starts_with('.') && name != "node_modules" {
                    open.push(entry.path());
                } else if !is_folder && is_source(&name) {
                    files.push((folder.clone(), entry.path()));
                }
            }
        }
    }
    let sources = files.par_iter().flat_map_iter(|(folder, file)| {
        calls(file).into_iter().map(|source| (plain(&folder.join(source)), folder.clone()))
    });
    let mut callers = Callers::new();
    for (module, folder) in sources.collect::<Vec<_>>() {
        callers.entry(module).or_default().insert(folder);
    }
    callers
}

/// The local modules that a file calls.
fn calls(file: &Path) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(file) else { return Vec::new() };
    let local = |source: &String| source.starts_with("./") || source.starts_with("../");
    // Most files call nothing, and need no closer look.
    if !text.contains("module") || !text.contains("./") {
        return Vec::new();
    }
    let all: Vec<String> = if file.extension().is_some_and(|ending| ending == "json") {
        json_sources(&text)
    } else {
        sources(&text.into())
    };
    all.into_iter().filter(local).collect()
}

/// `source` of the `module` blocks.
fn sources(text: &Arc<str>) -> Vec<String> {
    let (tree, _) = syntax::parse(FileId::default(), text);
    let blocks = tree.blocks(tree.root()).iter().filter(|block| tree.name(block.kind) == "module");
    let source = |block: &syntax::Block| {
        let mut attributes = tree.attributes(tree.body(block.body)).iter();
        let source = attributes.find(|attribute| tree.name(attribute.name) == "source")?;
        tree.literal(source.expr).map(|text| text.to_string())
    };
    blocks.filter_map(source).collect()
}

/// The same in JSON: an object by name, or lists of such.
fn json_sources(text: &str) -> Vec<String> {
    let Ok(root) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open: Vec<&serde_json::Value> = root.get("module").into_iter().collect();
    while let Some(value) = open.pop() {
        if let Some(source) = value.get("source").and_then(serde_json::Value::as_str) {
            found.push(source.to_owned());
        } else {
            open.extend(value.as_array().into_iter().flatten());
            open.extend(value.as_object().into_iter().flat_map(serde_json::Map::values));
        }
    }
    found
}

/// The folders at the upper end of all chains of callers. Where callers only go round, each of them is one.
fn roots_of(changed: BTreeSet<PathBuf>, callers: &Callers) -> BTreeSet<PathBuf> {
    let mut roots = BTreeSet::new();
    for folder in changed {
        let mut seen = BTreeSet::from([folder.clone()]);
        let mut open = vec![folder.clone()];
        let mut found = false;
        while let Some(at) = open.pop() {
            match callers.get(&at) {
                None => {
                    found = true;
                    roots.insert(at);
                }
                Some(above) => {
                    open.extend(above.iter().filter(|f| seen.insert((*f).clone())).cloned());
                }
            }
        }
        if !found {
            roots.insert(folder);
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_where_nobody_calls() {
        let to = |names: &[&str]| names.iter().map(PathBuf::from).collect::<BTreeSet<_>>();
        let callers = Callers::from([
            ("leaf".into(), to(&["middle", "prod"])),
            ("middle".into(), to(&["test"])),
            ("ring".into(), to(&["gnir"])),
            ("gnir".into(), to(&["ring"])),
        ]);
        let roots = |names: &[&str]| roots_of(to(names), &callers);
        assert_eq!(roots(&["leaf"]), to(&["prod", "test"]));
        assert_eq!(roots(&["test", "middle", "alone"]), to(&["alone", "test"]));
        assert_eq!(roots(&["ring"]), to(&["ring"]));
    }

    #[test]
    fn calls_in_both_syntaxes() {
        let text = "module \"a\" {\n  source = \"../a\"\n}\n# module \"b\" { source = \"./b\" }\n";
        assert_eq!(sources(&text.into()), ["../a"]);
        let json = r#"{"module": {"a": {"source": "./a"}, "b": [{"source": "./b"}]}}"#;
        let mut found = json_sources(json);
        found.sort();
        assert_eq!(found, ["./a", "./b"]);
    }
}
