//! `moved`, `import` and `removed` blocks, as plan wants them.

use super::Resolver;
use super::node::ModuleId;
use crate::eval::{StaticKey, Traversal};
use crate::load::{self, Expression, Repeat, Statement};
use crate::resolved::{Endpoint, Import, Moved, Removed, Statements};
use crate::{Address, Key, Mode, ModulePath, ModuleStep, Type};
use syntax::Report;

impl Resolver<'_> {
    /// Every statement of every module instance, in the order written.
    pub(super) fn statements(&mut self) -> Statements {
        let mut all = Statements::default();
        let count = u32::try_from(self.modules.len()).unwrap_or(u32::MAX);
        for id in (0..count).map(ModuleId) {
            let Some(config) = self.config(id) else { continue };
            let module = self.module(id).map(|m| m.path.clone()).unwrap_or_default();
            for statement in &config.statements {
                match statement {
                    Statement::Moved { from, to, header } => {
                        if let (Some(from), Some(to)) = (endpoint(from), endpoint(to)) {
                            all.moved.push(Moved {
                                module: module.clone(),
                                from,
                                to,
                                header: *header,
                            });
                        }
                    }
                    Statement::Removed { from, destroy, header } => {
                        if let Some(from) = endpoint(from) {
                            let (module, destroy) = (module.clone(), *destroy);
                            all.removed.push(Removed { module, from, destroy, header: *header });
                        }
                    }
                    Statement::Import { .. } => self.import(id, statement, &mut all.imports),
                    Statement::Check { .. } => {}
                }
            }
        }
        all
    }

    fn import(&mut self, module: ModuleId, statement: &Statement, all: &mut Vec<Import>) {
        let Statement::Import { to, id, for_each, header } = statement else { return };
        let mut reports = Vec::new();
        let repeat = for_each.clone().map_or(Repeat::Once, Repeat::ForEach);
        for expression in [Some(to), id.as_ref(), for_each.as_ref()].into_iter().flatten() {
            let mut needs = Vec::new();
            if !std::ptr::eq(expression, to) {
                self.expression(module, expression, &mut needs);
            }
            for (node, _) in needs {
                self.demand(node);
            }
        }
        for repetition in self.instances(module, &repeat, &mut reports) {
            let id =
                id.as_ref().map(|id| self.evaluate(module, id, Some(&repetition), &mut reports));
            match self.written_address(module, to, &repetition, &mut reports) {
                Some(address) => {
                    all.push(Import { to: address, id, header: *header, at: to.span() });
                }
                None => reports.push(
                    Report::error(
                        "bad-address",
                        "`to` must be the address of a managed resource instance",
                    )
                    .at(to.span(), "not an address"),
                ),
            }
        }
        self.reports.extend(reports);
    }

    /// `aws_vpc.main["a"]`, or with a key that is computed: `aws_vpc.main[each.key]`.
    fn written_address(
        &self,
        module: ModuleId,
        to: &Expression,
        repetition: &super::Repetition,
        reports: &mut Vec<Report>,
    ) -> Option<Address> {
        use syntax::Expr;
        let whole = |found: Traversal| {
            let Endpoint { module, resource } = endpoint(&found)?;
            let (mode, ty, name, key) = resource?;
            Some(Address { module, mode, ty, name, key })
        };
        if let Some(found) = load::reference(to) {
            return whole(found);
        }
        let Expr::Index { on, key } = to.tree.expr(to.id) else { return None };
        let part = |id| to.part(id);
        let mut address = whole(load::reference(&part(on))?)?;
        let key = self.evaluate(module, &part(key), Some(repetition), reports);
        address.key = match key.as_i64() {
            Some(n) => Key::Int(n.unsigned_abs()),
            None => Key::Str(key.convert(&Type::String).ok()?.as_str()?.into()),
        };
        Some(address)
    }
}

/// An address as written: modules, then perhaps a resource.
fn endpoint(of: &Traversal) -> Option<Endpoint> {
    let mut keys = vec![StaticKey::Name(of.root.clone())];
    keys.extend(of.steps.iter().map(|step| step.key.clone()));
    let mut keys = keys.into_iter().peekable();
    let mut module = Vec::new();
    let name = |key: Option<StaticKey>| match key? {
        StaticKey::Name(name) => Some(name),
        _ => None,
    };
    let mut resource = None;
    while let Some(word) = name(keys.next()) {
        let mode = match word.as_str() {
            "module" => {
                let name = name(keys.next())?;
                module.push(ModuleStep { name, key: instance(&mut keys) });
                continue;
            }
            "data" => Mode::Data,
            _ => Mode::Managed,
        };
        let ty = if mode == Mode::Data { name(keys.next())? } else { word };
        resource = Some((mode, ty, name(keys.next())?, instance(&mut keys)));
        break;
    }
    let complete = keys.next().is_none() && (resource.is_some() || !module.is_empty());
    complete.then_some(Endpoint { module: ModulePath(module), resource })
}

fn instance(keys: &mut std::iter::Peekable<impl Iterator<Item = StaticKey>>) -> Key {
    let key = keys.next_if(|key| !matches!(key, StaticKey::Name(_)));
    match key {
        Some(StaticKey::Index(n)) => Key::Int(n),
        Some(StaticKey::Key(k)) => Key::Str(k),
        _ => Key::None,
    }
}
