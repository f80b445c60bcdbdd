//! `moved` blocks: which resource was called otherwise.

use stack::{Endpoint, Key, Mode, ModulePath, Stack};
use std::collections::{BTreeMap, BTreeSet};

/// The addresses that resources of `after` had in `before`, as its `moved` blocks say.
pub fn moved(before: &Stack, after: &Stack) -> BTreeMap<String, String> {
    let addresses = |stack: &Stack| {
        let managed = stack.resources.iter().filter(|r| r.address.mode == Mode::Managed);
        managed.map(|r| r.address.to_string()).collect::<BTreeSet<_>>()
    };
    let (then, now) = (addresses(before), addresses(after));
    let mut moved = BTreeMap::new();
    for address in then.iter().filter(|address| !now.contains(*address)) {
        let mut current = address.clone();
        // A chain of moves ends, and so does a ring of them.
        for _ in 0..=after.statements.moved.len() {
            let next = after.statements.moved.iter().find_map(|step| {
                let (from, to) = (text(&step.module, &step.from), text(&step.module, &step.to));
                let rest = current.strip_prefix(&from)?;
                (rest.is_empty() || rest.starts_with(['.', '['])).then(|| format!("{to}{rest}"))
            });
            match next {
                Some(next) if !now.contains(&current) => current = next,
                _ => break,
            }
        }
        // An instance that gets a `count` is the first one of it, and the other way round.
        let first = match current.strip_suffix("[0]") {
            Some(alone) => alone.to_owned(),
            None => format!("{current}[0]"),
        };
        let new = |address: &String| now.contains(address) && !then.contains(address);
        if let Some(current) = [current, first].into_iter().find(new) {
            moved.insert(current, address.clone());
        }
    }
    moved
}

/// An address as `moved` writes it, from the root on.
fn text(module: &ModulePath, end: &Endpoint) -> String {
    let steps = module.0.iter().chain(&end.module.0).cloned();
    let module = ModulePath(steps.collect());
    let Some((_, ty, name, key)) = &end.resource else { return module.to_string() };
    let dot = if module.0.is_empty() { "" } else { "." };
    let key = if *key == Key::None { String::new() } else { key.to_string() };
    format!("{module}{dot}{ty}.{name}{key}")
}
