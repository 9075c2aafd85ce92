//! Sealing: bytes become a blob that only who has the master key and the salt can open, and
//! only where it was made for. Pure.
//!
//! A blob is, in this order: the format's version (1), the length of the master key's id,
//! that id, the salt's mark (8 bytes), the nonce (12), what was sealed by AES-256-GCM, and
//! its tag (16). The key is HKDF-SHA256 (RFC 5869) of the master key and the salt. What is
//! authenticated besides is everything before the nonce, the order's id and the
//! notification's key.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{self, HKDF_SHA256};

use crate::customer::Salt;
use crate::model::Reason;
use crate::model::failure::CallError;
use crate::plan::NotificationId;
use crate::platform::keys::{KeyRing, NamedKey};

const VERSION: u8 = 1;
const MARK_LEN: usize = 8;

/// What the derived keys are for.
const PURPOSE: &[u8] = b"bellhop ledger 1";

/// Why what is sealed can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Its salt is gone: the customer, or the guest's order, was erased.
    #[error("it was erased")]
    Erased,
    /// The secret holds no such master key.
    #[error("the ledger's secret holds no key `{0}`")]
    KeyMissing(String),
    /// It is not what was written there.
    #[error("what is sealed is damaged, or stands where it was not written")]
    Damaged,
}

impl Unreadable {
    /// Why, for people and tables.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Erased => Reason::Erased,
            Self::KeyMissing(_) => Reason::KeyMissing,
            Self::Damaged => Reason::SealDamaged,
        }
    }
}

/// Seals bytes for one place under the current master key. The nonce must be random.
///
/// # Errors
/// [`CallError`], which AES-GCM gives for more than 64 GiB only.
pub fn seal(
    keys: &KeyRing,
    salt: &Salt,
    place: &NotificationId,
    nonce: [u8; NONCE_LEN],
    mut bytes: Vec<u8>,
) -> Result<Vec<u8>, CallError> {
    let master = keys.current();
    let head = head(master, salt);
    let failed = |_| CallError::unexpected("ledger:seal", "the data can't be sealed");
    let aad = Aad::from(bound(&head, place));
    let nonce_of_key = Nonce::assume_unique_for_key(nonce);
    let key = derived(master, salt).ok_or(()).map_err(failed)?;
    key.seal_in_place_append_tag(nonce_of_key, aad, &mut bytes).map_err(|_| failed(()))?;
    Ok([head.as_slice(), &nonce, &bytes].concat())
}

/// Opens a blob that was sealed for this place. Without the salt nobody can.
///
/// # Errors
/// [`Unreadable`].
pub fn open(
    keys: &KeyRing,
    salt: Option<&Salt>,
    place: &NotificationId,
    blob: &[u8],
) -> Result<Vec<u8>, Unreadable> {
    let Blob { key_id, mark, head, nonce, sealed } =
        Blob::parse(blob).ok_or(Unreadable::Damaged)?;
    // A customer who began anew has another salt.
    let salt = salt.filter(|salt| salt.mark() == mark).ok_or(Unreadable::Erased)?;
    let master = keys.find(key_id).ok_or_else(|| Unreadable::KeyMissing(key_id.to_owned()))?;
    let key = derived(master, salt).ok_or(Unreadable::Damaged)?;
    let mut bytes = sealed.to_vec();
    let aad = Aad::from(bound(head, place));
    let nonce = Nonce::assume_unique_for_key(nonce);
    let opened = key.open_in_place(nonce, aad, &mut bytes).map_err(|_| Unreadable::Damaged)?;
    let length = opened.len();
    bytes.truncate(length);
    Ok(bytes)
}

/// The parts of a blob.
struct Blob<'a> {
    key_id: &'a str,
    mark: [u8; MARK_LEN],
    /// All before the nonce.
    head: &'a [u8],
    nonce: [u8; NONCE_LEN],
    sealed: &'a [u8],
}

impl<'a> Blob<'a> {
    fn parse(blob: &'a [u8]) -> Option<Self> {
        let (&[version, id_length], rest) = blob.split_first_chunk()?;
        let (key_id, rest) = rest.split_at_checked(usize::from(id_length))?;
        let (&mark, rest) = rest.split_first_chunk()?;
        let (&nonce, sealed) = rest.split_first_chunk()?;
        let head = &blob[..blob.len() - rest.len()];
        let key_id = std::str::from_utf8(key_id).ok()?;
        (version == VERSION).then_some(Self { key_id, mark, head, nonce, sealed })
    }
}

