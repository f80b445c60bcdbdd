//! Finding repeats: hash chains over four bytes with lazy matching, at the settings of Go's level 6.

/// How far back a repeat may lie.
const WINDOW: usize = 1 << 15;
/// The shortest repeat that is looked for, and the longest that is used.
const SHORTEST: usize = 4;
const LONGEST: usize = 258;
/// From this length on only a quarter of the chain is searched.
const GOOD: usize = 8;
/// From this length on no better match is looked for one byte later.
const LAZY: usize = 16;
/// A match of this length ends the search.
const NICE: usize = 128;
/// How many candidates are tried.
const CHAIN: usize = 128;
/// Tokens a block.
const BLOCK: usize = 1 << 14;
const HASH_BITS: u32 = 17;

/// A byte, or a repeat of `length` bytes from `distance` back.
#[derive(Clone, Copy)]
pub(super) enum Token {
    Literal(u8),
    Match { length: usize, distance: usize },
}

/// Tokens that are coded together, and the bytes they stand for where those are still at hand.
pub(super) struct Block<'a> {
    pub(super) tokens: Vec<Token>,
    pub(super) bytes: Option<&'a [u8]>,
}

/// Cuts data into blocks of tokens.
pub(super) fn blocks(data: &[u8]) -> Vec<Block<'_>> {
    let mut finder = Finder {
        data,
        heads: vec![0; 1 << HASH_BITS],
        previous: vec![0; WINDOW],
        base: 0,
        end: 0,
        index: 0,
        chain: 0,
        length: SHORTEST - 1,
        distance: 0,
        pending: false,
        start: Some(0),
        tokens: Vec::new(),
        blocks: Vec::new(),
    };
    while finder.end < data.len() {
        finder.run(false);
        finder.fill();
    }
    finder.run(true);
    finder.blocks
}

struct Finder<'a> {
    data: &'a [u8],
    /// The last place of each hash, and the one before each place; counted from one, zero is none.
    heads: Vec<usize>,
    previous: Vec<usize>,
    /// The window holds `base..end`; it moves on by halves.
    base: usize,
    end: usize,
    index: usize,
    /// Where the search for the current bytes starts.
    chain: usize,
    /// The match found at the byte before.
    length: usize,
    distance: usize,
    /// The byte before is not written yet.
    pending: bool,
    /// Where the block starts, while the window holds it.
    start: Option<usize>,
    tokens: Vec<Token>,
    blocks: Vec<Block<'a>>,
}

impl Finder<'_> {
    /// Takes as many bytes in as the window has room for.
    fn fill(&mut self) {
        if self.index - self.base >= 2 * WINDOW - (SHORTEST + LONGEST) {
            self.base += WINDOW;
            self.start = self.start.filter(|start| *start >= self.base);
        }
        self.end = self.data.len().min(self.base + 2 * WINDOW);
    }

    fn byte(&self, at: usize) -> u8 {
        self.data.get(at).copied().unwrap_or(0)
    }

    fn hash(&self, at: usize) -> usize {
        let word = (0..4).fold(0u32, |word, i| word << 8 | u32::from(self.byte(at + i)));
        let hash = word.wrapping_mul(0x1e35_a7bd) >> (32 - HASH_BITS);
        usize::try_from(hash).unwrap_or(0)
    }

    /// Enters a place into its chain; the place before it in the chain.
    fn insert(&mut self, at: usize) -> usize {
        let hash = self.hash(at);
        let mut before = at + 1;
        if let Some(head) = self.heads.get_mut(hash) {
            std::mem::swap(head, &mut before);
        }
        if let Some(slot) = self.previous.get_mut(at % WINDOW) {
            *slot = before;
        }
        before
    }

    /// Works as far as enough bytes lie ahead, or to the end.
    fn run(&mut self, to_end: bool) {
        let last_insert = (self.end + 1).saturating_sub(SHORTEST);
        loop {
            let ahead = self.end - self.index;
            if ahead < SHORTEST + LONGEST && !to_end {
                return;
            }
            if ahead == 0 {
                if std::mem::take(&mut self.pending) {
                    self.tokens.push(Token::Literal(self.byte(self.index - 1)));
                }
                self.close(self.index);
                return;
            }
            if self.index < last_insert {
                self.chain = self.insert(self.index);
            }
            let (before, distance) = (self.length, self.distance);
            (self.length, self.distance) = (SHORTEST - 1, 0);
            let least = self.index.saturating_sub(WINDOW).max(self.base);
            if self.chain > least && ahead > before && before < LAZY {
                self.search(ahead);
            }
            if before >= SHORTEST && self.length <= before {
                self.tokens.push(Token::Match { length: before, distance });
                let next = self.index + before - 1;
                for at in self.index + 1..next {
                    if at < last_insert {
                        self.insert(at);
                    }
                }
                self.index = next;
                self.pending = false;
                self.length = SHORTEST - 1;
                self.close_full(self.index);
            } else {
                if self.pending {
                    self.tokens.push(Token::Literal(self.byte(self.index - 1)));
                    self.close_full(self.index);
                }
                self.index += 1;
                self.pending = true;
            }
        }
    }

    /// Looks for the longest match along the chain; far ones must be longer to count.
    fn search(&mut self, ahead: usize) {
        let position = self.index;
        let most = ahead.min(LONGEST);
        let nice = most.min(NICE);
        let mut at = self.chain - 1;
        let mut tries = if self.length >= GOOD { CHAIN >> 2 } else { CHAIN };
        while tries > 0 {
            tries -= 1;
            if self.byte(position + self.length) == self.byte(at + self.length) {
                let length = self.common(at, position, most);
                if length > self.length && (length > SHORTEST || position - at <= 4096) {
                    (self.length, self.distance) = (length, position - at);
                    if length >= nice {
                        return;
                    }
                }
            }
            if at + WINDOW == position {
                return;
            }
            let next = self.previous.get(at % WINDOW).copied().unwrap_or(0);
            if next == 0 || next - 1 < self.base || next - 1 + WINDOW < position {
                return;
            }
            at = next - 1;
        }
    }

    fn common(&self, a: usize, b: usize, most: usize) -> usize {
        (0..most).take_while(|i| self.byte(a + i) == self.byte(b + i)).count()
    }

    fn close_full(&mut self, end: usize) {
        if self.tokens.len() == BLOCK {
            self.close(end);
        }
    }

    fn close(&mut self, end: usize) {
        if !self.tokens.is_empty() {
            let tokens = std::mem::take(&mut self.tokens);
            let bytes = self.start.and_then(|start| self.data.get(start..end));
            self.blocks.push(Block { tokens, bytes });
        }
        self.start = Some(end);
    }
}
