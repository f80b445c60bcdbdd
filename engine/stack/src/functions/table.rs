//! All functions, by name.

use super::signature::{Function, Run};
use super::{
    collection, conversion, date, encoding, filesystem, format, hash, json, network, numeric,
    pattern, provider, sensitive, sequence, set, string, template, yaml,
};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const FAMILIES: &[&[Function]] = &[
    collection::FUNCTIONS,
    conversion::FUNCTIONS,
    date::FUNCTIONS,
    encoding::FUNCTIONS,
    filesystem::FUNCTIONS,
    format::FUNCTIONS,
    hash::FUNCTIONS,
    json::FUNCTIONS,
    network::FUNCTIONS,
    numeric::FUNCTIONS,
    pattern::FUNCTIONS,
    provider::FUNCTIONS,
    sensitive::FUNCTIONS,
    sequence::FUNCTIONS,
    set::FUNCTIONS,
    string::FUNCTIONS,
    template::FUNCTIONS,
    yaml::FUNCTIONS,
    SPECIAL,
];

/// Those whose arguments are not evaluated before the call.
const SPECIAL: &[Function] =
    &[Function::unevaluated("can", Run::Can), Function::unevaluated("try", Run::Try)];

static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Function>> = LazyLock::new(|| {
    FAMILIES.iter().copied().flatten().map(|function| (function.name, function)).collect()
});

/// A function by its name; `core::` before it changes nothing.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name.strip_prefix("core::").unwrap_or(name)).copied()
}

/// All names, sorted.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BY_NAME.keys().copied()
}

/// It renders a template, which no template may do.
pub(crate) fn renders(function: &Function) -> bool {
    template::FUNCTIONS.iter().any(|f| f.name == function.name)
}

/// It reads files, which a template string may not do.
pub(crate) fn reads_files(function: &Function) -> bool {
    function.name.starts_with("file")
}