fn head(master: NamedKey<'_>, salt: &Salt) -> Vec<u8> {
    // A key ring takes no id of more than 32 bytes.
    let id_length = u8::try_from(master.id.len()).unwrap_or(u8::MAX);
    [&[VERSION, id_length], master.id.as_bytes(), &salt.mark()].concat()
}

/// What a blob is bound to. Each part stands behind its length, so that no text moves from
/// one to the other.
fn bound(head: &[u8], place: &NotificationId) -> Vec<u8> {
    let mut bound = Vec::new();
    for part in [head, place.order_id.as_str().as_bytes(), place.key.as_str().as_bytes()] {
        bound.extend((part.len() as u64).to_be_bytes());
        bound.extend(part);
    }
    bound
}

fn derived(master: NamedKey<'_>, salt: &Salt) -> Option<LessSafeKey> {
    let extracted = hkdf::Salt::new(HKDF_SHA256, salt.as_bytes()).extract(master.bytes);
    let key = extracted.expand(&[PURPOSE], &AES_256_GCM).ok()?;
    Some(LessSafeKey::new(UnboundKey::from(key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OrderId;

    const DATA: &[u8] = b"Ada Example, Hauptstr. 1";
    const NONCE: [u8; NONCE_LEN] = [7; NONCE_LEN];

    fn keys(current: &str, ids: &[&str]) -> KeyRing {
        let keys: Vec<_> =
            ids.iter().map(|id| format!(r#""{id}": "{id}{}""#, "0".repeat(32))).collect();
        let secret = format!(r#"{{"current": "{current}", "keys": {{{}}}}}"#, keys.join(","));
        KeyRing::parse(&secret).unwrap()
    }

    fn place(order: &str, key: &str) -> NotificationId {
        NotificationId { order_id: OrderId::parse(order).unwrap(), key: key.into() }
    }

    fn sealed(keys: &KeyRing, salt: &Salt) -> Vec<u8> {
        seal(keys, salt, &place("A-1", "order.paid"), NONCE, DATA.to_vec()).unwrap()
    }

    #[test]
    fn what_is_sealed_comes_back_where_it_was_written_and_shows_nothing_of_itself() {
        let (keys, salt) = (keys("k1", &["k1"]), Salt::new([1; 32]));
        let blob = sealed(&keys, &salt);
        assert!(!blob.windows(3).any(|part| DATA.windows(3).any(|of| of == part)));
        let open = |order, key| open(&keys, Some(&salt), &place(order, key), &blob);
        assert_eq!(open("A-1", "order.paid").as_deref(), Ok(DATA));
        for (order, key) in [("A-2", "order.paid"), ("A-1", "order.shipped"), ("A-1o", "rder.paid")]
        {
            assert_eq!(open(order, key), Err(Unreadable::Damaged), "{order} {key}");
        }
    }

    #[test]
    fn a_blob_of_a_former_key_is_read_as_long_as_the_secret_holds_that_key() {
        let salt = Salt::new([1; 32]);
        let blob = sealed(&keys("k1", &["k1"]), &salt);
        let read = |keys: &KeyRing| open(keys, Some(&salt), &place("A-1", "order.paid"), &blob);
        assert_eq!(read(&keys("k2", &["k1", "k2"])).as_deref(), Ok(DATA));
        let missing = read(&keys("k2", &["k2"])).unwrap_err();
        assert_eq!(missing, Unreadable::KeyMissing("k1".to_owned()));
        assert_eq!(missing.reason(), "key_missing");
        // Under another key of the same id.
        let other = KeyRing::parse(&"x".repeat(32)).unwrap();
        assert_eq!(read(&other), Err(Unreadable::Damaged));
    }

    #[test]
    fn without_its_salt_a_blob_is_erased_whatever_other_salt_there_is() {
        let keys = keys("k1", &["k1"]);
        let blob = sealed(&keys, &Salt::new([1; 32]));
        for salt in [None, Some(&Salt::new([2; 32]))] {
            let read = open(&keys, salt, &place("A-1", "order.paid"), &blob);
            assert_eq!(read, Err(Unreadable::Erased));
        }
    }

    #[test]
    fn a_blob_that_was_changed_or_cut_anywhere_is_never_read() {
        let (keys, salt) = (keys("k1", &["k1"]), Salt::new([1; 32]));
        let blob = sealed(&keys, &salt);
        let read = |blob: &[u8]| open(&keys, Some(&salt), &place("A-1", "order.paid"), blob);
        for nth in 0..blob.len() {
            let mut changed = blob.clone();
            changed[nth] ^= 1;
            assert!(read(&changed).is_err(), "{nth}");
            assert!(read(&blob[..nth]).is_err(), "{nth}");
        }
    }
}
