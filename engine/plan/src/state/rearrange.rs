//! Objects get another address, or are forgotten, because a person says so: `state mv`, `state rm`.

use super::State;
use crate::{Pattern, ResourcePattern};
use stack::{Address, Key, Mode, ModulePath, ModuleStep};
use std::collections::BTreeMap;

/// Why objects cannot be moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// A module cannot become a resource, nor a resource of one type one of another.
    #[error("`{from}` cannot become `{to}`: {why}")]
    Unlike {
        /// What should move.
        from: String,
        /// Where to.
        to: String,
        /// Why not.
        why: &'static str,
    },
    /// The state has no such object.
    #[error("the state holds nothing at `{0}`")]
    Nothing(String),
    /// Another object stands there.
    #[error("there is an object at `{0}` already")]
    Taken(String),
}

impl State {
    /// Gives objects another address: an instance, all instances of a resource, or a module with all that is in it. Returns what moved, from
    /// and to. The order in which things end follows: what depends on a moved resource depends on it under its new name.
    pub fn rename(
        &mut self,
        from: &Pattern,
        to: &Pattern,
    ) -> Result<Vec<(Address, Address)>, MoveError> {
        let unlike = |why| MoveError::Unlike { from: from.to_string(), to: to.to_string(), why };
        match (&from.resource, &to.resource) {
            (None, None) => {}
            (Some(a), Some(b)) if (a.mode, &a.ty) == (b.mode, &b.ty) => {
                if a.mode == Mode::Data {
                    return Err(unlike("data sources are read anew, and do not move"));
                }
            }
            (Some(_), Some(_)) => return Err(unlike("they are of different types")),
            _ => return Err(unlike("one is a module, and one a resource")),
        }
        let renamed = |address: &Address| renamed(address, from, to);
        let moves: Vec<(Address, Address)> =
            self.instances.keys().filter_map(|old| Some((old.clone(), renamed(old)?))).collect();
        if moves.is_empty() {
            return Err(MoveError::Nothing(from.to_string()));
        }
        if to.resource.as_ref().is_some_and(|r| r.key != Key::None) && moves.len() > 1 {
            return Err(unlike("it has several instances, and one place is named"));
        }
        for (_, new) in &moves {
            if self.instances.contains_key(new) {
                return Err(MoveError::Taken(new.to_string()));
            }
        }
        for (old, new) in &moves {
            if let Some(instance) = self.instances.remove(old) {
                self.instances.insert(new.clone(), instance);
            }
        }
        self.repoint(&moves);
        Ok(moves)
    }

    /// Stored dependencies name resources without keys: they follow a resource that has moved as a whole.
    fn repoint(&mut self, moves: &[(Address, Address)]) {
        let whole = |address: &Address| {
            let mut address = address.clone();
            address.key = Key::None;
            address.module.0.iter_mut().for_each(|step| step.key = Key::None);
            address.to_string()
        };
        let left: Vec<String> = self.instances.keys().map(whole).collect();
        let names: BTreeMap<String, String> = moves
            .iter()
            .map(|(old, new)| (whole(old), whole(new)))
            .filter(|(old, new)| old != new && !left.contains(old))
            .collect();
        let objects = self.instances.values_mut();
        let objects = objects.flat_map(|i| i.current.iter_mut().chain(i.deposed.values_mut()));
        for name in objects.flat_map(|object| object.dependencies.iter_mut()) {
            if let Some(new) = names.get(name.as_str()) {
                name.clone_from(new);
            }
        }
    }

    /// Forgets all objects that the patterns cover, and says which: what they are in AWS stays as it is.
    pub fn forget(&mut self, patterns: &[Pattern]) -> Vec<Address> {
        let covered = |address: &&Address| patterns.iter().any(|p| p.covers(address));
        let gone: Vec<Address> = self.instances.keys().filter(covered).cloned().collect();
        for address in &gone {
            self.instances.remove(address);
        }
        gone
    }
}

/// Where an address goes when `from` becomes `to`.
fn renamed(address: &Address, from: &Pattern, to: &Pattern) -> Option<Address> {
    if !from.covers(address) {
        return None;
    }
    let module = moved_module(&address.module, &from.module, &to.module)?;
    match (&from.resource, &to.resource) {
        (Some(old), Some(ResourcePattern { name, key, .. })) => {
            // A resource that is named without a key means its only instance when a key is given for it, else all of them.
            let key = match (&old.key, key) {
                (Key::None, Key::None) => address.key.clone(),
                (_, key) => key.clone(),
            };
            Some(Address { module, name: name.clone(), key, ..address.clone() })
        }
        _ => Some(Address { module, ..address.clone() }),
    }
}

