//! Room to work in, kept from one text to the next.

use super::expression::Pending;
use super::template::Piece;
use crate::Span;
use crate::tree::{Attribute, Block, ExprId, LabelName, Part};
use std::cell::Cell;

thread_local! {
    /// What the last text of this thread was read with: grown as it needs to be, and warm.
    static USED: Cell<Option<Scratch>> = const { Cell::new(None) };
}

/// Stacks shared by all levels: each leaves them as long as it found them.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) items: Vec<ExprId>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) blocks: Vec<Block>,
    pub(super) labels: Vec<LabelName>,
    pub(super) pending: Vec<Pending>,
    pub(super) pieces: Vec<Piece>,
    pub(super) parts: Vec<Part>,
    /// For each name, the last body that had an attribute of it, and where.
    pub(super) seen: Vec<(u32, Span)>,
    /// The last body's number.
    pub(super) body: u32,
}

/// Scratch with more room is not kept: one huge file should not cost its memory for ever.
const ROOM: usize = 1 << 14;

impl Scratch {
    pub(super) fn take() -> Self {
        USED.take().unwrap_or_default()
    }

    pub(super) fn give_back(mut self) {
        let most = [self.items.capacity(), self.attributes.capacity(), self.seen.capacity()];
        if most.into_iter().max() <= Some(ROOM) {
            self.items.clear();
            self.attributes.clear();
            self.blocks.clear();
            self.labels.clear();
            self.pending.clear();
            self.pieces.clear();
            self.parts.clear();
            USED.set(Some(self));
        }
    }

    /// A number that no body had before.
    pub(super) fn next_body(&mut self) -> u32 {
        self.body = self.body.wrapping_add(1);
        if self.body == 0 {
            self.seen.clear();
            self.body = 1;
        }
        self.body
    }
}
