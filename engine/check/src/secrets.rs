//! What must not be shown, wherever a piece of the sources is.

use crate::Finding;
use stack::{Origin, Stack, Value};
use std::collections::BTreeSet;
use syntax::Span;

/// The places where secrets stand: those of sensitive values, and those of findings about secrets, shown or not. Sorted.
pub fn secret_places(stack: &Stack, findings: &[Finding]) -> Vec<Span> {
    // What is not written is blamed on the header of its block, which is no secret.
    let headers: BTreeSet<Span> = stack.resources.iter().map(|resource| resource.header).collect();
    let mut places: BTreeSet<Span> =
        findings.iter().filter(|finding| finding.secret).filter_map(|f| f.site.span).collect();
    let variables = stack.variables.values().map(|variable| (&variable.value, variable.sensitive));
    let resources = stack.resources.iter().map(|resource| (&resource.value, false));
    let providers = stack.providers.iter().map(|provider| (&provider.value, false));
    let mut open: Vec<(&Value, bool)> = variables.chain(resources).chain(providers).collect();
    while let Some((value, within)) = open.pop() {
        let secret = within || value.is_sensitive();
        if secret {
            let at = value.blame.at.filter(|at| !value.is_null() && !headers.contains(at));
            places.extend(at);
            sides(value, &mut places);
        }
        open.extend(value.children().map(|part| (part, secret)));
    }
    places.into_iter().collect()
}

/// Where the sides of conditions stand that decide a secret and are not decided themselves.
fn sides(value: &Value, places: &mut BTreeSet<Span>) {
    let mut open = value.origins();
    while let Some(origin) = open.pop() {
        match origin {
            Origin::Conditional { then, otherwise, .. } => {
                for side in [then, otherwise] {
                    // Conditions share their sides: each place is gone into once.
                    if side.blame.at.is_none_or(|at| places.insert(at)) {
                        open.extend(side.origins());
                    }
                }
            }
            Origin::Derived(from) => open.extend(from.iter().cloned()),
            _ => {}
        }
    }
}
