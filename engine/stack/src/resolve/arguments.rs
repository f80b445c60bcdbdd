//! Arguments of a module call that the module has no variable for, and provider configurations that it does not know.

use super::Resolver;
use super::node::ModuleId;
use super::{shape, target};
use crate::load::{self, Config};
use syntax::Report;

impl Resolver<'_> {
    /// Reports what is wrong with a module instance's declarations, apart from their values.
    pub(super) fn declarations(&mut self, module: ModuleId, config: &Config) {
        for resource in config.resources.values() {
            self.reports.extend(shape::unknown_type(resource));
            for to in &resource.depends_on {
                self.reports.extend(target::find(config, to).err().map(|report| *report));
            }
        }
        for (_, call) in &config.calls {
            for to in &call.depends_on {
                self.reports.extend(target::find(config, to).err().map(|report| *report));
            }
        }
        let Some((name, call)) = self.call_of(module) else { return };
        for argument in &call.content.attributes {
            if !config.variables.contains_key(&argument.name) {
                let place = format!("module `{name}`");
                let names: Vec<&str> = config.variables.keys().map(crate::Str::as_str).collect();
                let report: Report =
                    load::unknown_argument(&argument.name, argument.name_span, &place, &names);
                self.reports.push(report);
            }
        }
    }
}
