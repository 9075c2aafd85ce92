//! The work of `feedback`: a report is applied to its delivery, and what it says about
//! the recipient, the device or the account has its consequences.
//!
//! Every step can be repeated, so a report that is seen again after a crash completes
//! what was begun.

use std::time::Duration;

use jiff::Timestamp;

use super::apply::{Applied, ProviderReport, change};
use super::source::Feedback;
use crate::channel::email::SesReport;
use crate::channel::{DeliveryLog, Recipient, SmsPrice};
use crate::customer::{ContactKey, DisableDevices, Suppression, WriteSuppressions};
use crate::delivery::{DeliveryJob, Routes, take_next_channel};
use crate::ledger::{
    DeliveryFacts, DeliveryKey, DeliveryLedger, DeliveryState, HOLD, Hold, Holds, ReadLedger,
    Retention,
};
use crate::model::clock::{self, Clock};
use crate::model::{Channel, Postponed, Reason, Record, Report};
use crate::platform::telemetry::{self, Price, ReportHandled, ReportedChange};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent};

/// For how long a line of SNS's log may be of a message whose sender has not recorded it
/// yet. Later it is another application's of the same account.
const RECORDED_WITHIN: Duration = Duration::from_secs(15 * 60);

/// A report of an older fault says nothing of the account as it is now.
const RECENT: Duration = Duration::from_secs(2 * 60 * 60);

/// What feedback needs from outside.
pub trait Ports {
    /// Where deliveries and holds are recorded.
    type Ledger: DeliveryLedger + ReadLedger + Holds;
    /// Where suppressions and devices are kept.
    type Profiles: WriteSuppressions + DisableDevices;
    /// Where it is said that a route goes on.
    type Routes: Routes;
    /// Where unusable reports go.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What feedback works with.
pub struct Observer<P: Ports> {
    /// Where deliveries and holds are recorded.
    pub ledger: P::Ledger,
    /// Where suppressions and devices are kept.
    pub profiles: P::Profiles,
    /// What contact points are hashed with.
    pub contact_key: ContactKey,
    /// Where it is said that a route goes on.
    pub routes: P::Routes,
    /// Where unusable reports go.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// What became of a report, and what it changed.
struct Handled {
    outcome: Outcome,
    changed: Option<Changed>,
}

/// A delivery that a report has brought to another state.
struct Changed {
    key: DeliveryKey,
    facts: Box<DeliveryFacts>,
    state: DeliveryState,
    reason: Option<Reason>,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Applied,
    /// It was known, or is older than what is known.
    Known,
    /// It is about a second message of the same delivery, which the log has already.
    SentTwice,
    /// It is about a message that another application has sent.
    Foreign,
    /// It says nothing of what became of the message.
    Ignored,
    /// The delivery's record is no longer kept.
    Forgotten,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Known => "known",
            Self::SentTwice => "sent_twice",
            Self::Foreign => "foreign",
            Self::Ignored => "ignored",
            Self::Forgotten => "forgotten",
        }
    }

    /// Nothing is changed.
    fn alone(self) -> Handled {
        Handled { outcome: self, changed: None }
    }
}

impl Handled {
    fn of(report: &ProviderReport, applied: Applied) -> Self {
        match applied {
            Applied::Changed(facts, state) => {
                let (key, reason) = (report.key.clone(), report.reason.clone());
                let changed = Some(Changed { key, facts, state, reason });
                Self { outcome: Outcome::Applied, changed }
            }
            Applied::Nothing => Outcome::Known.alone(),
            Applied::SentTwice => Outcome::SentTwice.alone(),
        }
    }
}

/// Processes one message of the feedback queue.
///
/// # Errors
/// [`Postponed`] if a store did not answer, or the ledger does not know the delivery
/// (yet); processing the same message again is harmless.
pub async fn handle<P: Ports>(observer: &Observer<P>, record: &Record) -> Result<(), Postponed> {
    let feedback = match Feedback::parse(&record.body) {
        Ok(feedback) => feedback,
        Err(error) => {
            let letter = DeadLetter { reason: error.reason(), detail: error.to_string() };
            return dead_letter(&observer.dead_letters, &observer.clock, record, &letter).await;
        }
    };
    let outcome = match &feedback {
        Feedback::Mail(mail) => of_mail(observer, record, mail).await,
        Feedback::Log(log) => of_log(observer, record, log).await,
        Feedback::Greeting => Ok(Outcome::Ignored.alone()),
    };
    let outcome = outcome.map(|handled| log(&feedback, &handled, observer.clock.now()));
    dead_letter_permanent(&observer.dead_letters, &observer.clock, record, outcome).await
}

fn log(feedback: &Feedback, handled: &Handled, now: Timestamp) {
    // That line says more.
    if handled.outcome == Outcome::SentTwice {
        return;
    }
    let changed = handled.changed.as_ref();
    let changed = changed.map(|Changed { key, facts, state, reason }| ReportedChange {
        order_id: &key.order_id,
        delivery_id: &key.delivery_id,
        kind: &facts.kind,
        channel: facts.channel,
        state: state.as_str(),
        reason: reason.as_ref(),
        sendable_at: facts.sendable_at(),
    });
    let (source, price) = match feedback {
        Feedback::Mail(_) | Feedback::Greeting => ("ses", None),
        // A line that comes again costs nothing more.
        Feedback::Log(log) => ("sns", log.price.as_ref().filter(|_| changed.is_some())),
    };
    let price = price.map(|SmsPrice { usd, parts, country }| Price {
        usd: *usd,
        parts: *parts,
        country: *country,
    });
    let outcome = handled.outcome.as_str();
    telemetry::report(&ReportHandled { source, outcome, changed, price }, now);
}

