//! How a customer stands: under what salt their data is sealed, since when they are
//! erased, and who they are now if they were merged into another.

use std::collections::BTreeSet;
use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::{Profile, Salt, Written};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::failure::CallError;
use crate::model::{CustomerId, clock};

/// How a customer stands, as it is stored beside their profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// What their data in the ledger is sealed with; none before their first event, and
    /// after they were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Salt>,
    /// Until when they were erased, epoch milliseconds: what happened then or before is
    /// not to be known (again).
    #[serde(default, with = "millisecond::optional", skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Timestamp>,
    /// Who they are now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<CustomerId>,
    /// Who was merged into them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub absorbed: BTreeSet<CustomerId>,
}

impl Standing {
    /// Whether what happened at this time is of before their erasure.
    pub fn is_erased(&self, at: Timestamp) -> bool {
        self.erased_at.is_some_and(|erased| at.as_millisecond() <= erased.as_millisecond())
    }
}

/// Whom an event's customer id names, as planning needs to know them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who they are: another than was asked about, if that one was merged.
    pub id: CustomerId,
    /// Their profile, if there is one.
    pub profile: Option<Profile>,
    /// How they stand.
    pub standing: Standing,
}

/// What is left of an erased customer outside the profile itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remains {
    /// The devices that they had at that time or before.
    pub devices: Vec<Device>,
    /// Who was merged into them: the same person, under former ids.
    pub absorbed: BTreeSet<CustomerId>,
}

/// Knows people by their customer ids: what planning needs.
pub trait ReadPersons: Sync {
    /// The person of this id, by one read; after a merge, by two.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn person(&self, id: &CustomerId) -> impl Future<Output = Result<Person, CallError>> + Send;

    /// The customer's salt, made if there is none: of two who make one at once, both get
    /// the same. None if the customer is erased, and `at` is not later.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn salt(
        &self,
        id: &CustomerId,
        at: Timestamp,
    ) -> impl Future<Output = Result<Option<Salt>, CallError>> + Send;
}

/// Knows how customers stand.
pub trait ReadStandings: Sync {
    /// How the customer of exactly this id stands now.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn standing(&self, id: &CustomerId)
    -> impl Future<Output = Result<Standing, CallError>> + Send;
}

/// Ends and joins customers.
pub trait EndCustomers: Sync {
    /// Erases the customer as of `at`: salt first, so that what the ledger holds of them
    /// is unreadable at once, then profile and preferences. What happened later stays.
    /// What remains is for the caller to delete, who may begin again at any time; none
    /// remains where a later erasure is known.
    ///
    /// # Errors
    /// [`CallError`] if a write is not known to be applied.
    fn erase(
        &self,
        id: &CustomerId,
        at: Timestamp,
    ) -> impl Future<Output = Result<Option<Remains>, CallError>> + Send;

    /// Makes both one: what `from` has goes to `into`, whose own facts stand, and events
    /// of `from` go there from now on. Whenever this stops on its way, the same call again
    /// ends in the same state. Nothing is written where both are one already, or either was
    /// erased at `at` or later.
    ///
    /// # Errors
    /// [`CallError`] if a write is not known to be applied.
    fn merge(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> impl Future<Output = Result<Written, CallError>> + Send;
}

/// What both are once they are one: what the one lacks is taken from the other.
pub(super) fn filled(own: Customer, other: Customer) -> Customer {
    Customer {
        id: own.id,
        name: own.name.or(other.name),
        email: own.email.or(other.email),
        phone: own.phone.or(other.phone),
        locale: own.locale.or(other.locale),
        time_zone: own.time_zone.or(other.time_zone),
    }
}

/// When a device that changes hands by a merge was registered: later than it was before,
/// so that the former owner's registration is the older one.
pub(super) fn handed_over(registered_at: Timestamp, merged_at: Timestamp) -> Timestamp {
    clock::after(registered_at, Duration::from_millis(1)).max(merged_at)
}
