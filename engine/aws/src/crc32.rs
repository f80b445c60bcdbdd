//! CRC-32 (IEEE 802.3), which Terraform's provider builds the ids of routes and security group rules from, and
//! which S3 checks requests by.

/// The checksum of a text.
pub(crate) fn crc32(text: &str) -> u32 {
    !text.bytes().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| match crc & 1 {
            0 => crc >> 1,
            _ => (crc >> 1) ^ 0xEDB8_8320,
        })
    })
}

#[cfg(test)]
mod tests {
    /// The check value of the standard, and the id that Terraform 1.11.4 gives the default route.
    #[test]
    fn known_sums() {
        assert_eq!(super::crc32("123456789"), 0xCBF4_3926);
        assert_eq!(super::crc32("0.0.0.0/0"), 1_080_289_494);
    }
}
