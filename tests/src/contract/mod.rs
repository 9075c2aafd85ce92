//! The contract of the stores: what every ledger and every place of profiles
//! does. The in-memory twins are held to it by `tests/contract.rs`, the DynamoDB
//! stores by the end-to-end tests, on a local AWS.
//!
//! Every clause works on orders and customers of its own, so that all of them
//! can run on one table, at once, and again.

pub mod deferral;
pub mod delivery;
pub mod erasure;
pub mod machine;
pub mod notification;
pub mod profile;
pub mod standing;

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use bellhop::customer::{
    CheckDevices, DisableDevices, EndCustomers, KeepPreferences, LookContactsUp, ReadContacts,
    ReadPersons, ReadProfiles, ReadStandings, ReadSuppressions, WriteProfiles, WriteSuppressions,
};
use bellhop::ledger::{DeliveryLedger, EraseGuests, Holds, ReadLedger};
use bellhop::plan::{DeferralLedger, NotificationLedger};

/// A whole ledger.
pub trait Ledger:
    NotificationLedger + DeferralLedger + DeliveryLedger + ReadLedger + EraseGuests + Holds
{
}

impl<L> Ledger for L where
    L: NotificationLedger + DeferralLedger + DeliveryLedger + ReadLedger + EraseGuests + Holds
{
}

/// A whole place of profiles.
pub trait Profiles:
    ReadProfiles
    + ReadPersons
    + ReadStandings
    + WriteProfiles
    + EndCustomers
    + DisableDevices
    + CheckDevices
    + ReadSuppressions
    + LookContactsUp
    + WriteSuppressions
    + ReadContacts
    + KeepPreferences
{
}

impl<P> Profiles for P where
    P: ReadProfiles
        + ReadPersons
        + ReadStandings
        + WriteProfiles
        + EndCustomers
        + DisableDevices
        + CheckDevices
        + ReadSuppressions
        + LookContactsUp
        + WriteSuppressions
        + ReadContacts
        + KeepPreferences
{
}

/// Hands the names of all clauses about notifications to a macro.
#[macro_export]
macro_rules! notification_clauses {
    ($each:ident) => {
        $each! {
            a_notification_is_recorded_once
            a_notification_comes_back_as_it_was
            an_event_is_noted_once_per_message
            a_contact_points_notifications_are_found_by_its_hash_the_newest_first
            orders_are_kept_apart
            a_timeline_shows_everything_in_the_order_of_time
        }
    };
}

/// Hands the names of all clauses about deferred notifications to a macro.
#[macro_export]
macro_rules! deferral_clauses {
    ($each:ident) => {
        $each! {
            what_was_decided_again_is_written_once
            an_unknown_notification_is_neither_found_nor_revised
            what_waits_too_long_is_found_until_it_is_decided
            an_orders_facts_are_its_notifications_and_notes
            what_waits_for_somebody_who_was_erased_ends_with_the_reason
            what_a_contact_point_was_told_of_late_is_counted
        }
    };
}

/// Hands the names of all clauses about deliveries to a macro.
#[macro_export]
macro_rules! delivery_clauses {
    ($each:ident) => {
        $each! {
            a_new_delivery_is_claimed
            a_live_claim_conflicts_with_another
            a_waiting_delivery_is_claimed_when_it_is_due
            a_doubtful_delivery_is_claimed_when_it_is_due
            a_settled_delivery_is_never_claimed_again
            an_attempt_that_was_taken_over_changes_nothing
            an_answer_after_the_lease_is_recorded
            only_an_expired_lease_of_that_attempt_expires
            an_attempt_that_does_not_count_is_given_back
            history_grows_in_order
            a_delivery_ends_unsent_only_while_nothing_may_have_been_sent
            only_a_doubtful_delivery_is_abandoned
            a_failed_delivery_is_reopened_once_as_it_was_seen
            what_was_sent_or_is_old_is_never_reopened
            reports_of_a_provider_move_forward_and_never_back
            a_report_ends_a_doubt
            a_report_about_another_message_is_a_conflict
            a_report_about_nothing_is_a_conflict
            a_mails_id_is_kept_beside_the_index_and_an_smss_is_found_by_it
            a_channel_is_held_until_a_time
        }
    };
}

