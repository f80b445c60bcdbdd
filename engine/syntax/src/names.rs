//! Names and literals of a tree, each named by a [`Symbol`]: a place in the source, or a text of its own where the source says it
//! with escapes. Names are interned: one symbol a distinct name.

use crate::Symbol;
use crate::arena::{ROOM, index, taken};
use std::hash::{BuildHasher, RandomState};

/// Where the text of a symbol stands.
#[derive(Clone, Copy, Debug)]
enum Text {
    /// In the source.
    Written(u32, u32),
    /// Among the texts that the source spells otherwise.
    Decoded(u32, u32),
}

impl Text {
    /// The text's bytes: no look at where characters start.
    fn bytes<'a>(self, source: &'a [u8], decoded: &'a str) -> &'a [u8] {
        let (all, start, end) = match self {
            Self::Written(start, end) => (source, start, end),
            Self::Decoded(start, end) => (decoded.as_bytes(), start, end),
        };
        all.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Texts by symbol.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    all: Box<[Text]>,
    decoded: Box<str>,
}

impl Texts {
    /// A symbol's text; empty when the symbol is of another tree.
    pub(crate) fn get<'a>(&'a self, Symbol(at): Symbol, source: &'a str) -> &'a str {
        let text = match self.all.get(at as usize) {
            Some(Text::Written(start, end)) => source.get(*start as usize..*end as usize),
            Some(Text::Decoded(start, end)) => self.decoded.get(*start as usize..*end as usize),
            None => None,
        };
        text.unwrap_or("")
    }
}

/// Texts under construction, in the order of first sight, with a table to find names again.
#[derive(Debug)]
pub(crate) struct Names {
    all: Vec<Text>,
    decoded: String,
    /// Open addressing; as long as a power of two.
    slots: Vec<Slot>,
    /// Marks the slots of this text; others are free: nothing has to be cleared between two texts.
    round: u32,
    /// How many slots are taken.
    taken: usize,
    /// How far a hash is shifted for the place in the table.
    shift: u32,
    /// Random and odd, so that nobody can prepare colliding names.
    keys: [u64; 2],
}

/// A name that was seen, so that most are found without a look at the text.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// A name of up to sixteen bytes; of a longer one hashes of its parts.
    name: [u64; 2],
    /// The round, and below it the length, if it is short.
    mark: u32,
    symbol: u32,
}

impl Default for Names {
    fn default() -> Self {
        let random = RandomState::new();
        Self {
            all: Vec::new(),
            decoded: String::new(),
            slots: Vec::new(),
            round: ROUND,
            taken: 0,
            shift: 0,
            keys: [random.hash_one(0_u8) | 1, random.hash_one(1_u8) | 1],
        }
    }
}

impl Names {
    /// The symbol of the name that stands in the source from `start` up to `end`.
    #[inline]
    pub(crate) fn written(&mut self, source: &[u8], start: u32, end: u32) -> Symbol {
        let length = end - start;
        let chunk = source.get(start as usize..).and_then(<[u8]>::first_chunk::<SHORT>);
        let Some(chunk) = chunk.filter(|_| length <= SHORT_LENGTH) else {
            return self.written_anyhow(source, start, end);
        };
        // Most names are short, and stand in the first slot that they could stand in, or it is free.
        let name = short(chunk, length);
        let mark = self.round | length;
        let at = self.at(name);
        match self.slots.get_mut(at) {
            Some(slot) if slot.mark == mark && slot.name == name => Symbol(slot.symbol),
            Some(slot) if slot.mark < self.round => {
                *slot = Slot { name, mark, symbol: index(self.all.len()) };
                self.settle_written(start, end)
            }
            _ => self.written_anyhow(source, start, end),
        }
    }

    #[inline(never)]
    fn written_anyhow(&mut self, source: &[u8], start: u32, end: u32) -> Symbol {
        let text = source.get(start as usize..end as usize).unwrap_or_default();
        match self.find(source, text) {
            Some(symbol) => symbol,
            None => self.settle_written(start, end),
        }
    }