/// The path with its start replaced. Where neither name of a call has a key, each instance keeps its own.
fn moved_module(path: &ModulePath, from: &ModulePath, to: &ModulePath) -> Option<ModulePath> {
    let (head, tail) = path.0.split_at_checked(from.0.len())?;
    let mut steps: Vec<ModuleStep> = to.0.clone();
    let keyless = |path: &ModulePath| path.0.last().is_some_and(|step| step.key == Key::None);
    if keyless(from)
        && keyless(to)
        && let (Some(last), Some(old)) = (steps.last_mut(), head.last())
    {
        last.key.clone_from(&old.key);
    }
    steps.extend_from_slice(tail);
    Some(ModulePath(steps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Instance, Object};

    fn state(addresses: &[&str]) -> State {
        let mut state = State::default();
        for text in addresses {
            let address = text.parse::<Pattern>().unwrap().instance().unwrap();
            let object = Object {
                dependencies: vec!["aws_vpc.v".into(), "module.m.aws_vpc.v".into()],
                ..Object::default()
            };
            let instance = Instance { current: Some(object), ..Instance::default() };
            state.instances.insert(address, instance);
        }
        state
    }

    fn moved(addresses: &[&str], from: &str, to: &str) -> Result<Vec<String>, String> {
        let mut state = state(addresses);
        let done = state.rename(&from.parse().unwrap(), &to.parse().unwrap());
        done.map_err(|error| error.to_string())?;
        Ok(state.instances.keys().map(ToString::to_string).collect())
    }

    #[test]
    fn an_instance_a_resource_and_a_module_move() {
        let web = [r#"module.a["x"].aws_vpc.v"#, r#"module.a["y"].module.b.aws_vpc.v[0]"#];
        for (all, from, to, expected) in [
            (&["aws_vpc.v"][..], "aws_vpc.v", "aws_vpc.w", &["aws_vpc.w"][..]),
            (&["aws_vpc.v"], "aws_vpc.v", "aws_vpc.v[0]", &["aws_vpc.v[0]"]),
            (&["aws_vpc.v[0]"], "aws_vpc.v[0]", "aws_vpc.v", &["aws_vpc.v"]),
            (&["aws_vpc.v[0]"], "aws_vpc.v[0]", "aws_vpc.v[\"a\"]", &["aws_vpc.v[\"a\"]"]),
            (
                &["aws_vpc.v[0]", "aws_vpc.v[1]"],
                "aws_vpc.v",
                "module.m.aws_vpc.w",
                &["module.m.aws_vpc.w[0]", "module.m.aws_vpc.w[1]"],
            ),
            (&["module.m.aws_vpc.v"], "module.m.aws_vpc.v", "aws_vpc.v", &["aws_vpc.v"]),
            (
                &web,
                "module.a",
                "module.c",
                &[r#"module.c["x"].aws_vpc.v"#, r#"module.c["y"].module.b.aws_vpc.v[0]"#],
            ),
            (
                &web,
                r#"module.a["x"]"#,
                "module.d",
                &[r#"module.a["y"].module.b.aws_vpc.v[0]"#, "module.d.aws_vpc.v"],
            ),
        ] {
            assert_eq!(moved(all, from, to).unwrap(), expected, "{from} {to}");
        }
    }

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        for (from, to, why) in [
            ("aws_vpc.none", "aws_vpc.w", "holds nothing"),
            ("aws_vpc.v", "aws_subnet.v", "different types"),
            ("aws_vpc.v", "module.m", "one is a module"),
            ("aws_vpc.v", "aws_vpc.w", "already"),
            ("aws_vpc.n", "aws_vpc.m[0]", "several instances"),
        ] {
            let error =
                moved(&["aws_vpc.v", "aws_vpc.w", "aws_vpc.n[0]", "aws_vpc.n[1]"], from, to);
            assert!(error.as_ref().unwrap_err().contains(why), "{from} {to}: {error:?}");
        }
    }

    #[test]
    fn what_depends_on_it_follows() {
        let mut state = state(&["aws_vpc.v", "aws_subnet.s"]);
        state
            .rename(&"aws_vpc.v".parse().unwrap(), &"module.n.aws_vpc.w".parse().unwrap())
            .unwrap();
        let subnet = "aws_subnet.s".parse::<Pattern>().unwrap().instance().unwrap();
        let dependencies = &state.current(&subnet).unwrap().dependencies;
        assert_eq!(dependencies, &["module.n.aws_vpc.w", "module.m.aws_vpc.v"]);
    }

    #[test]
    fn what_is_forgotten_is_named() {
        let mut state = state(&["aws_vpc.v[0]", "aws_vpc.v[1]", "module.m.aws_vpc.v"]);
        let gone = state.forget(&["aws_vpc.v".parse().unwrap()]);
        assert_eq!(gone.len(), 2);
        assert_eq!(state.instances.len(), 1);
        assert!(state.forget(&["aws_vpc.v".parse().unwrap()]).is_empty());
    }
}
