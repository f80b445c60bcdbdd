//! Huffman codes of limited length.

/// A code for each symbol: its bits, ready to be written, and how many.
#[derive(Clone, Debug, Default)]
pub(super) struct Code {
    pub(super) words: Vec<(u16, u32)>,
}

/// A symbol and how often it occurs.
#[derive(Clone, Copy)]
struct Leaf {
    symbol: usize,
    count: u64,
}

const NEVER: u64 = u64::MAX;

impl Code {
    /// The best code for these counts with no word longer than `longest` bits. Among equally good ones it is Go's: symbols that
    /// occur equally often are taken in order.
    pub(super) fn of(counts: &[u64], longest: usize) -> Self {
        let mut words = vec![(0, 0); counts.len()];
        let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut leaves: Vec<Leaf> =
            used.map(|(symbol, count)| Leaf { symbol, count: *count }).collect();
        if leaves.len() <= 2 {
            for (word, leaf) in (0u16..).zip(&leaves) {
                if let Some(slot) = words.get_mut(leaf.symbol) {
                    *slot = (word, 1);
                }
            }
            return Self { words };
        }
        leaves.sort_by_key(|leaf| (leaf.count, leaf.symbol));
        let mut word = 0u16;
        for (bits, number) in (1u32..).zip(lengths(&leaves, longest)) {
            word <<= 1;
            let rest = leaves.len().saturating_sub(number);
            let mut symbols: Vec<usize> = leaves.drain(rest..).map(|leaf| leaf.symbol).collect();
            symbols.sort_unstable();
            for symbol in symbols {
                if let Some(slot) = words.get_mut(symbol) {
                    *slot = (word.reverse_bits() >> (16 - bits), bits);
                }
                word += 1;
            }
        }
        Self { words }
    }

    /// The code that needs no table (RFC 1951, 3.2.6).
    pub(super) fn fixed_literals() -> Self {
        let word = |symbol: u16| match symbol {
            0..144 => (symbol + 0x30, 8),
            144..256 => (symbol + 400 - 144, 9),
            256..280 => (symbol - 256, 7),
            _ => (symbol + 192 - 280, 8),
        };
        let words = (0..286).map(word);
        Self {
            words: words.map(|(word, bits)| (word.reverse_bits() >> (16 - bits), bits)).collect(),
        }
    }

    /// Five bits a distance.
    pub(super) fn fixed_distances() -> Self {
        Self { words: (0u16..30).map(|word| (word.reverse_bits() >> 11, 5)).collect() }
    }

    /// How many bits a symbol takes.
    pub(super) fn bits(&self, symbol: usize) -> u32 {
        self.words.get(symbol).map_or(0, |(_, bits)| *bits)
    }

    /// How many bits all symbols take.
    pub(super) fn size(&self, counts: &[u64]) -> u64 {
        let bits = self.words.iter().map(|(_, bits)| u64::from(*bits));
        counts.iter().zip(bits).map(|(count, bits)| count * bits).sum()
    }
}

/// One row of the package-merge table: items are leaves or pairs of the row below.
#[derive(Clone, Default)]
struct Row {
    last: u64,
    next_leaf: u64,
    next_pair: u64,
    needed: usize,
    /// Leaves used in this row and in those below, up to the last item.
    leaves: Vec<usize>,
}

/// How many words there are of each length, from one bit up: package-merge, as Larmore and Hirschberg describe it, with only the last
/// item of each row kept.
fn lengths(leaves: &[Leaf], longest: usize) -> Vec<usize> {
    let count = |at: usize| leaves.get(at).map_or(NEVER, |leaf| leaf.count);
    let top = longest.min(leaves.len() - 1);
    let mut rows: Vec<Row> = (0..=top)
        .map(|level| {
            let mut used = vec![0; top + 1];
            if let Some(own) = used.get_mut(level).filter(|_| level > 0) {
                *own = 2;
            }
            Row {
                last: count(1),
                next_leaf: count(2),
                next_pair: if level <= 1 { NEVER } else { count(0) + count(1) },
                needed: 0,
                leaves: used,
            }
        })
        .collect();
    if let Some(row) = rows.get_mut(top) {
        row.needed = 2 * leaves.len() - 4;
    }
    let mut level = top;
    while let Some(row) = rows.get(level) {
        if row.next_pair == NEVER && row.next_leaf == NEVER {
            // Neither leaves nor pairs are left: this row is done for good.
            if let Some(row) = rows.get_mut(level) {
                row.needed = 0;
            }
            level += 1;
            if let Some(above) = rows.get_mut(level) {
                above.next_pair = NEVER;
            }
            continue;
        }
        let (before, below) = (row.last, rows.get(level - 1).map(|below| below.leaves.clone()));
        let takes_leaf = row.next_leaf < row.next_pair;
        let Some(row) = rows.get_mut(level) else { break };
        if takes_leaf {
            row.last = row.next_leaf;
            if let Some(own) = row.leaves.get_mut(level) {
                *own += 1;
                row.next_leaf = count(*own);
            }
        } else {
            row.last = row.next_pair;
            for (mine, theirs) in row.leaves.iter_mut().zip(below.unwrap_or_default()).take(level) {
                *mine = theirs;
            }
        }
        row.needed = row.needed.saturating_sub(1);
        let (needed, pair) = (row.needed, before.saturating_add(row.last));
        if !takes_leaf && let Some(below) = rows.get_mut(level - 1) {
            below.needed = 2;
        }
        if needed == 0 {
            if level == top {
                break;
            }
            level += 1;
            if let Some(above) = rows.get_mut(level) {
                above.next_pair = pair;
            }
        } else {
            while level > 1 && rows.get(level - 1).is_some_and(|below| below.needed > 0) {
                level -= 1;
            }
        }
    }
    let used = rows.get(top).map(|row| row.leaves.clone()).unwrap_or_default();
    let mut pairs: Vec<usize> =
        used.array_windows().map(|[below, own]| own.saturating_sub(*below)).collect();
    pairs.reverse();
    pairs
}