/// Hands the names of all clauses about profiles to a macro.
#[macro_export]
macro_rules! profile_clauses {
    ($each:ident) => {
        $each! {
            nobody_is_known_at_first
            a_customer_comes_back_as_they_were
            the_newest_word_about_a_customer_wins_in_any_order
            a_device_comes_back_as_it_was_and_is_renewed
            a_removal_is_remembered
            a_device_that_registers_later_comes_back
            a_device_that_is_disabled_stays_without_an_endpoint_until_it_registers
            a_customer_without_contact_points_and_devices_is_unknown
            customers_are_kept_apart
            a_device_belongs_to_the_customer_who_registered_it_last
            a_device_has_one_owner_even_at_the_same_moment
            a_former_owner_does_not_remove_the_device_of_the_next
            a_device_goes_from_hand_to_hand_and_back
            a_device_that_its_next_owner_removed_belongs_to_nobody
            a_customer_keeps_the_devices_that_registered_last
            a_device_is_the_customers_until_it_is_disabled_removed_or_anothers
            a_contact_point_is_suppressed_for_its_first_reason_until_it_is_lifted
            what_was_lifted_later_than_a_report_stays_lifted
            a_customers_choices_come_back_with_their_profile
            the_newest_choice_of_each_topic_and_channel_wins_in_any_order
            of_choices_made_at_once_none_is_lost
            what_is_known_of_contact_points_comes_back_in_their_order
            a_contact_points_standing_tells_suppressed_from_lifted_from_unknown
        }
    };
}

/// Hands the names of all clauses about how customers stand to a macro.
#[macro_export]
macro_rules! standing_clauses {
    ($each:ident) => {
        $each! {
            a_customer_has_one_salt_whoever_makes_it
            nothing_of_before_an_erasure_is_known_again
            who_comes_back_after_an_erasure_begins_anew
            what_happened_after_an_erasure_stays
            two_customers_who_merge_are_one
            of_two_who_merge_the_objection_stands
            who_was_merged_more_than_once_is_the_last_one_at_once
            who_was_erased_since_is_not_merged
        }
    };
}

/// Hands the names of all clauses about a ledger and the profiles beside it to a macro.
#[macro_export]
macro_rules! erasure_clauses {
    ($each:ident) => {
        $each! {
            what_is_sealed_for_a_customer_is_read_until_they_are_erased
            a_guests_order_is_read_until_it_is_erased
        }
    };
}

/// Holds a ledger to every clause.
pub async fn ledger(ledger: &impl Ledger) {
    macro_rules! each {
        ($($clause:ident)*) => { $(notification::$clause(ledger).await;)* };
    }
    notification_clauses!(each);
    macro_rules! each {
        ($($clause:ident)*) => { $(deferral::$clause(ledger).await;)* };
    }
    deferral_clauses!(each);
    macro_rules! each {
        ($($clause:ident)*) => { $(delivery::$clause(ledger).await;)* };
    }
    delivery_clauses!(each);
    machine::every_transition_from_every_state_does_what_the_state_machine_says(ledger).await;
}

/// Holds a place of profiles to every clause.
pub async fn profiles(profiles: &impl Profiles) {
    macro_rules! each {
        ($($clause:ident)*) => { $(profile::$clause(profiles).await;)* };
    }
    profile_clauses!(each);
    macro_rules! each {
        ($($clause:ident)*) => { $(standing::$clause(profiles).await;)* };
    }
    standing_clauses!(each);
}

/// Holds a ledger and the profiles beside it to every clause.
pub async fn erasure(ledger: &impl Ledger, profiles: &impl Profiles) {
    macro_rules! each {
        ($($clause:ident)*) => { $(erasure::$clause(ledger, profiles).await;)* };
    }
    erasure_clauses!(each);
}

/// A name that nobody has used before, on any table.
fn fresh(what: &str) -> String {
    static NTH: AtomicU64 = AtomicU64::new(0);
    let nth = NTH.fetch_add(1, Ordering::Relaxed);
    format!("{what}-{:016x}-{nth}", RandomState::new().hash_one(nth))
}
