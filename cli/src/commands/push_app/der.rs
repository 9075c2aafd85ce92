//! As much of DER as tells which kind of private key a PKCS#8 file holds.
//! Source: RFC 5208, section 5; RFC 5480, section 2.1.1; RFC 8017, appendix A.1.

/// The algorithm of a key, and the curve, as the object identifiers that name them.
pub(super) type Kind = &'static [&'static [u8]];

/// `rsaEncryption`.
pub(super) const RSA: Kind = &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]];

/// `id-ecPublicKey` on `prime256v1`.
pub(super) const P256: Kind = &[
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
];

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// Whether the bytes are a private key of this kind.
pub(super) fn is_key_of(bytes: &[u8], kind: Kind) -> bool {
    identifiers(bytes).is_some_and(|found| found == kind)
}

/// What names a key's kind; none if the bytes are no private key.
fn identifiers(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let (key, []) = element(bytes, SEQUENCE)? else { return None };
    let (_version, rest) = element(key, INTEGER)?;
    let (mut algorithm, rest) = element(rest, SEQUENCE)?;
    let (secret, _attributes) = element(rest, OCTETS)?;
    if secret.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    while let Some((identifier, rest)) = element(algorithm, OBJECT_IDENTIFIER) {
        found.push(identifier);
        algorithm = rest;
    }
    Some(found)
}

/// The content of the first element, which must have this tag, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    if found != tag {
        return None;
    }
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        // So many bytes of length follow; a key needs two at most.
        0x81 | 0x82 => {
            let (length, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}
