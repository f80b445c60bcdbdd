//! Writing a block: stored, with the fixed code, or with a code of its own, whichever is smallest (RFC 1951).

use super::bits::BitWriter;
use super::huffman::Code;
use super::matches::{Block, Token};

const END: usize = 256;
const FIRST_LENGTH: usize = 257;
/// Where the code lengths of the header stand, most used first.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The symbol of a length, its extra bits and their number.
fn length_symbol(length: usize) -> (usize, u32, u32) {
    if length == 258 {
        return (FIRST_LENGTH + 28, 0, 0);
    }
    let past = length - 3;
    if past < 8 {
        return (FIRST_LENGTH + past, 0, 0);
    }
    let extra = past.ilog2() - 2;
    let group = FIRST_LENGTH + 4 * (extra as usize + 1) + ((past >> extra) & 3);
    (group, low_bits(past, extra), extra)
}

/// The symbol of a distance, its extra bits and their number.
fn distance_symbol(distance: usize) -> (usize, u32, u32) {
    let past = distance - 1;
    if past < 4 {
        return (past, 0, 0);
    }
    let extra = past.ilog2() - 1;
    (2 * (extra as usize + 1) + ((past >> extra) & 1), low_bits(past, extra), extra)
}

fn low_bits(value: usize, count: u32) -> u32 {
    u32::try_from(value & ((1 << count) - 1)).unwrap_or(0)
}

/// Writes bytes as they are; none of them is how a stream is flushed and closed.
pub(super) fn write_stored(bytes: &[u8], last: bool, out: &mut BitWriter) {
    out.put(u32::from(last), 3);
    out.align();
    let length = u16::try_from(bytes.len()).unwrap_or(0);
    out.put(u32::from(length), 16);
    out.put(u32::from(!length), 16);
    out.bytes(bytes);
}

/// Writes a block that others follow.
pub(super) fn write(block: &Block<'_>, out: &mut BitWriter) {
    let (mut literals, mut distances, mut extra) = ([0u64; 286], [0u64; 30], 0u64);
    let count = |counts: &mut [u64], symbol: usize| {
        if let Some(slot) = counts.get_mut(symbol) {
            *slot += 1;
        }
    };
    for token in &block.tokens {
        match *token {
            Token::Literal(byte) => count(&mut literals, usize::from(byte)),
            Token::Match { length, distance } => {
                let ((length, _, a), (distance, _, b)) =
                    (length_symbol(length), distance_symbol(distance));
                count(&mut literals, length);
                count(&mut distances, distance);
                extra += u64::from(a + b);
            }
        }
    }
    count(&mut literals, END);
    let stored = block.bytes.filter(|bytes| bytes.len() < 65_535);
    // The extra bits only matter against a stored block: Go does not count them otherwise.
    let extra = if stored.is_some() { extra } else { 0 };
    let used = |counts: &[u64]| counts.iter().rposition(|count| *count > 0).map_or(0, |at| at + 1);
    if used(&distances) == 0 {
        count(&mut distances, 0);
    }
    let (literal_code, distance_code) = (Code::of(&literals, 15), Code::of(&distances, 15));
    let header = Header::of(&literal_code, used(&literals), &distance_code, used(&distances));

    let (fixed_literals, fixed_distances) = (Code::fixed_literals(), Code::fixed_distances());
    // Distances that only stand in for none do not occur in a block with the fixed code, but Go counts them.
    let fixed_size = 3 + fixed_literals.size(&literals) + fixed_distances.size(&distances) + extra;
    let own_size =
        header.size() + literal_code.size(&literals) + distance_code.size(&distances) + extra;
    let size = fixed_size.min(own_size);
    if let Some(bytes) = stored
        && (bytes.len() as u64 + 5) * 8 < size
    {
        write_stored(bytes, false, out);
        return;
    }
    if own_size < fixed_size {
        header.write(out);
        write_tokens(&block.tokens, &literal_code, &distance_code, out);
    } else {
        out.put(2, 3);
        write_tokens(&block.tokens, &fixed_literals, &fixed_distances, out);
    }
}

