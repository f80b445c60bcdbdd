//! `moved` blocks: objects get a new address before anything is compared.

use crate::State;
use stack::{Address, Endpoint, Key, Mode, ModulePath, ModuleStep, Moved, Stack};
use std::collections::BTreeMap;
use syntax::Report;

/// The state with every object where the configuration says it belongs, and what moved: new address to old.
pub(crate) fn apply(
    stack: &Stack,
    prior: &State,
) -> Result<(State, BTreeMap<Address, Address>), Vec<Report>> {
    let statements = &stack.statements.moved;
    let reports = conflicts(stack, statements);
    if !reports.is_empty() {
        return Err(reports);
    }
    let mut state = prior.clone();
    let mut origins = BTreeMap::new();
    for moved in in_order(statements) {
        rename(&mut state, &mut origins, |address| target(moved, address));
    }
    let wanted: Vec<&Address> = stack.resources.iter().map(|r| &*r.address).collect();
    rename(&mut state, &mut origins, |address| repeated(&wanted, address));
    Ok((state, origins))
}

/// Renames what `to` finds a new address for, unless something stands there already.
fn rename(
    state: &mut State,
    origins: &mut BTreeMap<Address, Address>,
    to: impl Fn(&Address) -> Option<Address>,
) {
    let moves: Vec<(Address, Address)> = state
        .instances
        .keys()
        .filter(|address| address.mode == Mode::Managed)
        .filter_map(|old| Some((old.clone(), to(old)?)))
        .collect();
    for (old, new) in moves {
        if old == new || state.instances.contains_key(&new) {
            continue;
        }
        if let Some(instance) = state.instances.remove(&old) {
            state.instances.insert(new.clone(), instance);
            let origin = origins.remove(&old).unwrap_or(old);
            origins.insert(new, origin);
        }
    }
}

/// `count` came or went: without a `moved` block, the object without a key and the one with key 0 are the same.
fn repeated(wanted: &[&Address], old: &Address) -> Option<Address> {
    if wanted.contains(&old) {
        return None;
    }
    let key = match old.key {
        Key::None => Key::Int(0),
        Key::Int(0) => Key::None,
        _ => return None,
    };
    let new = Address { key, ..old.clone() };
    wanted.contains(&&new).then_some(new)
}

/// A chain's first link first: `a` to `b` before `b` to `c`.
fn in_order(statements: &[Moved]) -> Vec<&Moved> {
    let mut open: Vec<&Moved> = statements.iter().collect();
    let mut sorted = Vec::with_capacity(open.len());
    while !open.is_empty() {
        let leads = |m: &Moved| {
            open.iter().any(|o| o.module == m.module && o.to == m.from && o.from != m.from)
        };
        // A ring has no first link: it is taken as written.
        let at = open.iter().position(|m| !leads(m)).unwrap_or(0);
        sorted.push(open.remove(at));
    }
    sorted
}

/// Where one statement puts an address.
fn target(moved: &Moved, address: &Address) -> Option<Address> {
    let (from, to) = (&moved.from, &moved.to);
    let inner = address.module.0.strip_prefix(moved.module.0.as_slice())?;
    let (head, tail) = inner.split_at_checked(from.module.0.len())?;
    if from.resource.is_some() && !tail.is_empty() {
        return None;
    }
    let mut keys = Vec::new();
    for (pattern, step) in from.module.0.iter().zip(head) {
        let same =
            pattern.name == step.name && (pattern.key == Key::None || pattern.key == step.key);
        // A module call without a key means all its instances, unless the new address picks one.
        let last_picks = from.resource.is_none()
            && pattern.key == Key::None
            && step.key != Key::None
            && to.module.0.last().is_some_and(|s| s.key != Key::None);
        if !same || last_picks {
            return None;
        }
        keys.push(step.key.clone());
    }
    let mut module = moved.module.clone();
    let aligned = to.module.0.len() == keys.len();
    for (index, step) in to.module.0.iter().enumerate() {
        let kept = keys.get(index).filter(|_| aligned && step.key == Key::None);
        let key = kept.unwrap_or(&step.key).clone();
        module.0.push(ModuleStep { name: step.name.clone(), key });
    }
    match (&from.resource, &to.resource) {
        (None, None) => {
            module.0.extend_from_slice(tail);
            Some(Address { module, ..address.clone() })
        }
        (Some((mode, ty, name, key)), Some((_, to_ty, to_name, to_key))) => {
            let meant = (*mode, ty, name) == (address.mode, &address.ty, &address.name);
            let all = *key == Key::None && *to_key == Key::None;
            if !meant || !(all || *key == address.key) {
                return None;
            }
            let key = if all { address.key.clone() } else { to_key.clone() };
            let (ty, name) = (to_ty.clone(), to_name.clone());
            Some(Address { module, mode: *mode, ty, name, key })
        }
        _ => None,
    }
}

/// Statements that contradict the configuration or each other.
fn conflicts(stack: &Stack, statements: &[Moved]) -> Vec<Report> {
    let mut reports = Vec::new();
    for (index, moved) in statements.iter().enumerate() {
        if let Some(header) = still_there(stack, moved) {
            let from = shown(&moved.module, &moved.from);
            let message = format!("`{from}` is moved away, but it is still in the configuration");
            let report = Report::error("moved-still-exists", message)
                .at(moved.header, "moved here")
                .also(header, "and declared here")
                .help("remove the resource block, or the `moved` block");
            reports.push(report);
        }
        let earlier = statements.iter().take(index).filter(|o| o.module == moved.module);
        for other in earlier {
            let (what, one) = match (other.from == moved.from, other.to == moved.to) {
                (true, false) => ("has two new addresses", &moved.from),
                (false, true) => ("is the new address of two objects", &moved.to),
                _ => continue,
            };
            let message = format!("`{}` {what}", shown(&moved.module, one));
            let report = Report::error("ambiguous-move", message)
                .at(moved.header, "moved here")
                .also(other.header, "and here");
            reports.push(report);
        }
    }
    reports
}

/// The header of a block that the old address still names.
fn still_there(stack: &Stack, moved: &Moved) -> Option<syntax::Span> {
    if moved.from == moved.to {
        return None;
    }
    // Adding `count` moves an object from no key to a key of the very same block.
    let same_block = match (&moved.from.resource, &moved.to.resource) {
        (Some(a), Some(b)) => {
            moved.from.module == moved.to.module && (a.0, &a.1, &a.2) == (b.0, &b.1, &b.2)
        }
        (None, None) => {
            let names =
                |e: &Endpoint| e.module.0.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
            names(&moved.from) == names(&moved.to)
        }
        _ => false,
    };
    let found = stack.resources.iter().find(|r| {
        target(moved, &r.address).is_some()
            && (!same_block || moved.from.resource.as_ref().is_some_and(|f| f.3 == r.address.key))
    });
    found.map(|r| r.header)
}

/// An endpoint as people write it.
fn shown(module: &ModulePath, endpoint: &Endpoint) -> String {
    let mut path = module.clone();
    path.0.extend_from_slice(&endpoint.module.0);
    match &endpoint.resource {
        None => path.to_string(),
        Some((mode, ty, name, key)) => {
            let (mode, ty, name, key) = (*mode, ty.clone(), name.clone(), key.clone());
            Address { module: path, mode, ty, name, key }.to_string()
        }
    }
}