async fn of_mail<P: Ports>(
    observer: &Observer<P>,
    record: &Record,
    mail: &SesReport,
) -> Result<Handled, Postponed> {
    let Some((order_id, delivery_id)) = mail.delivery.clone() else {
        return Ok(Outcome::Foreign.alone());
    };
    let Some((report, reason)) = mail.report.clone() else { return Ok(Outcome::Ignored.alone()) };
    let report = ProviderReport {
        key: DeliveryKey { order_id, delivery_id },
        channel: Channel::Email,
        provider_message_id: mail.message_id.clone(),
        report,
        reason,
    };
    let applied = change(&observer.ledger, &observer.clock, &report).await;
    if is_unknown(&applied) && is_older_than(observer, mail.at, Retention::LEAST.duration()) {
        return Ok(Outcome::Forgotten.alone());
    }
    let applied = applied?;
    for (address, reason) in &mail.gone {
        let recipient = Recipient::Email { address: address.clone() };
        suppress(observer, &recipient, reason, mail.at).await?;
    }
    move_on(observer, record, &report).await?;
    Ok(Handled::of(&report, applied))
}

async fn of_log<P: Ports>(
    observer: &Observer<P>,
    record: &Record,
    log: &DeliveryLog,
) -> Result<Handled, Postponed> {
    let Some(key) = observer.ledger.delivery_of_message(&log.message_id).await? else {
        // Whoever reads the index may be ahead of it.
        let since = log.at.unwrap_or(record.sent_at);
        return if is_older_than(observer, Some(since), RECORDED_WITHIN) {
            Ok(Outcome::Foreign.alone())
        } else {
            Err(Postponed::by_backoff(Reason::UnknownDelivery))
        };
    };
    let report = ProviderReport {
        key: key.clone(),
        channel: log.channel,
        provider_message_id: log.message_id.clone(),
        report: log.report,
        reason: log.reason.clone(),
    };
    let applied = change(&observer.ledger, &observer.clock, &report).await?;
    if let Some((phone, reason)) = &log.gone {
        let recipient = Recipient::Sms { phone: phone.clone() };
        suppress(observer, &recipient, reason, log.at).await?;
    }
    move_on(observer, record, &report).await?;
    if log.reason == Some(Reason::SpendLimit) && !is_older_than(observer, log.at, RECENT) {
        hold(observer, log.channel, Reason::SpendLimit).await?;
    }
    Ok(Handled::of(&report, applied))
}

fn is_unknown<T>(applied: &Result<T, Postponed>) -> bool {
    applied.as_ref().is_err_and(|postponed| postponed.reason == Reason::UnknownDelivery)
}

fn is_older_than<P: Ports>(observer: &Observer<P>, at: Option<Timestamp>, age: Duration) -> bool {
    at.is_some_and(|at| clock::until(at, observer.clock.now()) > age)
}

async fn suppress<P: Ports>(
    observer: &Observer<P>,
    recipient: &Recipient,
    reason: &Reason,
    at: Option<Timestamp>,
) -> Result<(), Postponed> {
    let suppression = Suppression {
        channel: recipient.channel(),
        reason: reason.clone(),
        at: at.unwrap_or_else(|| observer.clock.now()),
    };
    let contact = observer.contact_key.hash(recipient);
    observer.profiles.suppress(&contact, &suppression).await?;
    telemetry::suppressed(recipient.channel(), reason, observer.clock.now());
    Ok(())
}

async fn hold<P: Ports>(
    observer: &Observer<P>,
    channel: Channel,
    reason: Reason,
) -> Result<(), Postponed> {
    let now = observer.clock.now();
    let hold = Hold { until: clock::after(now, HOLD), reason };
    if observer.ledger.hold(channel, &hold, now).await? {
        telemetry::circuit_opened(channel, &hold.reason, now);
    }
    Ok(())
}

/// What follows where the message did not arrive: a device that is gone is disabled, and
/// the route's next channel is taken ("push or else sms"). Only the decisions that led
/// here say which device and which channel.
async fn move_on<P: Ports>(
    observer: &Observer<P>,
    record: &Record,
    report: &ProviderReport,
) -> Result<(), Postponed> {
    let has_arrived = match report.report {
        Report::Sent | Report::Delayed | Report::Delivered | Report::Complained => true,
        Report::Undelivered | Report::Bounced | Report::Suppressed => false,
    };
    if has_arrived {
        return Ok(());
    }
    let entries = observer.ledger.order(&report.key.order_id).await?;
    let job = DeliveryJob::find(&entries.notifications, &report.key.delivery_id);
    let Some(job) = job else {
        // Whose data was erased is not written to on another channel either.
        let locked = entries.locked();
        return locked.map_or(Ok(()), |why| Err(Postponed::by_backoff(why.reason())));
    };
    if let (
        Some(Reason::EndpointGone),
        Some(customer),
        Recipient::Push { device, endpoint_arn, .. },
    ) = (&report.reason, &job.data.customer.id, &job.recipient)
    {
        observer.profiles.disable_device(customer, device, endpoint_arn).await?;
    }
    // Old news is no news, on whichever channel.
    if observer.clock.now() <= job.not_after {
        take_next_channel(&observer.ledger, &observer.routes, &job, record.origin()).await?;
    }
    Ok(())
}
