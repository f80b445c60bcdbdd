//! New arguments and blocks in a block, laid out as their neighbours are.

use super::align::{Group, group, name_width};
use super::layout::{
    indentation, is_meta, line_break, line_end, line_start, owns_lines, starts_line, unit, width,
};
use super::locate::Step;
use super::patch::Change;
use super::trees::File;
use std::fmt::Write;
use syntax::{Attribute, Block, Body, Span};

/// Something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<'w> {
    /// `name = value`
    Argument(&'w str, &'w str),
    /// `name { … }`
    Block(&'w str, Vec<Item<'w>>),
}

/// Adds an argument, with the blocks around it that are not there yet.
pub(crate) fn add<'w>(items: &mut Vec<Item<'w>>, missing: &[Step<'w>], value: &'w str) {
    let mut items = items;
    let Some((last, blocks)) = missing.split_last() else { return };
    for step in blocks {
        let same = |item: &Item<'w>| matches!(item, Item::Block(name, _) if *name == step.name);
        let at = items.iter().position(same).unwrap_or_else(|| {
            items.push(Item::Block(step.name, Vec::new()));
            items.len() - 1
        });
        let Some(Item::Block(_, inner)) = items.get_mut(at) else { return };
        items = inner;
    }
    items.push(Item::Argument(last.name, value));
}

/// The changes that write the items into a block, as if what is `gone` were not there. `None` where that would take more than lines.
pub(crate) fn insert(
    file: &File,
    block: &Block,
    items: &[Item<'_>],
    gone: &[Span],
) -> Option<Vec<Change>> {
    let text = file.text();
    let body = file.tree.body(block.body);
    let outer = indentation(text, block.span.start as usize);
    let close = (block.span.end as usize)
        .checked_sub(1)
        .filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('}')))?;
    let open = body.span.start as usize;
    let end = line_break(text, open);
    if !text.get(open..close)?.contains('\n') {
        return one_line(file, body, (open, close), outer, items, end).map(|change| vec![change]);
    }
    let inner = inner_indentation(file, body).unwrap_or_else(|| format!("{outer}{}", unit(outer)));
    let page = Page { inner: &inner, end };
    let (arguments, blocks): (Vec<Item<'_>>, Vec<Item<'_>>) =
        items.iter().cloned().partition(|item| matches!(item, Item::Argument(..)));
    let mut changes = Vec::new();
    if !arguments.is_empty() {
        changes.extend(new_arguments(file, body, &page, &arguments, (open, close), gone)?);
    }
    if !blocks.is_empty() {
        changes.push(new_blocks(file, body, &page, &blocks, (open, close), gone)?);
    }
    Some(changes)
}

/// How the lines of a body look.
struct Page<'p> {
    inner: &'p str,
    end: &'static str,
}

/// The indentation of what starts a line in the body.
fn inner_indentation(file: &File, body: &Body) -> Option<String> {
    let attributes = file.tree.attributes(body).iter().map(|it| it.span.start as usize);
    let blocks = file.tree.blocks(body).iter().map(|it| it.span.start as usize);
    let mut starts = attributes.chain(blocks).filter(|at| starts_line(file.text(), *at));
    starts.next().map(|at| indentation(file.text(), at).to_owned())
}