    /// The symbol of a name that the source does not spell as it is.
    pub(crate) fn decoded(&mut self, source: &[u8], text: &str) -> Symbol {
        if let Some(symbol) = self.find(source, text.as_bytes()) {
            return symbol;
        }
        let place = self.place(text);
        self.settle(place)
    }

    /// A symbol for a text that stands in the source. Texts are not interned.
    pub(crate) fn written_text(&mut self, start: u32, end: u32) -> Symbol {
        self.push(Text::Written(start, end))
    }

    /// A symbol for a text that the source does not spell as it is.
    pub(crate) fn decoded_text(&mut self, text: &str) -> Symbol {
        let place = self.place(text);
        self.push(place)
    }

    fn place(&mut self, text: &str) -> Text {
        let start = index(self.decoded.len());
        self.decoded.push_str(text);
        Text::Decoded(start, index(self.decoded.len()))
    }

    fn push(&mut self, text: Text) -> Symbol {
        let symbol = Symbol(index(self.all.len()));
        self.all.push(text);
        symbol
    }

    /// The symbol that a name has. One that has none gets a slot for the next symbol.
    fn find(&mut self, source: &[u8], text: &[u8]) -> Option<Symbol> {
        let name = self.words(text);
        let wanted = self.round | u32::min(index(text.len()), SHORT_LENGTH + 1);
        let mut at = self.at(name);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.mark == wanted && slot.name == name {
                let symbol = slot.symbol;
                let known = self.all.get(symbol as usize);
                let is = |known: &Text| known.bytes(source, &self.decoded) == text;
                if text.len() <= SHORT || known.is_some_and(is) {
                    return Some(Symbol(symbol));
                }
            } else if slot.mark < self.round {
                *slot = Slot { name, mark: wanted, symbol: index(self.all.len()) };
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.grow();
        self.find(source, text)
    }

    #[inline(never)]
    fn settle_written(&mut self, start: u32, end: u32) -> Symbol {
        self.settle(Text::Written(start, end))
    }

    /// The symbol of a name that just got a slot.
    fn settle(&mut self, text: Text) -> Symbol {
        self.taken += 1;
        if self.taken * 4 > self.slots.len() * 3 {
            self.grow();
        }
        self.push(text)
    }

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Copies the texts out, and forgets them.
    pub(crate) fn take(&mut self) -> Texts {
        if self.all.capacity() > ROOM {
            (self.slots, self.round) = (Vec::new(), ROUND);
        }
        let texts = Texts { all: taken(&mut self.all), decoded: self.decoded.as_str().into() };
        self.decoded.clear();
        self.decoded.shrink_to(ROOM);
        self.taken = 0;
        match self.round.checked_add(ROUND) {
            Some(next) if self.slots.len() <= MANY => self.round = next,
            _ => (self.slots, self.round) = (Vec::new(), ROUND),
        }
        texts
    }

    /// The two words of a name.
    fn words(&self, name: &[u8]) -> [u64; 2] {
        match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) if name.len() > SHORT => {
                let mut words = [self.hash(halves(first)), self.hash(halves(last))];
                let between = name.get(SHORT..name.len() - SHORT).unwrap_or_default();
                for chunk in between.as_chunks().0 {
                    let [low, high] = words;
                    words = [high, low.rotate_left(29) ^ self.hash(halves(chunk))];
                }
                words
            }
            _ => {
                let mut chunk = [0; SHORT];
                chunk.iter_mut().zip(name).for_each(|(to, from)| *to = *from);
                short(&chunk, index(name.len()))
            }
        }
    }

    /// Multiplications carry upwards: the upper bits are the good ones.
    fn hash(&self, [low, high]: [u64; 2]) -> u64 {
        let [first, second] = self.keys;
        low.wrapping_mul(first).wrapping_add(high.wrapping_mul(second))
    }

    /// Where in the table a name is looked for first.
    #[expect(clippy::cast_possible_truncation, reason = "few bits are left")]
    fn at(&self, name: [u64; 2]) -> usize {
        (self.hash(name) >> self.shift) as usize
    }

    /// Makes the table, or makes it twice as large.
    #[cold]
    fn grow(&mut self) {
        let size = usize::max(FEW, self.slots.len() * 2);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        self.shift = 64 - size.trailing_zeros();
        for slot in old.into_iter().filter(|slot| slot.mark >= self.round) {
            let mut at = self.at(slot.name);
            while self.slots.get(at).is_some_and(|other| other.mark >= self.round) {
                at = (at + 1) & (size - 1);
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

/// A name of so many bytes is compared as two words.
const SHORT: usize = 16;
/// The same as a length.
const SHORT_LENGTH: u32 = 16;
/// Slots of the smallest table.
const FEW: usize = 512;
/// A table of more slots is not kept.
const MANY: usize = 1024;
/// Rounds are counted above the bits of a length.
const ROUND: u32 = 32;
#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn lower(wide: u128) -> u64 {
    wide as u64
}

/// Sixteen bytes as two words.
fn halves(chunk: &[u8; SHORT]) -> [u64; 2] {
    let both = u128::from_le_bytes(*chunk);
    [lower(both), lower(both >> 64)]
}

/// The first bytes of sixteen as two words.
fn short(chunk: &[u8; SHORT], length: u32) -> [u64; 2] {
    let kept = u128::MAX.checked_shr(128 - 8 * length).unwrap_or(0);
    let both = u128::from_le_bytes(*chunk) & kept;
    [lower(both), lower(both >> 64)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distinct_name_has_one_symbol_in_the_order_of_first_sight() {
        let mut names = Names::default();
        for round in 0..3 {
            let texts: Vec<String> =
                (0..5_000).map(|i| format!("name-{}-{}", i % 2_500, "x".repeat(i % 17))).collect();
            let distinct: Vec<String> = texts.iter().take(2_500 * 17).cloned().collect();
            let mut source = String::new();
            let mut seen = std::collections::BTreeMap::new();
            for (at, text) in texts.iter().chain(&distinct).enumerate() {
                let start = index(source.len());
                source.push_str(text);
                source.push(' ');
                let end = start + index(text.len());
                let symbol = if at % 3 == round {
                    names.decoded(source.as_bytes(), text)
                } else {
                    names.written(source.as_bytes(), start, end)
                };
                let next = index(seen.len());
                assert_eq!(symbol.0, *seen.entry(text.clone()).or_insert(next), "{text}");
            }
            assert_eq!(names.len(), seen.len());
            let known = names.take();
            for (text, symbol) in seen {
                assert_eq!(known.get(Symbol(symbol), &source), text);
            }
            assert_eq!((names.len(), known.get(Symbol(u32::MAX), &source)), (0, ""));
        }
    }

    #[test]
    fn texts_that_share_a_beginning_differ() {
        let mut names = Names::default();
        let texts = [
            "",
            "\0",
            "\0\0",
            "a",
            "a\0",
            "aaaaaaaa",
            "aaaaaaaaa",
            "aaaaaaaab",
            "aaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaab",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ];
        let symbols: Vec<u32> = texts.iter().map(|text| names.decoded(&[], text).0).collect();
        assert_eq!(symbols, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(names.decoded(&[], "aaaaaaaaaaaaaaaab"), Symbol(10));
    }

    #[test]
    fn literals_have_symbols_of_their_own() {
        let mut names = Names::default();
        let all = [names.written_text(0, 1), names.written_text(0, 1), names.decoded_text("b")];
        assert_eq!(all, [Symbol(0), Symbol(1), Symbol(2)]);
        let texts = names.take();
        assert_eq!(all.map(|symbol| texts.get(symbol, "a")), ["a", "a", "b"]);
    }
}
