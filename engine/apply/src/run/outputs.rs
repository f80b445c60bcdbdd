//! The end of a run: outputs and data sources go into the state.

use super::{Run, world};
use plan::{Action, Object, StoredOutput};
use stack::{Address, Mode};
use std::sync::PoisonError;

impl Run<'_> {
    /// Brings the state's outputs and data sources up to date. Of a run that did not come to its end only what is known is taken.
    pub(super) fn conclude(&self, complete: bool) {
        if self.plan.destroy {
            if complete {
                self.ledger.change(|state| {
                    state.instances.retain(|address, _| address.mode == Mode::Managed);
                    if state.instances.is_empty() {
                        state.outputs.clear();
                    }
                });
            }
            return;
        }
        let world = world::Final { run: self, change: None };
        let resolved = self.program.resolve(&world);
        self.ledger.change(|state| {
            for change in self.plan.outputs.iter().filter(|o| o.changes()) {
                match resolved.outputs.get(&change.name) {
                    Some(output) if change.after.is_some() && output.value.is_wholly_known() => {
                        let stored = StoredOutput {
                            value: output.value.to_json(),
                            ty: output.value.ty().to_json(),
                            sensitive: output.sensitive,
                        };
                        state.outputs.insert(change.name.clone(), stored);
                    }
                    _ if complete && change.after.is_none() => {
                        state.outputs.remove(&change.name);
                    }
                    _ => {}
                }
            }
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            let data = |address: &Address| address.mode == Mode::Data;
            let wanted = self.plan.changes.iter().filter(|c| data(&c.address));
            for change in wanted.filter(|c| matches!(c.action, Action::NoOp | Action::Read)) {
                if let Some(value) = known.get(&*change.address) {
                    let object = Object::new(change.schema_version, value);
                    state.put(&change.address, &change.provider, object);
                }
            }
            if complete {
                state
                    .instances
                    .retain(|address, _| !data(address) || resolved.find(address).is_some());
            }
        });
    }
}
