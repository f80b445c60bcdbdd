//! Interned strings: each distinct text once, named by a [`Symbol`].

use crate::Symbol;
use ecow::EcoString;
use std::hash::{BuildHasher, RandomState};

/// An odd constant with well-mixed bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Gives each distinct text one symbol, in the order of first sight.
#[derive(Debug)]
pub(crate) struct Names {
    texts: Vec<EcoString>,
    /// Open addressing; a slot holds the upper half of a hash and, below, index + 1; or 0.
    slots: Vec<u64>,
    /// Random, so that nobody can prepare colliding names.
    key: u64,
}

impl Default for Names {
    fn default() -> Self {
        Self { texts: Vec::new(), slots: Vec::new(), key: RandomState::new().hash_one(0_u8) | 1 }
    }
}

impl Names {
    /// The symbol of `text`.
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        if self.texts.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = self.hash(text);
        let mask = self.slots.len() - 1;
        let mut at = place(hash) & mask;
        loop {
            match self.slots.get_mut(at) {
                Some(slot @ 0) => {
                    let index = u32::try_from(self.texts.len()).unwrap_or(u32::MAX - 1);
                    *slot = (hash & UPPER) | u64::from(index + 1);
                    self.texts.push(EcoString::from(text));
                    return Symbol(index);
                }
                Some(slot) if (*slot ^ hash) & UPPER == 0 => {
                    let index = lower(*slot) - 1;
                    if self.texts.get(index as usize).is_some_and(|known| known == text) {
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
        self.texts.len()
    }

    /// The texts, by symbol.
    pub(crate) fn into_texts(self) -> Vec<EcoString> {
        self.texts
    }

    /// Eight bytes at a step, folded by a widening multiplication with the key.
    fn hash(&self, text: &str) -> u64 {
        let (words, tail) = text.as_bytes().as_chunks::<8>();
        let mut hash = self.key ^ text.len() as u64;
        for word in words {
            hash = self.fold(hash ^ u64::from_le_bytes(*word)).wrapping_add(SPREAD);
        }
        let last = tail.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        self.fold(self.fold(hash ^ last) ^ SPREAD)
    }

    #[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
    fn fold(&self, word: u64) -> u64 {
        let wide = u128::from(word) * u128::from(self.key);
        (wide as u64) ^ ((wide >> 64) as u64)
    }

    /// Makes the table four times as large. A slot knows only half of its hash, so texts are hashed again.
    fn grow(&mut self) {
        let size = usize::max(64, self.slots.len() * 4);
        let mut slots = vec![0; size];
        for (index, text) in (1_u32..).zip(&self.texts) {
            let hash = self.hash(text);
            let mut at = place(hash) & (size - 1);
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = (hash & UPPER) | u64::from(index);
            }
        }
        self.slots = slots;
    }
}

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
        assert_eq!(names.into_texts(), texts.get(..2_500).unwrap());
    }

    #[test]
    fn texts_that_share_a_beginning_differ() {
        let mut names = Names::default();
        let texts = ["", "\0", "\0\0", "a", "a\0", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab"];
        let symbols: Vec<u32> = texts.iter().map(|text| names.intern(text).0).collect();
        assert_eq!(symbols, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
