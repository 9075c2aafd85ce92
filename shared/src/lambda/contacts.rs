//! How a sender looks addresses and numbers up: by the table of profiles and the key that
//! they are hashed with, which is read when the first job comes late.

use tokio::sync::OnceCell;

use crate::channel::Recipient;
use crate::customer::{
    CheckContacts, ContactKey, DynamoProfiles, FindContactKey, KnownContacts, Preferences,
    Suppression,
};
use crate::model::Channel;
use crate::model::failure::CallError;
use crate::platform::aws::fault;
use crate::platform::environment::Environment;

/// Where a sender's addresses and numbers are looked up.
#[derive(Debug)]
pub(super) enum Contacts {
    /// In the table.
    Known(KnownContacts<DynamoProfiles, SecretContactKey>),
    /// A device is no contact point.
    Devices,
}

/// What a sender needs to look them up: the table's name and the secret's ARN.
#[derive(Debug)]
pub(super) struct ContactSettings {
    table: String,
    key_arn: String,
}

impl ContactSettings {
    /// Those of a channel; push has none.
    pub(super) fn from_environment(
        environment: &mut Environment<'_>,
        channel: Channel,
    ) -> Option<Self> {
        match channel {
            Channel::Email | Channel::Sms => Some(Self {
                table: environment.required("PROFILES_TABLE"),
                key_arn: environment.required("CONTACT_KEY_ARN"),
            }),
            Channel::Push => None,
        }
    }
}

impl Contacts {
    /// As the settings say.
    pub(super) fn open(
        settings: Option<ContactSettings>,
        dynamodb: aws_sdk_dynamodb::Client,
        secrets: aws_sdk_secretsmanager::Client,
    ) -> Self {
        let Some(ContactSettings { table, key_arn }) = settings else { return Self::Devices };
        let key = SecretContactKey { client: secrets, arn: key_arn, known: OnceCell::new() };
        Self::Known(KnownContacts::new(DynamoProfiles::new(dynamodb, table), key))
    }
}

impl CheckContacts for Contacts {
    async fn suppression(&self, recipient: &Recipient) -> Result<Option<Suppression>, CallError> {
        match self {
            Self::Known(contacts) => contacts.suppression(recipient).await,
            Self::Devices => Ok(None),
        }
    }

    async fn choices(&self, recipient: &Recipient) -> Result<Preferences, CallError> {
        match self {
            Self::Known(contacts) => contacts.choices(recipient).await,
            Self::Devices => Ok(Preferences::default()),
        }
    }
}

/// The key in Secrets Manager, read once for the life of the instance, and not at its
/// start: a job in good order needs none.
#[derive(Debug)]
pub(super) struct SecretContactKey {
    client: aws_sdk_secretsmanager::Client,
    arn: String,
    known: OnceCell<ContactKey>,
}

impl FindContactKey for SecretContactKey {
    async fn contact_key(&self) -> Result<ContactKey, CallError> {
        self.known.get_or_try_init(|| self.read()).await.cloned()
    }
}

impl SecretContactKey {
    async fn read(&self) -> Result<ContactKey, CallError> {
        const OPERATION: &str = "secretsmanager:GetSecretValue";
        let answer = self.client.get_secret_value().secret_id(&self.arn).send().await;
        let answer = answer.map_err(|error| CallError::new(OPERATION, &fault(&error)))?;
        let text = answer.secret_string.unwrap_or_default();
        ContactKey::parse(&text)
            .map_err(|problem| CallError::unexpected(OPERATION, format!("the key {problem}")))
    }
}
