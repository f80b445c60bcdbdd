//! What of a stack decides that a bill differs. Nothing is guessed: each difference of the stacks is put back by itself, and where the
//! bill then is another one, it decides.

use super::alter::{with_value, without};
use super::{Cause, Change, Difference, Past, PastLine, Snapshot};
use stack::value::Step;
use stack::{Key, Kind, Marks, Mode, Origin, Resource, ResourceId, Stack, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use syntax::{Span, Tree};

/// How many bills are made at most to find out.
const TRIALS: usize = 200;
/// How much of a value is shown, in characters.
const SHOWN: usize = 40;

/// Names the causes of a change between two stacks. `moved` as for [`super::compare`]; `price` makes a stack's bill.
pub fn explain(
    change: &mut Change,
    before: &Stack,
    after: &Stack,
    moved: &BTreeMap<String, String>,
    price: &dyn Fn(&Stack) -> Snapshot,
) {
    let (then, now) = (addresses(before), addresses(after));
    let had = |address: &str| then.get(moved.get(address).map_or(address, String::as_str)).copied();
    let mut open: Vec<&mut Difference> = Vec::new();
    for difference in &mut change.resources {
        match (had(&difference.address), now.get(&difference.address).copied()) {
            (Some(_), Some(_)) => open.push(difference),
            (None, Some(new)) => difference.causes.extend(came(new, before, after)),
            (Some(old), None) => difference.causes.extend(went(old, before, after)),
            (None, None) => {}
        }
    }
    if open.is_empty() {
        return;
    }
    let mut work = Work { before, after, price, trials: 0 };
    let itself = open.iter().filter_map(|it| now.get(&it.address).copied()).collect();
    let pairs = pairs(&itself, before, after, &had);
    let now = price(after);
    for candidate in candidates(&pairs, before, after) {
        let Some(stack) = work.put_back(&candidate) else { continue };
        let trial = work.bill(&stack);
        let Some(trial) = trial else { break };
        for difference in &mut open {
            if differs(&now, &trial, &difference.address) {
                difference.causes.push(candidate.cause.clone());
            }
        }
    }
    let mut open: Vec<_> = open.into_iter().filter(|d| d.causes.is_empty()).collect();
    if open.is_empty() {
        return;
    }
    // Nothing that both stacks have: something that only one of them has.
    for new in only(after, |address| had(address).is_some()) {
        let Some(trial) = work.bill(&without(after, &BTreeSet::from([new]))) else { break };
        for difference in &mut open {
            if differs(&now, &trial, &difference.address) {
                let cause = after.resource(new).map(|new| whole(new, false, after));
                difference.causes.extend(cause);
            }
        }
    }
    let kept: BTreeSet<String> = after
        .resources
        .iter()
        .map(|r| r.address.to_string())
        .map(|address| moved.get(&address).cloned().unwrap_or(address))
        .collect();
    let then = price(before);
    for old in only(before, |address| kept.contains(address)) {
        let Some(trial) = work.bill(&without(before, &BTreeSet::from([old]))) else { break };
        for difference in &mut open {
            let address = moved.get(&difference.address).unwrap_or(&difference.address);
            if differs(&then, &trial, address) {
                let cause = before.resource(old).map(|old| whole(old, true, before));
                difference.causes.extend(cause);
            }
        }
    }
}

struct Work<'w> {
    before: &'w Stack,
    after: &'w Stack,
    price: &'w dyn Fn(&Stack) -> Snapshot,
    trials: usize,
}

/// Something that the stacks say differently, and that may decide.
struct Candidate {
    /// How near it is to what costs another sum: itself, one reference away, anywhere.
    distance: u8,
    place: Place,
    cause: Cause,
}

enum Place {
    /// A part of an instance: of the stack as it was, and as it is.
    Instance(ResourceId, ResourceId, Vec<Step>),
    /// A provider's region.
    Provider(usize, Value),
}

impl Work<'_> {
    /// A bill, unless there were enough.
    fn bill(&mut self, stack: &Stack) -> Option<Snapshot> {
        self.trials += 1;
        (self.trials <= TRIALS).then(|| (self.price)(stack))
    }

    /// The stack as it is now, but for one thing.
    fn put_back(&self, candidate: &Candidate) -> Option<Stack> {
        match &candidate.place {
            Place::Instance(old, new, path) => {
                let old = self.before.resource(*old)?;
                let planned = part(&old.value, path)?;
                let unwritten = Value::null(stack::Type::Dynamic);
                let written = part(&old.config, path).unwrap_or(&unwritten);
                with_value(self.after, *new, path, planned, written)
            }
            Place::Provider(at, value) => {
                let mut stack = self.after.clone();
                stack.providers.get_mut(*at)?.value = value.clone();
                Some(stack)
            }
        }
    }
}

