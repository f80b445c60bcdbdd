//! Module calls to module instances.

use super::Resolver;
use super::node::{ModuleId, ModuleInstance, Repetition};
use crate::load::Call;
use crate::{Key, ModulePath, ModuleStep, Str};
use syntax::Report;

/// Module instances may multiply from level to level; no real stack has this many.
const MOST_MODULES: usize = 50_000;

impl ModuleInstance {
    pub(super) fn root() -> Self {
        Self {
            branch: 0,
            path: ModulePath::default(),
            parent: None,
            repetition: Repetition::default(),
            symbolic: false,
        }
    }
}

impl<'a> Resolver<'a> {
    /// The instances of a call; none when its folder is missing.
    pub(super) fn expand_call(
        &mut self,
        module: ModuleId,
        at: usize,
        reports: &mut Vec<Report>,
    ) -> Vec<ModuleId> {
        let config = self.config(module);
        let Some((name, call)) = config.and_then(|c| c.calls.get_index(at)) else {
            return Vec::new();
        };
        let repetitions = self.instances(module, &call.repeat, reports);
        let Some(parent) = self.module(module) else { return Vec::new() };
        let branch = self.program.branch(parent.branch).and_then(|b| b.children.get(name).copied());
        let Some(branch) = branch else { return Vec::new() };
        let (path, symbolic) = (parent.path.clone(), parent.symbolic);
        let mut children = Vec::new();
        for repetition in repetitions {
            let Ok(id) = u32::try_from(self.modules.len()) else { break };
            if self.modules.len() >= MOST_MODULES {
                let text = format!("the stack has more than {MOST_MODULES} module instances");
                reports
                    .push(Report::error("too-many-modules", text).at(call.header, "stopped here"));
                break;
            }
            let mut path = path.clone();
            path.0.push(ModuleStep { name: name.clone(), key: repetition.key.clone() });
            let symbolic = symbolic || repetition.key == Key::Unknown;
            let parent = Some(module);
            self.modules.push(ModuleInstance { branch, path, parent, repetition, symbolic });
            children.push(ModuleId(id));
        }
        children
    }

    /// The call that made a module instance.
    pub(super) fn call_of(&self, module: ModuleId) -> Option<(&'a Str, &'a Call)> {
        let instance = self.module(module)?;
        let name = &instance.path.0.last()?.name;
        self.config(instance.parent?)?.calls.get_key_value(name)
    }
}
