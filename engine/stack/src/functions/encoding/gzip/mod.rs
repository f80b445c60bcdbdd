//! gzip, byte for byte as Go's `compress/gzip` writes it at its default level: the result of `base64gzip` ends up in user data, where
//! another compression of the same text would replace the instance.

mod bits;
mod block;
mod huffman;
mod matches;

use bits::BitWriter;

/// A gzip file without name and time: what Go makes of a write, a flush and a close.
pub(super) fn compress(data: &[u8]) -> Vec<u8> {
    let mut out = BitWriter::new(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
    for block in matches::blocks(data) {
        block::write(&block, &mut out);
    }
    block::write_stored(&[], false, &mut out);
    block::write_stored(&[], true, &mut out);
    let mut out = out.finish();
    out.extend(crc32(data).to_le_bytes());
    let length = u32::try_from(data.len() & 0xffff_ffff).unwrap_or(0);
    out.extend(length.to_le_bytes());
    out
}

/// The checksum of RFC 1952.
fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
