//! RSA decryption with PKCS #1 v1.5 padding (RFC 8017), and the private key formats that hold an RSA key: PKCS #1, PKCS #8 and
//! OpenSSH. Nothing here guards against timing: the key and the text are the user's own, on the user's machine.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dashu_int::UBig;
use dashu_int::fast_div::ConstDivisor;

/// What decryption needs of a private key.
pub(super) struct Key {
    modulus: UBig,
    exponent: UBig,
    /// Bytes of the modulus.
    length: usize,
}

/// The longest modulus that is taken: 16,384 bits.
const LONGEST: usize = 2048;

impl Key {
    /// Reads an unencrypted private key in PEM.
    pub(super) fn read(pem: &str) -> Result<Self, &'static str> {
        let (kind, bytes) = unwrap_pem(pem).ok_or("it is not a private key in PEM")?;
        let numbers = match kind {
            "RSA PRIVATE KEY" => pkcs1(&bytes),
            "PRIVATE KEY" => pkcs8(&bytes),
            "OPENSSH PRIVATE KEY" => openssh(&bytes),
            "ENCRYPTED PRIVATE KEY" => return Err("a key with a passphrase cannot be used"),
            _ => return Err("it is not an RSA key"),
        };
        let (modulus, exponent) = numbers.ok_or("it is not an RSA key that can be read")?;
        let trimmed = modulus.len() - modulus.iter().take_while(|b| **b == 0).count();
        if !(11..=LONGEST).contains(&trimmed) {
            return Err("its modulus is of no sensible length");
        }
        let (modulus, exponent) = (UBig::from_be_bytes(modulus), UBig::from_be_bytes(exponent));
        Ok(Self { modulus, exponent, length: trimmed })
    }

    /// Decrypts and takes the padding off: `00 02`, at least eight bytes that are not zero, `00`, the text.
    pub(super) fn decrypt(&self, cipher: &[u8]) -> Result<Vec<u8>, &'static str> {
        let wrong = "it cannot be decrypted with this key";
        let number = UBig::from_be_bytes(cipher);
        if cipher.len() != self.length || number >= self.modulus {
            return Err(wrong);
        }
        let ring = ConstDivisor::new(self.modulus.clone());
        let plain = ring.reduce(number).pow(&self.exponent).residue();
        let bytes = plain.to_be_bytes();
        let padded = bytes.strip_prefix(&[2]).filter(|_| bytes.len() + 1 == self.length);
        let padded = padded.ok_or(wrong)?;
        let end = padded.iter().position(|b| *b == 0).filter(|end| *end >= 8).ok_or(wrong)?;
        Ok(padded.get(end + 1..).unwrap_or_default().to_vec())
    }
}

/// The kind of a PEM block and its bytes.
fn unwrap_pem(pem: &str) -> Option<(&str, Vec<u8>)> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (kind, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    // A header such as `Proc-Type` stands for encryption: its colons are no base64.
    let text: String = body.split_whitespace().collect();
    Some((kind, BASE64_STANDARD.decode(text).ok()?))
}

type Numbers<'a> = (&'a [u8], &'a [u8]);

/// `SEQUENCE { version, modulus, public exponent, private exponent, … }`
fn pkcs1(bytes: &[u8]) -> Option<Numbers<'_>> {
    let (_, sequence, _) = element(bytes, 0x30)?;
    let (_, _, rest) = element(sequence, 0x02)?;
    let (_, modulus, rest) = element(rest, 0x02)?;
    let (_, _, rest) = element(rest, 0x02)?;
    let (_, exponent, _) = element(rest, 0x02)?;
    Some((modulus, exponent))
}

/// `SEQUENCE { version, algorithm, OCTET STRING { PKCS #1 } }`
fn pkcs8(bytes: &[u8]) -> Option<Numbers<'_>> {
    let (_, sequence, _) = element(bytes, 0x30)?;
    let (_, _, rest) = element(sequence, 0x02)?;
    let (_, algorithm, rest) = element(rest, 0x30)?;
    let (_, object, _) = element(algorithm, 0x06)?;
    // rsaEncryption, 1.2.840.113549.1.1.1
    if object != [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01] {
        return None;
    }
    let (_, key, _) = element(rest, 0x04)?;
    pkcs1(key)
}

/// A DER element of a tag: tag, contents, what follows.
fn element(bytes: &[u8], tag: u8) -> Option<(u8, &[u8], &[u8])> {
    let [found, length, rest @ ..] = bytes else { return None };
    if *found != tag {
        return None;
    }
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
        let fits = digits.len() <= 4;
        let length = digits.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
        (fits.then_some(length)?, rest)
    };
    let (contents, rest) = rest.split_at_checked(length)?;
    Some((*found, contents, rest))
}

/// `openssh-key-v1`: names of cipher and derivation (both `none`), one public key, one private key.
fn openssh(bytes: &[u8]) -> Option<Numbers<'_>> {
    let rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
    let (cipher, rest) = field(rest)?;
    let (_, rest) = field(rest)?;
    let (_, rest) = field(rest)?;
    let rest = rest.strip_prefix(&[0, 0, 0, 1])?;
    let (_, rest) = field(rest)?;
    let (private, _) = field(rest)?;
    if cipher != b"none" {
        return None;
    }
    let (_, rest) = private.split_at_checked(8)?;
    let (kind, rest) = field(rest)?;
    let (modulus, rest) = field(rest)?;
    let (_, rest) = field(rest)?;
    let (exponent, _) = field(rest)?;
    (kind == b"ssh-rsa").then_some((modulus, exponent))
}

/// A field with its length before it.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
