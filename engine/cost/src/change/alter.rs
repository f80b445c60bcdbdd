//! A stack with something put otherwise: what a bill would be then is found by making it anew, never by a factor.

use stack::value::Step;
use stack::{Edge, Kind, Resource, ResourceId, Stack, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The value with a part of it replaced; `None` when it has no such part.
fn with_part(value: &Value, path: &[Step], part: &Value) -> Option<Value> {
    let Some((step, rest)) = path.split_first() else { return Some(part.clone()) };
    let kind = match (&value.kind, step) {
        (Kind::Object(entries), Step::Attr(name)) => {
            let mut entries = entries.as_ref().clone();
            let inner = with_part(entries.get(name)?, rest, part)?;
            entries.insert(name.clone(), inner);
            Kind::Object(Arc::new(entries))
        }
        (Kind::List(ty, elements), Step::Index(at)) => {
            let mut elements = elements.to_vec();
            let element = elements.get_mut(usize::try_from(*at).ok()?)?;
            *element = with_part(element, rest, part)?;
            Kind::List(ty.clone(), elements.into())
        }
        _ => return None,
    };
    Some(Value { kind, ..value.clone() })
}

/// The stack with an attribute of an instance set, both as planned and as written. `None` when there is no such attribute.
pub fn with_value(
    stack: &Stack,
    id: ResourceId,
    path: &[Step],
    planned: &Value,
    written: &Value,
) -> Option<Stack> {
    let resource = stack.resource(id)?;
    let value = with_part(&resource.value, path, planned)?;
    let config =
        with_part(&resource.config, path, written).unwrap_or_else(|| resource.config.clone());
    let mut changed = stack.clone();
    let place = changed.resources.get_mut(id.0 as usize)?;
    (place.value, place.config) = (value, config);
    Some(changed)
}

/// The stack without some instances; what referred to them refers to nothing.
pub fn without(stack: &Stack, gone: &BTreeSet<ResourceId>) -> Stack {
    let kept = (0..).map(ResourceId).zip(&stack.resources).filter(|(id, _)| !gone.contains(id));
    let kept = kept.map(|(id, resource)| (Some(id), resource.clone()));
    arranged(stack, kept.collect())
}

/// The stack with one more instance; its edges count in the stack as it was.
pub fn with_resource(stack: &Stack, resource: Resource) -> Stack {
    let had = (0..).map(ResourceId).zip(&stack.resources);
    let mut all: Vec<_> = had.map(|(id, resource)| (Some(id), resource.clone())).collect();
    all.push((None, resource));
    arranged(stack, all)
}

/// Puts instances in the order of their addresses, with edges that lead where they led.
fn arranged(stack: &Stack, mut all: Vec<(Option<ResourceId>, Resource)>) -> Stack {
    all.sort_by(|a, b| a.1.address.cmp(&b.1.address));
    let mut now = vec![None; stack.resources.len()];
    for ((had, _), id) in all.iter().zip((0..).map(ResourceId)) {
        if let Some(place) = had.and_then(|had| now.get_mut(had.0 as usize)) {
            *place = Some(id);
        }
    }
    let lead = |edge: &Edge| {
        let to = now.get(edge.to.0 as usize).copied().flatten()?;
        Some(Edge { to, span: edge.span })
    };
    let resources = all.into_iter().map(|(_, mut resource)| {
        resource.edges = resource.edges.iter().filter_map(lead).collect();
        resource.edges.sort();
        resource
    });
    Stack { resources: resources.collect(), ..stack.clone() }
}
