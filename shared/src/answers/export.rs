//! All that is stored about a customer, in the clear: what they may ask for. Read through
//! the ports of profiles and ledger, so that it is what these make readable.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde::Serialize;

use super::lookup::{asked_email, asked_phone};
use crate::channel::Recipient;
use crate::channel::push::Device;
use crate::customer::{
    ContactHash, ContactKey, ContactStanding, LookContactsUp, Preferences, Profile, ReadProfiles,
    Suppression,
};
use crate::ledger::{DeliveryRecord, OrderEntries, ReadLedger};
use crate::model::failure::CallError;
use crate::model::id::DeliveryId;
use crate::model::{Channel, CustomerId, OrderId, Private, Reason};
use crate::plan::{EventNote, Notification, NotificationId};

/// Who is asked about: a customer by their id, or whoever has these contact points.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// The customer's id; none for a guest.
    pub customer: Option<CustomerId>,
    /// Contact points of theirs, besides those of the profile.
    pub contacts: Vec<Recipient>,
}

/// All that is stored about a customer.
#[derive(Debug, Serialize)]
pub struct Export {
    /// When it was read.
    pub exported_at: Timestamp,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Their profile, if there is one.
    pub profile: Option<ExportedProfile>,
    /// Their contact points, and whether they may be written to there.
    pub contact_points: Vec<ExportedContact>,
    /// Their orders that the ledger still knows, found by these contact points and by those
    /// of the orders so found.
    pub orders: Vec<ExportedOrder>,
    /// What is to be known of the rest, in sentences.
    pub remarks: Vec<String>,
}

/// A profile in the clear.
#[derive(Debug, Serialize)]
pub struct ExportedProfile {
    name: Option<Private>,
    email: Option<Private>,
    phone: Option<Private>,
    locale: Option<String>,
    time_zone: Option<String>,
    devices: Vec<Device>,
    preferences: Preferences,
}

/// A contact point in the clear.
#[derive(Debug, Serialize)]
pub struct ExportedContact {
    channel: Channel,
    contact: Private,
    #[serde(flatten)]
    standing: ExportedStanding,
}

/// Whether a contact point may be written to.
#[derive(Debug, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum ExportedStanding {
    /// It was never suppressed.
    NeverSuppressed,
    /// It must not be written to.
    Suppressed {
        /// Why.
        reason: Reason,
        /// Since when.
        since: Timestamp,
    },
    /// It may be again.
    Lifted {
        /// Since when.
        since: Timestamp,
    },
}

/// What the ledger knows of an order about its customer.
#[derive(Debug, Serialize)]
pub struct ExportedOrder {
    /// The order.
    pub order: OrderId,
    /// Each notification with the event's data and every decision.
    pub notifications: Vec<Notification>,
    /// What became of each message.
    pub deliveries: Vec<ExportedDelivery>,
    /// Events of the order that led to no notification of their own.
    pub events: Vec<EventNote>,
}

/// What became of a message.
#[derive(Debug, Serialize)]
pub struct ExportedDelivery {
    delivery_id: DeliveryId,
    #[serde(flatten)]
    record: DeliveryRecord,
}

impl From<Profile> for ExportedProfile {
    // Field by field: a new one is not to be forgotten.
    fn from(profile: Profile) -> Self {
        let Profile { name, email, phone, locale, time_zone, devices, preferences } = profile;
        Self { name, email, phone, locale, time_zone, devices, preferences }
    }
}

impl From<ContactStanding> for ExportedStanding {
    fn from(standing: ContactStanding) -> Self {
        match standing {
            ContactStanding::Unknown => Self::NeverSuppressed,
            ContactStanding::Suppressed(Suppression { channel: _, reason, at }) => {
                Self::Suppressed { reason, since: at }
            }
            ContactStanding::Lifted(since) => Self::Lifted { since },
        }
    }
}

/// Reads all that is stored about a customer.
///
/// # Errors
/// [`CallError`] if a store did not answer.
pub async fn export(
    ledger: &impl ReadLedger,
    profiles: &(impl ReadProfiles + LookContactsUp),
    key: &ContactKey,
    subject: Subject,
    now: Timestamp,
) -> Result<Export, CallError> {
    let Subject { customer, mut contacts } = subject;
    let profile = match &customer {
        Some(customer) => profiles.profile(customer).await?,
        None => None,
    };
    let mut remarks = Vec::new();
    contacts.extend(contact_points(profile.as_ref(), &mut remarks));
    let mut named = BTreeMap::new();
    for contact in contacts {
        named.entry(key.hash(&contact)).or_insert(contact);
    }
    let standings = named.iter().map(|(hash, contact)| async move {
        let standing = profiles.contact_standing(hash).await?.into();
        let (channel, contact) = (contact.channel(), Private::new(contact.identity()));
        Ok::<_, CallError>(ExportedContact { channel, contact, standing })
    });
    let contact_points = try_join_all(standings).await?;

    let start = named.into_iter().map(|(hash, contact)| (contact.channel(), hash));
    let mut search = Search { ledger, customer: customer.as_ref(), orders: BTreeMap::new() };
    let (found, of_others) = search.run(start.collect()).await?;
    if of_others > 0 {
        remarks.push(format!(
            "{of_others} notifications went to a contact point of theirs and were about orders of \
             other customers; they are left out."
        ));
    }
    let mut orders: Vec<_> = search
        .orders
        .into_iter()
        .filter_map(|(order, entries)| of_order(order, entries, &found))
        .collect();
    orders.sort_by(|one, other| one.order.as_str().cmp(other.order.as_str()));
    Ok(Export {
        exported_at: now,
        customer,
        profile: profile.map(ExportedProfile::from),
        contact_points,
        orders,
        remarks,
    })
}

