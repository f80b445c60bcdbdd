//! Which load balancers send traffic to a target group.

use model::{Attr, Lb, LbListener, LbListenerRule, LbTargetGroup, ListenerAction, Model, Target};
use stack::Value;

/// The load balancers of a target group, as far as this stack tells.
#[derive(Debug, Default)]
pub struct Balancers<'m, 'a> {
    /// Those that it holds.
    pub here: Vec<&'m Lb<'a>>,
    /// A reference that is not known: there may be others.
    pub unknown: Option<&'a Value>,
}

/// Follows listeners and their rules from a target group to load balancers.
pub fn balancers<'m, 'a>(model: &'m Model<'a>, group: &LbTargetGroup<'a>) -> Balancers<'m, 'a> {
    let mut found = Balancers::default();
    for listener in model.all::<LbListener>() {
        match forwards(model, &listener.default_action, group) {
            Some(true) => found.add(model, listener),
            Some(false) => {}
            None => found.open(listener.default_action.value()),
        }
    }
    for rule in model.all::<LbListenerRule>() {
        match forwards(model, &rule.action, group) {
            Some(true) => match model.target::<LbListener>(rule.listener_arn.value()) {
                Target::Here(listener) => found.add(model, listener),
                Target::Unknown(value) | Target::Elsewhere(value) => found.open(value),
                Target::Nothing(_) => {}
            },
            Some(false) => {}
            None => found.open(rule.action.value()),
        }
    }
    found
}

impl<'m, 'a> Balancers<'m, 'a> {
    fn add(&mut self, model: &'m Model<'a>, listener: &LbListener<'a>) {
        match model.target::<Lb>(listener.load_balancer_arn.value()) {
            Target::Here(lb) if self.here.iter().all(|known| known.id != lb.id) => {
                self.here.push(lb);
            }
            Target::Here(_) | Target::Nothing(_) => {}
            Target::Unknown(value) | Target::Elsewhere(value) => self.open(value),
        }
    }

    fn open(&mut self, value: &'a Value) {
        self.unknown.get_or_insert(value);
    }
}

/// Whether one of the actions forwards to the group; `None` when that is not known.
fn forwards<'a>(
    model: &Model<'a>,
    actions: &Attr<'a, Vec<Attr<'a, ListenerAction<'a>>>>,
    group: &LbTargetGroup<'a>,
) -> Option<bool> {
    if actions.has_unknown() {
        return None;
    }
    let mut open = false;
    for action in actions.elements().iter().filter_map(Attr::known) {
        let several = action.forward.known().map(|forward| &forward.target_group);
        let several = several.map(Attr::elements).unwrap_or_default();
        let arns = several.iter().filter_map(Attr::known).map(|target| target.arn.value());
        for arn in arns.chain([action.target_group_arn.value()]) {
            match model.names(arn, group) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => open = true,
            }
        }
    }
    (!open).then_some(false)
}

/// The listeners of a load balancer, and a listener's reference that may be to it.
pub fn listeners<'m, 'a>(
    model: &'m Model<'a>,
    lb: &Lb<'a>,
) -> (Vec<&'m LbListener<'a>>, Option<&'a Value>) {
    model.naming(lb, "load_balancer_arn")
}
