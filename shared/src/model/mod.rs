//! What every room speaks of: the names of channels and classes, ids, reasons,
//! time, and how a call can fail. No I/O.

mod channel;
pub mod clock;
pub mod country;
pub mod failure;
pub mod id;
pub(crate) mod language;
mod policy;
mod private;
mod reason;
pub mod record;
mod report;
mod standing;
mod trace;

pub use channel::{Channel, Platform};
pub use country::Country;
pub use id::{CustomerId, EventId, OrderId, ProviderMessageId};
pub use policy::{Class, Ordering, Priority, Topic};
pub use private::{Masked, Private};
pub use reason::Reason;
pub use record::{Invocation, Logged, Origin, Postponed, Record};
pub use report::Report;
pub use standing::Standing;
pub use trace::Trace;