/// Managed instances by address.
fn addresses(stack: &Stack) -> BTreeMap<String, ResourceId> {
    let all = (0..).map(ResourceId).zip(&stack.resources);
    let managed = all.filter(|(_, r)| r.address.mode == Mode::Managed);
    managed.map(|(id, r)| (r.address.to_string(), id)).collect()
}

/// True when a resource is billed otherwise in two bills.
fn differs(a: &Snapshot, b: &Snapshot, address: &str) -> bool {
    fn lines(past: Option<&Past>) -> Vec<(&str, &super::Figure)> {
        let lines = past.map(|past| past.lines.as_slice()).unwrap_or_default();
        let counts = |line: &&PastLine| !line.figure.monthly.is_zero();
        lines.iter().filter(counts).map(|line| (line.name.as_str(), &line.figure)).collect()
    }
    lines(a.resources.get(address)) != lines(b.resources.get(address))
}

/// Instances that one of the stacks alone has: a bill may follow from any.
fn only(stack: &Stack, other: impl Fn(&str) -> bool) -> Vec<ResourceId> {
    let all = (0..).map(ResourceId).zip(&stack.resources);
    let alone =
        all.filter(|(_, r)| r.address.mode == Mode::Managed && !other(&r.address.to_string()));
    alone.map(|(id, _)| id).collect()
}

/// Instances that both stacks have, with how near they are to a difference.
fn pairs(
    itself: &BTreeSet<ResourceId>,
    before: &Stack,
    after: &Stack,
    had: &dyn Fn(&str) -> Option<ResourceId>,
) -> Vec<(u8, ResourceId, ResourceId)> {
    let mut near = BTreeSet::new();
    for (id, resource) in (0..).map(ResourceId).zip(&after.resources) {
        for edge in &resource.edges {
            if itself.contains(&id) {
                near.insert(edge.to);
            }
            if itself.contains(&edge.to) {
                near.insert(id);
            }
        }
    }
    let mut pairs = Vec::new();
    for (id, resource) in (0..).map(ResourceId).zip(&after.resources) {
        let old = match resource.address.mode {
            Mode::Managed => had(&resource.address.to_string()),
            Mode::Data => before.find(&resource.address),
        };
        let distance = if itself.contains(&id) { 0 } else { 2 - u8::from(near.contains(&id)) };
        pairs.extend(old.map(|old| (distance, old, id)));
    }
    pairs
}

/// All that the stacks say differently about what both have, the nearest first.
fn candidates(
    pairs: &[(u8, ResourceId, ResourceId)],
    before: &Stack,
    after: &Stack,
) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (distance, old, new) in pairs {
        let (Some(was), Some(is)) = (before.resource(*old), after.resource(*new)) else { continue };
        for path in leaves(&was.value, &is.value) {
            let (Some(then), Some(now)) = (part(&was.value, &path), part(&is.value, &path)) else {
                continue;
            };
            let at = now.place().at.or_else(|| part(&is.config, &path)?.place().at);
            let cause = Cause {
                address: is.address.to_string(),
                path: shown_path(&path),
                before: Some(shown(then)),
                after: Some(shown(now)),
                ..placed(at.unwrap_or(is.header), after)
            };
            let place = Place::Instance(*old, *new, path);
            all.push(Candidate { distance: *distance, place, cause });
        }
    }
    for (at, (was, is)) in before.providers.iter().zip(&after.providers).enumerate() {
        let of = |value: &Value| value.get("region").map(shown).unwrap_or_default();
        let same = was.name == is.name && was.alias == is.alias && was.module == is.module;
        if same && of(&was.value) != of(&is.value) {
            let place = is.value.get("region").and_then(|v| v.place().at).or(is.header);
            let alias = is.alias.as_ref().map(|alias| format!(".{alias}")).unwrap_or_default();
            let cause = Cause {
                address: format!("provider.{}{alias}", is.name),
                path: "region".into(),
                before: Some(of(&was.value)),
                after: Some(of(&is.value)),
                ..placed(place.unwrap_or_default(), after)
            };
            let place = Place::Provider(at, was.value.clone());
            all.push(Candidate { distance: 0, place, cause });
        }
    }
    all.sort_by_key(|candidate| candidate.distance);
    all
}

/// The deepest parts in which two objects of one schema differ. What is in a set is not looked into.
fn leaves(before: &Value, after: &Value) -> Vec<Vec<Step>> {
    let (mut open, mut found) = (vec![(Vec::new(), before, after)], Vec::new());
    while let Some((path, a, b)) = open.pop() {
        let inner = |step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
        match (&a.kind, &b.kind) {
            (Kind::Object(x), Kind::Object(y)) if x.keys().eq(y.keys()) => {
                for ((name, a), b) in x.iter().zip(y.values()) {
                    open.push((inner(Step::Attr(name.clone())), a, b));
                }
            }
            (Kind::List(_, x), Kind::List(_, y)) if x.len() == y.len() => {
                for ((a, b), at) in x.iter().zip(y.iter()).zip(0..) {
                    open.push((inner(Step::Index(at)), a, b));
                }
            }
            _ if is_same(a, b) => {}
            _ => found.push(path),
        }
    }
    found.sort();
    found
}