/// `{}` or `{ a = 1 }`, opened up.
fn one_line(
    file: &File,
    body: &Body,
    (open, close): (usize, usize),
    outer: &str,
    items: &[Item<'_>],
    end: &str,
) -> Option<Change> {
    let mut all: Vec<Item<'_>> = Vec::new();
    let held = file.slice(open, close).trim();
    match file.tree.attributes(body) {
        [] if held.is_empty() => {}
        [only] if held.len() == (only.span.end - only.span.start) as usize => {
            all.push(Item::Argument(file.tree.name(only.name), file.tree.expr_text(only.expr)));
        }
        _ => return None,
    }
    all.extend(items.iter().cloned());
    let inner = format!("{outer}{}", unit(outer));
    let lines = rendered(&all, &inner, end, 0);
    Some(Change { start: open, end: close, text: format!("{lines}{end}{outer}") })
}

/// The longest name of an argument, in columns.
fn widest(items: &[Item<'_>]) -> usize {
    let names = items.iter().filter_map(|item| match item {
        Item::Argument(name, _) => Some(width(name)),
        Item::Block(..) => None,
    });
    names.max().unwrap_or(0)
}

/// Items as lines, each after a line break; names take `least` columns at least.
fn rendered(items: &[Item<'_>], indentation: &str, end: &str, least: usize) -> String {
    let column = widest(items).max(least);
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        let _ = match item {
            Item::Argument(name, value) => {
                write!(text, "{end}{indentation}{name:<column$} = {value}")
            }
            Item::Block(name, inner) => {
                let gap = if at > 0 { end } else { "" };
                let deeper = format!("{indentation}{}", unit(indentation));
                let inner = rendered(inner, &deeper, end, 0);
                write!(text, "{gap}{end}{indentation}{name} {{{inner}{end}{indentation}}}")
            }
        };
    }
    text
}

/// New arguments below the last one that stands before the blocks.
fn new_arguments(
    file: &File,
    body: &Body,
    page: &Page<'_>,
    new: &[Item<'_>],
    (open, close): (usize, usize),
    gone: &[Span],
) -> Option<Vec<Change>> {
    let Page { inner, end } = page;
    let text = file.text();
    let lines = |column: usize| rendered(new, inner, end, column);
    let new_width = widest(new);
    let Some(anchor) = anchor(file, body, gone) else {
        let mut change = String::new();
        let first_block = file.tree.blocks(body).first();
        if first_block.is_some() || !file.tree.attributes(body).is_empty() {
            // Nothing but blocks: the arguments go before them all.
            change += &lines(new_width);
            let after = text.get(line_end(text, open)..)?;
            let next_is_blank = after.trim_start_matches(['\r', '\n', ' ', '\t']).len()
                < after.len()
                && after.lines().nth(1).is_some_and(|line| line.trim().is_empty());
            if !next_is_blank {
                change += end;
            }
            return Some(vec![Change::insert(line_end(text, open), change)]);
        }
        return Some(vec![before_close(text, close, &lines(new_width), end)?]);
    };
    let at = line_end(text, anchor.span.end as usize);
    let apart = |column| vec![Change::insert(at, format!("{end}{}", lines(column)))];
    if is_meta(file.tree.name(anchor.name)) {
        return Some(apart(new_width));
    }
    let Some(group) = group(file, body, anchor) else {
        return Some(vec![Change::insert(at, lines(new_width))]);
    };
    Some(match group {
        Group { aligned: false, .. } => vec![Change::insert(at, lines(new_width))],
        Group { width: column, .. } if column >= new_width => {
            vec![Change::insert(at, lines(column))]
        }
        // Comments at the ends of lines stand in a column too: they stay where they are.
        Group { commented: true, .. } => apart(new_width),
        group => {
            let mut changes = group.set(file, new_width, &[]);
            changes.push(Change::insert(at, lines(new_width)));
            changes
        }
    })
}

/// The argument that new ones follow: the last on one line before the blocks, else the last before them.
fn anchor<'t>(file: &'t File, body: &Body, gone: &[Span]) -> Option<&'t Attribute> {
    let blocks = file.tree.blocks(body).first().map_or(u32::MAX, |block| block.span.start);
    let stays = |it: &&&Attribute| !gone.contains(&it.span) && owns_end(file, it);
    let all: Vec<&Attribute> = file.tree.attributes(body).iter().collect();
    let before = all.iter().filter(|it| it.span.start < blocks).filter(stays);
    let own = before.clone().filter(|it| !is_meta(file.tree.name(it.name)));
    let one_line = own.clone().filter(|it| !file.tree.expr_text(it.expr).contains('\n'));
    let (mut one_line, mut own, mut before) = (one_line, own, before);
    one_line.next_back().or_else(|| own.next_back()).or_else(|| before.next_back()).copied()
}

/// True when a new line can follow the argument's last.
fn owns_end(file: &File, attribute: &Attribute) -> bool {
    starts_line(file.text(), attribute.span.start as usize)
        && (owns_lines(file.text(), attribute)
            || file.tree.expr_text(attribute.expr).starts_with("<<"))
}

/// A new block below everything but `lifecycle` and what else comes last.
fn new_blocks(
    file: &File,
    body: &Body,
    page: &Page<'_>,
    new: &[Item<'_>],
    (_, close): (usize, usize),
    gone: &[Span],
) -> Option<Change> {
    let Page { inner, end } = page;
    let text = file.text();
    let blocks: Vec<String> =
        new.iter().map(|item| rendered(std::slice::from_ref(item), inner, end, 0)).collect();
    let blocks = blocks.join(end);
    let tail = |name: &str| ["lifecycle", "depends_on", "provisioner", "timeouts"].contains(&name);
    let attributes = file.tree.attributes(body).iter();
    let attributes = attributes.filter(|it| !tail(file.tree.name(it.name))).map(|it| it.span);
    let written = file.tree.blocks(body).iter();
    let written = written.filter(|it| !tail(file.tree.name(it.kind))).map(|it| it.span);
    let last =
        attributes.chain(written).filter(|span| !gone.contains(span)).max_by_key(|span| span.end);
    let Some(last) = last else { return before_close(text, close, &blocks, end) };
    let at = line_end(text, last.end as usize);
    let rest = text.get(at..)?;
    let below = rest.split_once('\n').map_or("", |(_, below)| below);
    let next = below.lines().next().unwrap_or_default().trim();
    let gap = if next.is_empty() || next.starts_with('}') { "" } else { end };
    Some(Change::insert(at, format!("{end}{blocks}{gap}")))
}

/// Lines before the closing brace's.
fn before_close(text: &str, close: usize, lines: &str, end: &str) -> Option<Change> {
    let start = line_start(text, close);
    starts_line(text, close).then_some(())?;
    let lines = lines.strip_prefix(end)?;
    Some(Change::insert(start, format!("{lines}{end}")))
}

/// What takes an argument away, with its line.
pub(crate) fn remove(file: &File, body: &Body, attribute: &Attribute) -> Option<Vec<Change>> {
    let text = file.text();
    if !owns_lines(text, attribute) {
        return None;
    }
    let start = line_start(text, attribute.span.start as usize);
    let end = super::layout::next_line(text, attribute.span.end as usize);
    let mut changes = vec![Change { start, end, text: String::new() }];
    if let Some(group) =
        group(file, body, attribute).filter(|group| group.aligned && !group.commented)
    {
        let others = group.members.iter().filter(|it| it.span != attribute.span);
        let column = others.map(|it| name_width(file, it)).max().unwrap_or(0);
        changes.extend(group.set(file, column, &[attribute]));
    }
    Some(changes)
}
