//! Small stacks at random, and what must exist once one is applied.

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One resource.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Decides an attribute that cannot change in place.
    pub(crate) shape: u8,
    /// Decides one that can.
    pub(crate) look: u8,
    /// Earlier resources whose ids its tags hold.
    pub(crate) uses: Vec<usize>,
    pub(crate) create_first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Vpc,
    /// In the VPC of this number.
    Subnet(usize),
    LogGroup,
    Gateway,
}

/// A stack; resources that are `None` are not in it, so that numbers stay what they are from one version to the next.
pub(crate) type Stack = Vec<Option<Node>>;

pub(crate) fn text(stack: &Stack) -> String {
    let mut text = String::new();
    for (at, node) in stack.iter().enumerate() {
        let Some(node) = node else { continue };
        let (ty, body) = match node.kind {
            NodeKind::Vpc => ("aws_vpc", format!("cidr_block = \"10.{}.0.0/16\"", node.shape)),
            NodeKind::Subnet(vpc) => {
                let block = format!(
                    "vpc_id = {}.id\n  cidr_block = \"10.0.{}.0/24\"",
                    name(stack, vpc),
                    node.shape
                );
                ("aws_subnet", block)
            }
            // A name is taken once: a new object of the same name can only come after the old one.
            NodeKind::LogGroup => {
                ("aws_cloudwatch_log_group", format!("name = \"n{at}-{}\"", node.shape))
            }
            NodeKind::Gateway => ("aws_internet_gateway", String::new()),
        };
        let mut tags = format!("look = \"{}\"", node.look);
        for user in &node.uses {
            let _ = write!(tags, ", u{user} = {}.id", name(stack, *user));
        }
        let lifecycle =
            if node.create_first { "lifecycle { create_before_destroy = true }" } else { "" };
        let _ = writeln!(
            text,
            "resource \"{ty}\" \"n{at}\" {{\n  {body}\n  tags = {{ {tags} }}\n  {lifecycle}\n}}"
        );
    }
    text
}

fn name(stack: &Stack, at: usize) -> String {
    match stack[at].as_ref().unwrap().kind {
        NodeKind::Vpc => format!("aws_vpc.n{at}"),
        NodeKind::Subnet(_) => format!("aws_subnet.n{at}"),
        NodeKind::LogGroup => format!("aws_cloudwatch_log_group.n{at}"),
        NodeKind::Gateway => format!("aws_internet_gateway.n{at}"),
    }
}

/// Address to what its object must say: type, shape and look.
pub(crate) fn wanted(stack: &Stack) -> BTreeMap<String, (String, String, String)> {
    let nodes = stack.iter().enumerate().filter_map(|(at, n)| Some((at, n.as_ref()?)));
    let line = |(at, node): (usize, &Node)| {
        let address = name(stack, at);
        let ty = address.split('.').next().unwrap().to_owned();
        let shape = match node.kind {
            NodeKind::Vpc => format!("10.{}.0.0/16", node.shape),
            NodeKind::Subnet(_) => format!("10.0.{}.0/24", node.shape),
            NodeKind::LogGroup => format!("n{at}-{}", node.shape),
            NodeKind::Gateway => String::new(),
        };
        (address, (ty, shape, node.look.to_string()))
    };
    nodes.map(line).collect()
}

fn node(at: usize) -> impl Strategy<Value = Option<Node>> {
    let kind = (0..4u8, any::<prop::sample::Index>());
    let uses = prop::collection::vec(any::<prop::sample::Index>(), 0..3);
    let made = (kind, 0..3u8, 0..3u8, uses, prop::bool::weighted(0.2)).prop_map(
        move |((kind, of), shape, look, uses, create_first)| Node {
            kind: match kind {
                0 => NodeKind::Vpc,
                1 if at > 0 => NodeKind::Subnet(of.index(at)),
                2 => NodeKind::LogGroup,
                _ => NodeKind::Gateway,
            },
            shape,
            look,
            uses: if at == 0 { vec![] } else { uses.iter().map(|u| u.index(at)).collect() },
            create_first,
        },
    );
    prop::option::weighted(0.85, made)
}

/// Makes a stack one that Terraform accepts: what is referred to exists and is of the right kind.
fn sound(mut stack: Stack) -> Stack {
    for at in 0..stack.len() {
        let (before, rest) = stack.split_at_mut(at);
        let Some(node) = &mut rest[0] else { continue };
        let exists = |of: &usize| before.get(*of).is_some_and(Option::is_some);
        node.uses.retain(exists);
        // A name is taken once: Terraform cannot make a named object before the old one of that name goes, so nothing may force that.
        let named = |of: &usize| before[*of].as_ref().is_some_and(|n| n.kind == NodeKind::LogGroup);
        node.uses.retain(|of| !named(of));
        node.create_first &= node.kind != NodeKind::LogGroup;
        node.uses.sort_unstable();
        node.uses.dedup();
        if let NodeKind::Subnet(vpc) = node.kind {
            let vpcs = before.iter().enumerate();
            let mut vpcs =
                vpcs.filter(|(_, n)| n.as_ref().is_some_and(|n| n.kind == NodeKind::Vpc));
            let found = vpcs.clone().find(|(v, _)| *v >= vpc).or_else(|| vpcs.next());
            node.kind = found.map_or(NodeKind::Gateway, |(vpc, _)| NodeKind::Subnet(vpc));
        }
    }
    stack
}

/// Versions of one stack, each a random change of the one before.
pub(crate) fn versions() -> impl Strategy<Value = Vec<Stack>> {
    let nodes: Vec<_> = (0..6).map(node).collect();
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0..5u8, 0..3u8), 1..5);
    (nodes, prop::collection::vec(changes, 0..3)).prop_map(|(first, later)| {
        let mut all = vec![sound(first)];
        for changes in later {
            let mut next = all.last().unwrap().clone();
            for (of, what, to) in changes {
                let at = of.index(next.len());
                match (what, &mut next[at]) {
                    (0, node) => *node = None,
                    (1, Some(node)) => node.shape = to,
                    (2, Some(node)) => node.look = to,
                    (3, Some(node)) => node.create_first = !node.create_first,
                    (4, Some(node)) => node.uses.clear(),
                    _ => {}
                }
            }
            all.push(sound(next));
        }
        all
    })
}