/// The same value; of unknown ones, those that the same resources decide.
fn is_same(a: &Value, b: &Value) -> bool {
    let named = |value: &Value| {
        let origins = value.origins().into_iter().filter_map(|origin| match origin {
            Origin::Resource { address, path } => Some((address, path)),
            _ => None,
        });
        origins.collect::<Vec<_>>()
    };
    a == b && named(a) == named(b)
}

fn part<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Attr(name) => value.get(name),
        Step::Index(at) => value.index(usize::try_from(*at).ok()?),
        Step::Any => None,
    })
}

fn shown_path(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Attr(name) if text.is_empty() => text.push_str(name),
            Step::Attr(name) => text.extend([".", name]),
            Step::Index(at) => drop(write!(text, "[{at}]")),
            Step::Any => text.push_str("[*]"),
        }
    }
    text
}

/// A value for people, short; a secret is not shown.
fn shown(value: &Value) -> String {
    if value.deep_marks().has(Marks::SENSITIVE) {
        return "(sensitive)".into();
    }
    match &value.kind {
        Kind::Unknown(_) => return "(not known yet)".into(),
        Kind::Null(_) => return "(not set)".into(),
        _ => {}
    }
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None if !value.is_wholly_known() => {
            return format!("({} elements)", value.len().unwrap_or_default());
        }
        None => value.to_json().to_string(),
    };
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        short.push('…');
    }
    short
}

/// A cause with nothing but a place.
fn placed(span: Span, stack: &Stack) -> Cause {
    let place = (span != Span::default()).then(|| stack.sources.place(span));
    Cause {
        address: String::new(),
        path: String::new(),
        before: None,
        after: None,
        file: place.as_ref().map(|place| place.file.clone()),
        line: place.as_ref().map(|place| place.line),
        column: place.as_ref().map(|place| place.column),
    }
}

/// Why there is an instance now: its block is new, or makes more instances.
fn came(new: ResourceId, before: &Stack, after: &Stack) -> Option<Cause> {
    let new = after.resource(new)?;
    Some(repeated(new, before, after, after).unwrap_or_else(|| whole(new, false, after)))
}

/// Why there is one no more.
fn went(old: ResourceId, before: &Stack, after: &Stack) -> Option<Cause> {
    let old = before.resource(old)?;
    Some(repeated(old, before, after, after).unwrap_or_else(|| whole(old, true, before)))
}

/// The instance as a whole is new, or gone.
fn whole(resource: &Resource, gone: bool, stack: &Stack) -> Cause {
    let there = Some("there".to_owned());
    let (before, after) = if gone { (there, None) } else { (None, there) };
    let address = resource.address.to_string();
    Cause { address, before, after, ..placed(resource.header, stack) }
}

/// The `count` or `for_each` that makes more or fewer instances of a block that both stacks have. `told`: whose files are shown.
fn repeated(resource: &Resource, before: &Stack, after: &Stack, told: &Stack) -> Option<Cause> {
    let name = match resource.address.key {
        Key::Int(_) => "count",
        Key::Str(_) => "for_each",
        Key::None | Key::Unknown => return None,
    };
    let of = |stack: &Stack| {
        let same = |other: &&Resource| {
            let (a, b) = (&other.address, &resource.address);
            (&a.module, a.mode, &a.ty, &a.name) == (&b.module, b.mode, &b.ty, &b.name)
        };
        let all: Vec<Resource> = stack.resources.iter().filter(same).cloned().collect();
        all
    };
    let (was, is) = (of(before), of(after));
    let there = of(told);
    if was.is_empty() || is.is_empty() {
        return None;
    }
    let header = there.first()?.header;
    let span = argument(told, header, name).unwrap_or(header);
    let (before, after) = (Some(was.len().to_string()), Some(is.len().to_string()));
    let mut address = (*resource.address).clone();
    address.key = Key::None;
    Some(Cause {
        address: address.to_string(),
        path: name.into(),
        before,
        after,
        ..placed(span, told)
    })
}

/// Where the block with this header has an argument.
fn argument(stack: &Stack, header: Span, name: &str) -> Option<Span> {
    let source = stack.sources.get(header.file)?;
    let (tree, _): (Tree, _) = syntax::parse(header.file, source.text());
    let block = tree.blocks(tree.root()).iter().find(|block| block.header == header)?;
    let mut arguments = tree.attributes(tree.body(block.body)).iter();
    let found = arguments.find(|attribute| tree.name(attribute.name) == name)?;
    Some(tree.span(found.expr))
}