/// The profile's contact points, as far as they are any.
fn contact_points(profile: Option<&Profile>, remarks: &mut Vec<String>) -> Vec<Recipient> {
    let Some(profile) = profile else { return Vec::new() };
    let email = profile.email.as_ref().map(|email| asked_email(email.reveal()));
    let phone = profile.phone.as_ref().map(|phone| asked_phone(phone.reveal()));
    let mut points = Vec::new();
    for point in [email, phone].into_iter().flatten() {
        match point {
            Ok(point) => points.push(point),
            Err(problem) => remarks.push(format!(
                "No orders were looked for by a contact point of the profile: {problem}."
            )),
        }
    }
    points
}

/// Looks for a customer's notifications.
struct Search<'a, L> {
    ledger: &'a L,
    customer: Option<&'a CustomerId>,
    /// The orders that were read.
    orders: BTreeMap<OrderId, OrderEntries>,
}

/// Whose a notification is that a contact point has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Theirs,
    Guest,
    Other,
}

impl<L: ReadLedger> Search<'_, L> {
    /// The customer's notifications, and how many were left out as others'. What is found
    /// names further contact points of theirs; a guest's order names nobody, so nothing is
    /// followed from it.
    async fn run(
        &mut self,
        start: Vec<(Channel, ContactHash)>,
    ) -> Result<(BTreeSet<NotificationId>, usize), CallError> {
        let named: BTreeSet<_> = start.iter().map(|(_, hash)| hash.clone()).collect();
        let (mut ahead, mut seen) = (start, BTreeSet::new());
        let (mut found, mut of_others) = (BTreeSet::new(), BTreeSet::new());
        while let Some((channel, hash)) = ahead.pop() {
            if !seen.insert(hash.clone()) {
                continue;
            }
            for id in self.ledger.notifications_of(channel, &hash, usize::MAX).await? {
                let Some(notification) = self.notification(&id).await? else { continue };
                match owner(self.customer, &notification) {
                    Owner::Theirs => {
                        let (email, phone) = (&notification.email_hash, &notification.phone_hash);
                        ahead.extend(email.clone().map(|hash| (Channel::Email, hash)));
                        ahead.extend(phone.clone().map(|hash| (Channel::Sms, hash)));
                        found.insert(id);
                    }
                    Owner::Guest if named.contains(&hash) => drop(found.insert(id)),
                    Owner::Guest | Owner::Other => drop(of_others.insert(id)),
                }
            }
        }
        let left_out = of_others.difference(&found).count();
        Ok((found, left_out))
    }

    async fn notification(
        &mut self,
        id: &NotificationId,
    ) -> Result<Option<Notification>, CallError> {
        if !self.orders.contains_key(&id.order_id) {
            let entries = self.ledger.order(&id.order_id).await?;
            self.orders.insert(id.order_id.clone(), entries);
        }
        let entries = self.orders.get(&id.order_id);
        let mut all = entries.into_iter().flat_map(|entries| &entries.notifications);
        Ok(all.find(|known| known.key == id.key).cloned())
    }
}

/// Without an id, whoever has the contact point is who is asked about.
fn owner(customer: Option<&CustomerId>, notification: &Notification) -> Owner {
    match (customer, &notification.data.customer.id) {
        (None, _) | (_, None) => Owner::Guest,
        (Some(ours), Some(theirs)) if ours == theirs => Owner::Theirs,
        (Some(_), Some(_)) => Owner::Other,
    }
}

/// The part of an order that is the customer's; none if none of it is.
fn of_order(
    order: OrderId,
    entries: OrderEntries,
    found: &BTreeSet<NotificationId>,
) -> Option<ExportedOrder> {
    // What nobody can read any more is nobody's.
    let OrderEntries { mut notifications, deliveries, notes, sealed: _ } = entries;
    notifications.retain(|known| {
        found.contains(&NotificationId { order_id: order.clone(), key: known.key.clone() })
    });
    if notifications.is_empty() {
        return None;
    }
    let is_theirs = |record: &DeliveryRecord| {
        notifications.iter().any(|known| known.key == record.facts.notification)
    };
    let deliveries = deliveries
        .into_iter()
        .filter(|(_, record)| is_theirs(record))
        .map(|(delivery_id, record)| ExportedDelivery { delivery_id, record })
        .collect();
    Some(ExportedOrder { order, notifications, deliveries, events: notes })
}
