//! Bits, least significant first.

pub(super) struct BitWriter {
    out: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    pub(super) fn new(out: Vec<u8>) -> Self {
        Self { out, pending: 0, count: 0 }
    }

    /// Appends the low `count` bits, at most 32.
    pub(super) fn put(&mut self, bits: u32, count: u32) {
        self.pending |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.push_byte();
        }
    }

    /// Fills the last byte up with zeros.
    pub(super) fn align(&mut self) {
        if self.count > 0 {
            self.push_byte();
            self.count = 0;
        }
    }

    /// Appends whole bytes; align first.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend(bytes);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.align();
        self.out
    }

    fn push_byte(&mut self) {
        self.out.push(u8::try_from(self.pending & 0xff).unwrap_or(0));
        self.pending >>= 8;
        self.count = self.count.saturating_sub(8);
    }
}
