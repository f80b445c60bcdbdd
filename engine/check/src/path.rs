//! Paths as findings name them: `ingress[0].cidr_blocks[1]`, `tags["Team"]`.

use stack::Value;

/// The values on the way along a path, outermost first, as far as they are there.
pub(crate) fn along<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut on_the_way = Vec::new();
    let mut here = value;
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
        let step = step.trim_matches('"');
        let next =
            step.parse().ok().and_then(|at: usize| here.index(at)).or_else(|| here.get(step));
        let Some(next) = next else { break };
        here = next;
        on_the_way.push(here);
    }
    on_the_way
}
