//! Interned strings: each distinct text once, named by a [`Symbol`].

use crate::Symbol;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// An odd constant with well-mixed bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Gives each distinct text one symbol, in the order of first sight. The texts stand one after the other in one buffer.
#[derive(Debug)]
pub(crate) struct Names {
    texts: Texts,
    /// Open addressing; a slot holds the upper half of a hash and, below, index + 1; or 0.
    slots: Vec<u64>,
    /// Random, so that nobody can prepare colliding names.
    key: u64,
}

/// Texts by symbol.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    buffer: String,
    ends: Vec<u32>,
}

impl Texts {
    /// A symbol's text; empty when the symbol is of another tree.
    pub(crate) fn get(&self, Symbol(index): Symbol) -> &str {
        self.place(index).and_then(|place| self.buffer.get(place)).unwrap_or("")
    }

    /// Whether the symbol's text is this one. Bytes are compared: no look at where characters start.
    fn is(&self, index: u32, text: &str) -> bool {
        let found = self.place(index).and_then(|place| self.buffer.as_bytes().get(place));
        found == Some(text.as_bytes())
    }

    fn place(&self, index: u32) -> Option<Range<usize>> {
        let index = index as usize;
        let start =
            index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        Some(start as usize..*self.ends.get(index)? as usize)
    }

    fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends.push(crate::arena::index(self.buffer.len()));
    }
}

impl Default for Names {
    fn default() -> Self {
        let key = RandomState::new().hash_one(0_u8) | 1;
        Self { texts: Texts::default(), slots: Vec::new(), key }
    }
}

impl Names {
    /// The symbol of `text`.
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        if self.texts.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = self.hash(text.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = place(hash) & mask;
        loop {
            match self.slots.get_mut(at) {
                Some(slot @ 0) => {
                    let index = crate::arena::index(self.texts.ends.len());
                    *slot = (hash & UPPER) | u64::from(index + 1);
                    self.texts.push(text);
                    return Symbol(index);
                }
                Some(slot) if (*slot ^ hash) & UPPER == 0 => {
                    let index = lower(*slot) - 1;
                    if self.texts.is(index, text) {
                        return Symbol(index);
                    }
                }
                Some(_) => {}
                None => return Symbol(0),
            }
            at = (at + 1) & mask;
        }
    }

    /// How many distinct texts there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.ends.len()
    }

    /// Copies the texts out, and forgets them.
    pub(crate) fn take(&mut self) -> Texts {
        if self.slots.len() > MANY {
            self.slots = Vec::new();
        } else {
            self.slots.fill(0);
        }
        let texts = Texts {
            buffer: self.texts.buffer.as_str().into(),
            ends: self.texts.ends.as_slice().into(),
        };
        self.texts.buffer.clear();
        self.texts.ends.clear();
        texts
    }

    /// Eight bytes at a step, folded by a widening multiplication with the key; the last step may overlap the one before.
    fn hash(&self, text: &[u8]) -> u64 {
        let mut hash = self.key ^ text.len() as u64;
        let (words, few) = text.as_chunks::<8>();
        let tail = match (words, text.last_chunk::<8>()) {
            ([first, between @ ..], Some(last)) => {
                for word in between {
                    hash = self.fold(hash ^ u64::from_le_bytes(*word)).wrapping_add(SPREAD);
                }
                let last = self.fold(hash ^ u64::from_le_bytes(*last));
                u64::from_le_bytes(*first).rotate_left(32) ^ last
            }
            _ => match (few.first_chunk::<4>(), few.last_chunk::<4>()) {
                (Some(first), Some(last)) => {
                    (u64::from(u32::from_le_bytes(*first)) << 32)
                        | u64::from(u32::from_le_bytes(*last))
                }
                _ => few.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
            },
        };
        self.fold(hash ^ tail ^ SPREAD)
    }

    #[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
    fn fold(&self, word: u64) -> u64 {
        let wide = u128::from(word) * u128::from(self.key);
        (wide as u64) ^ ((wide >> 64) as u64)
    }

    /// Makes the table four times as large. A slot knows only half of its hash, so texts are hashed again.
    #[cold]
    fn grow(&mut self) {
        let size = usize::max(FEW, self.slots.len() * 4);
        let mut slots = vec![0; size];
        for index in 0..crate::arena::index(self.len()) {
            let hash = self.hash(self.texts.get(Symbol(index)).as_bytes());
            let mut at = place(hash) & (size - 1);
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = (hash & UPPER) | u64::from(index + 1);
            }
        }
        self.slots = slots;
    }
}

/// Slots of the smallest table.
const FEW: usize = 256;
/// A table of more slots is not worth clearing.
const MANY: usize = 1024;
/// The half of a hash that a slot keeps.
const UPPER: u64 = 0xFFFF_FFFF_0000_0000;

#[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
fn place(hash: u64) -> usize {
    hash as usize
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn lower(slot: u64) -> u32 {
    slot as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distinct_text_has_one_symbol_in_the_order_of_first_sight() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..5_000).map(|i| format!("name-{}", i % 2_500)).collect();
        let symbols: Vec<u32> = texts.iter().map(|text| names.intern(text).0).collect();
        assert!(symbols.iter().zip((0..2_500).chain(0..2_500)).all(|(a, b)| *a == b));
        assert_eq!(names.len(), 2_500);
        let known = names.take();
        assert!(
            (0..).zip(texts.get(..2_500).unwrap()).all(|(at, text)| known.get(Symbol(at)) == text)
        );
        assert_eq!((names.len(), known.get(Symbol(2_500))), (0, ""));
        assert_eq!(names.intern("name-7"), Symbol(0));
    }

    #[test]
    fn texts_that_share_a_beginning_differ() {
        let mut names = Names::default();
        let texts = ["", "\0", "\0\0", "a", "a\0", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab"];
        let symbols: Vec<u32> = texts.iter().map(|text| names.intern(text).0).collect();
        assert_eq!(symbols, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
