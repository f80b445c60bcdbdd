//! Character encodings by their IANA names.

use encoding_rs::{DecoderResult, EncoderResult};

/// An encoding that text can be written in.
pub(super) enum Encoding {
    Utf8,
    Utf16 {
        big: bool,
        mark: bool,
    },
    /// ISO-8859-1: the first 256 characters, as bytes. The web's table takes it for windows-1252.
    Latin1,
    Ascii,
    Table(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// Finds an encoding by its IANA name or an alias, in any case.
    pub(super) fn find(name: &str) -> Result<Self, String> {
        let lower = name.to_ascii_lowercase();
        Ok(match lower.as_str() {
            "utf-8" | "csutf8" => Self::Utf8,
            "utf-16" | "csutf16" => Self::Utf16 { big: true, mark: true },
            "utf-16be" | "csutf16be" => Self::Utf16 { big: true, mark: false },
            "utf-16le" | "csutf16le" => Self::Utf16 { big: false, mark: false },
            "iso-8859-1" | "iso_8859-1" | "iso_8859-1:1987" | "latin1" | "l1" | "cp819"
            | "ibm819" | "iso-ir-100" | "csisolatin1" => Self::Latin1,
            "us-ascii" | "ascii" | "iso646-us" | "iso-ir-6" | "ansi_x3.4-1968" | "us"
            | "csascii" | "cp367" | "ibm367" => Self::Ascii,
            _ => {
                let found = encoding_rs::Encoding::for_label_no_replacement(lower.as_bytes());
                Self::Table(found.ok_or_else(|| format!("there is no encoding `{name}`"))?)
            }
        })
    }

    /// The bytes of a text; none when a character has none.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Utf16 { big, mark } => {
                let mark = mark.then_some(0xfeff);
                let units = mark.into_iter().chain(text.encode_utf16());
                let bytes = |unit: u16| if *big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                Some(units.flat_map(bytes).collect())
            }
            Self::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
            Self::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Self::Table(encoding) => {
                let mut encoder = encoding.new_encoder();
                let most = encoder.max_buffer_length_from_utf8_without_replacement(text.len())?;
                let mut out = Vec::with_capacity(most);
                let (result, _) =
                    encoder.encode_from_utf8_to_vec_without_replacement(text, &mut out, true);
                matches!(result, EncoderResult::InputEmpty).then_some(out)
            }
        }
    }

    /// The text of some bytes; none when they are not of this encoding.
    pub(super) fn decode(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Self::Utf16 { big, mark } => utf16(bytes, *big, *mark),
            Self::Latin1 => Some(bytes.iter().map(|b| char::from(*b)).collect()),
            Self::Ascii => bytes.is_ascii().then(|| bytes.iter().map(|b| char::from(*b)).collect()),
            Self::Table(encoding) => {
                let mut decoder = encoding.new_decoder_without_bom_handling();
                let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len())?;
                let mut out = String::with_capacity(most);
                let (result, _) =
                    decoder.decode_to_string_without_replacement(bytes, &mut out, true);
                matches!(result, DecoderResult::InputEmpty).then_some(out)
            }
        }
    }
}

/// A mark at the start, where one is expected, decides which byte comes first.
fn utf16(bytes: &[u8], big: bool, mark: bool) -> Option<String> {
    let (big, bytes) = match bytes {
        [0xfe, 0xff, rest @ ..] if mark => (true, rest),
        [0xff, 0xfe, rest @ ..] if mark => (false, rest),
        _ => (big, bytes),
    };
    let (pairs, odd) = bytes.as_chunks::<2>();
    let unit =
        |pair: &[u8; 2]| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
    let units: Vec<u16> = pairs.iter().map(unit).collect();
    String::from_utf16(&units).ok().filter(|_| odd.is_empty())
}
