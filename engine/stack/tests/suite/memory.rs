//! A machine in memory, and short ways to resolve what it holds.

use banana_stack::{
    Address, Empty, Host, Options, Program, Resource, Stack, Value, VariableArgument,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

/// Files by path, all below one root.
#[derive(Default)]
pub(crate) struct Memory(BTreeMap<PathBuf, Vec<u8>>);

impl Memory {
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let bytes = |(path, text): (&str, &str)| (clean(Path::new(path)), text.as_bytes().to_vec());
        Self(files.into_iter().map(bytes).collect())
    }

    pub(crate) fn with_bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.0.insert(clean(Path::new(path)), bytes.to_vec());
        self
    }

    pub(crate) fn load(&self, options: &Options) -> Program<'_> {
        Program::load(options, self)
    }

    pub(crate) fn resolve(&self, options: &Options) -> Stack {
        self.load(options).resolve(&Empty)
    }
}

impl Host for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(&clean(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let folder = clean(folder);
        let mut names = BTreeSet::new();
        for path in self.0.keys() {
            if let Ok(rest) = path.strip_prefix(&folder) {
                let mut parts = rest.components();
                if let Some(first) = parts.next() {
                    let name = first.as_os_str().to_string_lossy().into_owned();
                    names.insert((name, parts.next().is_some()));
                }
            }
        }
        if names.is_empty() && folder != Path::new("") || self.0.contains_key(&folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(names.into_iter().collect())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let path = clean(path);
        let known = self.0.contains_key(&path) || self.list(&path).is_ok();
        known.then_some(path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn home(&self) -> Option<PathBuf> {
        None
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok("/home/me".into())
    }
}

fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Resolves one file.
pub(crate) fn one(text: &str) -> Stack {
    Memory::new([("main.tf", text)]).resolve(&Options::default())
}

/// Resolves one file with `-var` arguments.
pub(crate) fn with(text: &str, variables: &[(&str, &str)]) -> Stack {
    let set = |(name, value): &(&str, &str)| VariableArgument::Set((*name).into(), (*value).into());
    let variables = variables.iter().map(set).collect();
    Memory::new([("main.tf", text)]).resolve(&Options { variables, ..Options::default() })
}

/// Resolves several files.
pub(crate) fn all<const N: usize>(files: [(&str, &str); N]) -> Stack {
    Memory::new(files).resolve(&Options::default())
}

/// Resolves one file that must have nothing wrong with it.
pub(crate) fn good(text: &str) -> Stack {
    let stack = one(text);
    assert_eq!(codes(&stack), [""; 0], "{:#?}", stack.reports);
    stack
}

/// The codes of all reports.
pub(crate) fn codes(stack: &Stack) -> Vec<&str> {
    stack.reports.iter().map(|report| report.code).collect()
}

/// The text that the only report points at.
pub(crate) fn blamed(stack: &Stack) -> &str {
    let [report] = stack.reports.as_slice() else { panic!("{:#?}", stack.reports) };
    stack.sources.text(report.at.as_ref().unwrap().span)
}

/// An instance by its address as printed.
pub(crate) fn find<'a>(stack: &'a Stack, address: &str) -> &'a Resource {
    let printed = |r: &&Resource| r.address.to_string() == address;
    stack.resources.iter().find(printed).unwrap_or_else(|| panic!("no {address}"))
}

/// An attribute of an instance.
pub(crate) fn get<'a>(stack: &'a Stack, address: &str, name: &str) -> &'a Value {
    find(stack, address).value.get(name).unwrap()
}

/// All addresses.
pub(crate) fn addresses(stack: &Stack) -> Vec<String> {
    stack.resources.iter().map(|r| r.address.to_string()).collect()
}

/// The addresses that an instance depends on.
pub(crate) fn edges(stack: &Stack, address: &str) -> Vec<String> {
    let edges = &find(stack, address).edges;
    edges.iter().map(|edge| stack.resource(edge.to).unwrap().address.to_string()).collect()
}

/// An output's value as JSON.
pub(crate) fn output(stack: &Stack, name: &str) -> String {
    stack.outputs[name].value.to_json().to_string()
}

/// The address of an instance.
pub(crate) fn address(stack: &Stack, printed: &str) -> Address {
    (*find(stack, printed).address).clone()
}
