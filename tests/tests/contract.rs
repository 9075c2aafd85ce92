//! The stores in memory keep the contract of the stores. The end-to-end tests
//! hold the DynamoDB stores to the very same clauses.

use bellhop::customer::MemoryProfiles;
use bellhop::ledger::MemoryLedger;
use bellhop_tests::contract::{self, machine};
use bellhop_tests::{
    deferral_clauses, delivery_clauses, erasure_clauses, notification_clauses, profile_clauses,
    standing_clauses,
};

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            contract::notification::$clause(&MemoryLedger::default()).await;
        }
    )* };
}
notification_clauses!(in_memory);

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            contract::deferral::$clause(&MemoryLedger::default()).await;
        }
    )* };
}
deferral_clauses!(in_memory);

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            contract::delivery::$clause(&MemoryLedger::default()).await;
        }
    )* };
}
delivery_clauses!(in_memory);

#[tokio::test]
async fn every_transition_from_every_state_does_what_the_state_machine_says() {
    let ledger = MemoryLedger::default();
    machine::every_transition_from_every_state_does_what_the_state_machine_says(&ledger).await;
}

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            contract::profile::$clause(&MemoryProfiles::default()).await;
        }
    )* };
}
profile_clauses!(in_memory);

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            contract::standing::$clause(&MemoryProfiles::default()).await;
        }
    )* };
}
standing_clauses!(in_memory);

macro_rules! in_memory {
    ($($clause:ident)*) => { $(
        #[tokio::test]
        async fn $clause() {
            let profiles = MemoryProfiles::default();
            let ledger = MemoryLedger::beside(profiles.standings());
            contract::erasure::$clause(&ledger, &profiles).await;
        }
    )* };
}
erasure_clauses!(in_memory);
