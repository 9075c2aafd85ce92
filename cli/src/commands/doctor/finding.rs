//! What the doctor finds.

use std::fmt;

use serde::Serialize;

use super::fix::Fix;

/// One thing that was looked at, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub subject: Subject,
    /// How bad it is.
    pub level: Level,
    /// Its name, which stays the same.
    pub code: Code,
    /// How it stands.
    pub what: String,
    /// What to do; what is in order may have a hint here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub todo: Option<String>,
    /// What `--fix` does.
    #[serde(skip)]
    pub(super) fix: Option<Fix>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The stack itself.
    Stack,
    /// Who e-mail is from.
    Identity,
    /// What SES lets the account send.
    Sending,
    /// What SES reports of e-mail.
    Feedback,
    /// SMS.
    Sms,
    /// Push.
    Push,
    /// Queues and dead-letter queues.
    Queues,
    /// Functions and what calls them.
    Functions,
    /// Alarms and who hears of them.
    Alarms,
    /// The shop's own wording, templates and types.
    Content,
    /// What mail says of the shop.
    Shop,
    /// Who publishes events.
    Producers,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works, but not as well as it could, or somebody should look.
    Warning,
    /// Messages don't go, or nobody learns what became of them.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident,)*) => {
        /// The names of findings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$code,)*];
        }
    };
}

codes! {
    /// A look was not allowed, or not answered.
    NotLooked,
    /// What `--fix` was to do was not allowed, or not answered.
    NotFixed,
    /// How the stack's last deployment ended.
    Deployment,
    /// Whether SES knows the sender, and may send from it.
    IdentityVerified,
    /// Whether mail is signed.
    Dkim,
    /// Whether bounces go to a domain of the shop's own.
    MailFrom,
    /// What the domain's DNS should say besides.
    Dmarc,
    /// Whether SES sends to anybody, or to verified addresses only.
    SesSandbox,
    /// Whether SES has paused the account.
    SesSending,
    /// Whether SES has the account's reputation under review.
    SesReputation,
    /// `EmailRate` against SES's.
    EmailRate,
    /// What is left of SES's quota of 24 hours.
    EmailQuota,
    /// Whether the configuration set is there and sends.
    ConfigurationSet,
    /// Whether SES counts bounces and complaints of the configuration set.
    ReputationMetrics,
    /// Whether SES sends nothing more to who bounced or complained.
    SuppressionList,
    /// Whether SES reports what becomes of mail.
    EventDestination,
    /// Whether anything receives what SES reports.
    FeedbackSubscription,
    /// Whether SMS may go anywhere.
    SmsCountries,
    /// Whether SNS sends SMS to anybody, or to verified numbers only.
    SmsSandbox,
    /// What SMS may cost in a month.
    SmsSpend,
    /// Whether SNS logs what becomes of SMS.
    SmsLogging,
    /// Whether the account owns the number that SMS are from.
    SmsNumber,
    /// Whether there is a platform application.
    PushApplication,
    /// Whether SNS logs what becomes of push messages.
    PushLogging,
    /// Until when the credentials of a platform application are valid.
    PushCertificate,
    /// Whether a queue waits long enough before it hands a message out again.
    QueueVisibility,
    /// Where a queue's messages go that always fail.
    QueueRedrive,
    /// Whether a queue is there.
    QueueMissing,
    /// What waits in the dead-letter queues.
    DeadLetters,
    /// Whether a function runs.
    FunctionState,
    /// Whether a queue's messages reach their function.
    EventSource,
    /// Whether the alarms are there.
    AlarmMissing,
    /// Whether an alarm does anything.
    AlarmActions,
    /// Whether anybody is subscribed to the alarms' topic.
    AlarmSubscription,
    /// Whether an alarm rings now.
    AlarmState,
    /// Whether the content layer is there, and used.
    ContentLayer,
    /// Whether the content layer breaks messages.
    OverridesBroken,
    /// Whether mail says where the shop is.
    PostalAddress,
    /// Whether customers can unsubscribe.
    Unsubscribe,
    /// Whether anybody may publish events.
    Producers,
}

impl Finding {
    /// Something is as it should be.
    pub(in crate::commands) fn ok(subject: Subject, code: Code, what: impl Into<String>) -> Self {
        Self { subject, level: Level::Ok, code, what: what.into(), todo: None, fix: None }
    }

    /// Something may stay as it is, but need not.
    pub(in crate::commands) fn hint(
        subject: Subject,
        code: Code,
        what: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self { todo: Some(todo.into()), ..Self::ok(subject, code, what) }
    }

    pub(in crate::commands) fn warning(
        subject: Subject,
        code: Code,
        what: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self { level: Level::Warning, ..Self::hint(subject, code, what, todo) }
    }

    pub(in crate::commands) fn error(
        subject: Subject,
        code: Code,
        what: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self { level: Level::Error, ..Self::hint(subject, code, what, todo) }
    }

    pub(super) fn with(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Stack => "stack",
            Self::Identity => "identity",
            Self::Sending => "sending",
            Self::Feedback => "feedback",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::Queues => "queues",
            Self::Functions => "functions",
            Self::Alarms => "alarms",
            Self::Content => "content",
            Self::Shop => "shop",
            Self::Producers => "producers",
        })
    }
}

/// For people: a line, and one below it with what to do.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, level, what, todo, .. } = self;
        let level = match (level, todo) {
            (Level::Ok, Some(_)) => "hint",
            (Level::Ok, None) => "ok",
            (Level::Warning, _) => "WARNING",
            (Level::Error, _) => "ERROR",
        };
        write!(f, "{level:<7}  {subject:<9}  {what}")?;
        match todo {
            Some(todo) => write!(f, "\n{:20}→ {todo}", ""),
            None => Ok(()),
        }
    }
}