fn write_tokens(tokens: &[Token], literals: &Code, distances: &Code, out: &mut BitWriter) {
    let put = |code: &Code, symbol: usize, out: &mut BitWriter| {
        if let Some((word, bits)) = code.words.get(symbol) {
            out.put(u32::from(*word), *bits);
        }
    };
    for token in tokens {
        match *token {
            Token::Literal(byte) => put(literals, usize::from(byte), out),
            Token::Match { length, distance } => {
                let (symbol, bits, count) = length_symbol(length);
                put(literals, symbol, out);
                out.put(bits, count);
                let (symbol, bits, count) = distance_symbol(distance);
                put(distances, symbol, out);
                out.put(bits, count);
            }
        }
    }
    put(literals, END, out);
}

/// The code lengths of a block's own code, in runs, with a code of their own.
struct Header {
    literals: usize,
    distances: usize,
    /// A length, or 16 to 18 for a run, with the run's extra bits.
    runs: Vec<(usize, u32)>,
    counts: [u64; 19],
    code: Code,
    /// How many of [`ORDER`] are written.
    lengths: usize,
}

impl Header {
    fn of(literal_code: &Code, literals: usize, distance_code: &Code, distances: usize) -> Self {
        let sizes = (0..literals).map(|symbol| literal_code.bits(symbol));
        let sizes: Vec<u32> =
            sizes.chain((0..distances).map(|symbol| distance_code.bits(symbol))).collect();
        let mut runs = Vec::new();
        for run in sizes.chunk_by(|a, b| a == b) {
            let size = run.first().map_or(0, |size| *size as usize);
            let mut left = run.len();
            if size != 0 {
                runs.push((size, 0));
                left -= 1;
            }
            let (kind, least, most) = if size == 0 { (18, 11, 138) } else { (16, 3, 6) };
            while left >= least {
                let taken = left.min(most);
                runs.push((kind, u32::try_from(taken - least).unwrap_or(0)));
                left -= taken;
            }
            if size == 0 && left >= 3 {
                runs.push((17, u32::try_from(left - 3).unwrap_or(0)));
                left = 0;
            }
            runs.extend(std::iter::repeat_n((size, 0), left));
        }
        let mut counts = [0; 19];
        for (symbol, _) in &runs {
            if let Some(slot) = counts.get_mut(*symbol) {
                *slot += 1;
            }
        }
        let code = Code::of(&counts, 7);
        let unused = |symbol: &&usize| counts.get(**symbol).is_none_or(|count| *count == 0);
        let lengths = (19 - ORDER.iter().rev().take_while(unused).count()).max(4);
        Self { literals, distances, runs, counts, code, lengths }
    }

    fn extra_bits(symbol: usize) -> u32 {
        match symbol {
            16 => 2,
            17 => 3,
            18 => 7,
            _ => 0,
        }
    }

    fn size(&self) -> u64 {
        let extra: u64 =
            (0..).zip(self.counts).map(|(symbol, n)| u64::from(Self::extra_bits(symbol)) * n).sum();
        3 + 5 + 5 + 4 + 3 * self.lengths as u64 + self.code.size(&self.counts) + extra
    }

    fn write(&self, out: &mut BitWriter) {
        let small = |n: usize| u32::try_from(n).unwrap_or(0);
        out.put(4, 3);
        out.put(small(self.literals - 257), 5);
        out.put(small(self.distances - 1), 5);
        out.put(small(self.lengths - 4), 4);
        for symbol in ORDER.iter().take(self.lengths) {
            out.put(self.code.bits(*symbol), 3);
        }
        for (symbol, extra) in &self.runs {
            if let Some((word, bits)) = self.code.words.get(*symbol) {
                out.put(u32::from(*word), *bits);
            }
            out.put(*extra, Self::extra_bits(*symbol));
        }
    }
}
