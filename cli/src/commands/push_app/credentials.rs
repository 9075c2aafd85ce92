//! What FCM and APNs give out to senders, checked before SNS gets it: SNS takes almost
//! anything, and says that it was wrong by disabling the application days later.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bellhop::model::Private;
use serde_json::Value;

use super::der;

/// A push service, and one of its two environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Firebase Cloud Messaging.
    Fcm,
    /// Apple Push Notification service.
    Apns,
    /// The same for apps that are being developed.
    ApnsSandbox,
}

impl Service {
    /// SNS's name of it.
    pub fn platform(self) -> &'static str {
        match self {
            Self::Fcm => "GCM",
            Self::Apns => "APNS",
            Self::ApnsSandbox => "APNS_SANDBOX",
        }
    }

    /// The stack's parameter that names its platform application.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Fcm => "FcmApplicationArn",
            Self::Apns => "ApnsApplicationArn",
            Self::ApnsSandbox => "ApnsSandboxApplicationArn",
        }
    }
}

/// Why a file is not what a push service gives out. None quotes the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// Not JSON.
    #[error(
        "is no JSON; FCM takes the file of a service account: Firebase console, Project settings, Service accounts, \
         \"Generate new private key\""
    )]
    NotJson,
    /// The file that apps are built with.
    #[error(
        "is google-services.json, which apps are built with; FCM takes the file of a service account: Firebase console, \
         Project settings, Service accounts, \"Generate new private key\""
    )]
    AppConfiguration,
    /// Credentials of another kind.
    #[error("is no service account: field `type` is not \"service_account\"")]
    NotServiceAccount,
    /// It lacks something.
    #[error("lacks field `{0}`; download the service account's file again")]
    Missing(&'static str),
    /// The key in it is none.
    #[error(
        "has a field `private_key` that is no RSA key in PEM; download the service account's file again"
    )]
    PrivateKey,
    /// Not PEM.
    #[error(
        "is no PEM file; APNs takes the .p8 file of a key: Apple Developer, Certificates, Identifiers & Profiles, Keys"
    )]
    NotPem,
    /// A certificate.
    #[error(
        "is a certificate; APNs takes the .p8 file of a key, which does not end: Apple Developer, Certificates, \
         Identifiers & Profiles, Keys"
    )]
    Certificate,
    /// Another encoding of a key.
    #[error(
        "is a key in another encoding ({0}); the .p8 file as Apple gives it has \"BEGIN PRIVATE KEY\""
    )]
    Encoding(String),
    /// A key for something else.
    #[error("is no key on the curve P-256, as APNs' keys are")]
    NotApnsKey,
}

/// What a push service gives out to senders. Its `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    service: Service,
    attributes: BTreeMap<&'static str, Private>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("service", &self.service).finish_non_exhaustive()
    }
}

/// What a service account's file must hold to be used.
const FCM_FIELDS: [&str; 4] = ["project_id", "private_key", "client_email", "token_uri"];

impl Credentials {
    /// The file of a service account.
    ///
    /// # Errors
    /// [`CredentialsError`].
    pub fn of_fcm(text: &str) -> Result<Self, CredentialsError> {
        let file: Value = serde_json::from_str(text).map_err(|_| CredentialsError::NotJson)?;
        if file.get("project_info").is_some() {
            return Err(CredentialsError::AppConfiguration);
        }
        if file["type"] != "service_account" {
            return Err(CredentialsError::NotServiceAccount);
        }
        for field in FCM_FIELDS {
            if file[field].as_str().is_none_or(str::is_empty) {
                return Err(CredentialsError::Missing(field));
            }
        }
        let key = pem(file["private_key"].as_str().unwrap_or_default());
        if !key.is_ok_and(|key| der::is_key_of(&key, der::RSA)) {
            return Err(CredentialsError::PrivateKey);
        }
        // Smaller than as Google writes it; SNS takes it as one attribute.
        let attributes = [("PlatformCredential", Private::new(file.to_string()))];
        Ok(Self { service: Service::Fcm, attributes: attributes.into() })
    }

    /// The file of a key for APNs, and what SNS needs to use it.
    ///
    /// # Errors
    /// [`CredentialsError`].
    pub fn of_apns(
        text: &str,
        service: Service,
        key: &KeyId,
        team: &TeamId,
        bundle: &BundleId,
    ) -> Result<Self, CredentialsError> {
        let text = text.trim();
        if !der::is_key_of(&pem(text)?, der::P256) {
            return Err(CredentialsError::NotApnsKey);
        }
        // Source: API reference of SNS, SetPlatformApplicationAttributes.
        let attributes = [
            ("PlatformCredential", Private::new(text)),
            ("PlatformPrincipal", Private::new(key.0.as_str())),
            ("ApplePlatformTeamID", Private::new(team.0.as_str())),
            ("ApplePlatformBundleID", Private::new(bundle.0.as_str())),
        ];
        Ok(Self { service, attributes: attributes.into() })
    }

    /// Whose they are.
    pub fn service(&self) -> Service {
        self.service
    }

    /// SNS's attributes, in the clear.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.attributes.iter().map(|(name, value)| (*name, value.reveal()))
    }
}

/// What stands in the first line of a PKCS#8 key.
const LABEL: &str = "PRIVATE KEY";

/// The bytes of a PEM file that holds a PKCS#8 key, which is not encrypted.
fn pem(text: &str) -> Result<Vec<u8>, CredentialsError> {
    let mut lines = text.trim().lines().map(str::trim).filter(|line| !line.is_empty());
    let label = |line: &str, word: &str| {
        let label = line.strip_prefix("-----")?.strip_prefix(word)?.strip_suffix("-----")?;
        Some(label.trim().to_owned())
    };
    let first = lines.next().and_then(|line| label(line, "BEGIN"));
    match first.as_deref() {
        Some(LABEL) => {}
        Some("CERTIFICATE") => return Err(CredentialsError::Certificate),
        Some(other) if other.ends_with(LABEL) => {
            return Err(CredentialsError::Encoding(other.to_owned()));
        }
        _ => return Err(CredentialsError::NotPem),
    }
    let mut body: Vec<_> = lines.collect();
    let end = body.pop().and_then(|line| label(line, "END"));
    if end.as_deref() != Some(LABEL) {
        return Err(CredentialsError::NotPem);
    }
    STANDARD.decode(body.concat()).map_err(|_| CredentialsError::NotPem)
}

macro_rules! apple_ids {
    ($($(#[$doc:meta])* $name:ident: $fits:expr, $problem:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl std::str::FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let fits: fn(&str) -> bool = $fits;
                if fits(text) { Ok(Self(text.to_owned())) } else { Err($problem) }
            }
        }
    )* };
}

apple_ids! {
    /// The id of a key, which Apple also puts into the name of its file.
    KeyId: is_short_id, "expected the key's id of 10 capital letters and digits, as in AuthKey_ABC123DEFG.p8";
    /// The id of a team.
    TeamId: is_short_id, "expected the team's id of 10 capital letters and digits: Apple Developer, Membership details";
    /// The id of an app.
    BundleId: is_bundle_id, "expected the app's bundle id, such as com.example.shop";
}

fn is_short_id(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn is_bundle_id(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.contains('.') && text.split('.').all(is_part)
}

#[cfg(test)]
mod tests;
