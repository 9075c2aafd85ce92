//! The orders, and what must come of notifying their customers.

use bellhop::ledger::DeliveryState;
use bellhop::model::Channel;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop_tests::event::Event;
use serde_json::{Value, json};

/// How many orders meet the storm; the others meet one fault each.
const MANY: u32 = 100;

/// The ids of the orders that meet the storm begin so.
pub const IN_STORM: &str = "storm-";

/// The faults of a call to a provider whose outcome the caller can't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Accepted; the connection ends before the answer.
    Lost,
    /// Accepted; only the head of the answer arrives.
    Torn,
    /// Never received; the connection ends as if it had been.
    Reset,
}

impl Doubt {
    pub const ALL: [Self; 3] = [Self::Lost, Self::Torn, Self::Reset];

    /// The order whose first call on this channel meets this fault.
    pub fn order(self, channel: Channel) -> String {
        format!("{self:?}-{channel}").to_lowercase()
    }
}

/// The orders that lose one answer of the ledger, to a write that was made.
pub const LOST_WRITES: [&str; 3] = ["lost-plan", "lost-claim", "lost-finish"];

/// How a delivery must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub channel: Channel,
    pub state: DeliveryState,
    /// How many messages the provider accepted.
    pub messages: usize,
}

/// An order, with one event and a customer of its own.
#[derive(Debug)]
pub struct Order {
    pub id: String,
    kind: &'static str,
    /// How its customer can be reached: the device by its platform.
    contacts: Vec<Contact>,
    /// How its deliveries end, by channel.
    pub ends: Vec<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contact {
    Email,
    Phone,
    Device(&'static str),
}

pub fn orders() -> Vec<Order> {
    let mut orders: Vec<_> = (0..MANY).map(in_storm).collect();
    for channel in Channel::ALL {
        orders.extend(Doubt::ALL.map(|doubt| doubtful(doubt, channel)));
    }
    orders.extend(LOST_WRITES.map(|id| {
        let accepted = accepted(Channel::Email);
        Order::new(id, "order.created", vec![Contact::Email], vec![accepted])
    }));
    orders
}

/// An order whose calls may all fail, but never in a way that leaves doubt.
fn in_storm(n: u32) -> Order {
    use Contact::{Device, Email, Phone};
    const KINDS: [&str; 4] =
        ["order.created", "order.paid", "order.shipped", "order.refund_requested"];

    let kind = KINDS[n as usize % KINDS.len()];
    let (kind, contacts) = match n % 5 {
        0 => (kind, vec![Email]),
        1 => (kind, vec![Email, Phone]),
        // That an order was received is not sent by SMS.
        2 => ("order.paid", vec![Phone]),
        3 => (kind, vec![Email, Device("fcm")]),
        _ => (kind, vec![Email, Phone, Device("fcm"), Device("apns")]),
    };
    let has_device = contacts.iter().any(|contact| matches!(contact, Device(_)));
    let channels = contacts.iter().filter_map(|contact| match contact {
        Email => Some(Channel::Email),
        Device(_) => Some(Channel::Push),
        // "Push, or else SMS".
        Phone => (kind != "order.created" && !has_device).then_some(Channel::Sms),
    });
    let ends = channels.map(accepted).collect();
    Order::new(&format!("{IN_STORM}{n}"), kind, contacts, ends)
}

fn doubtful(doubt: Doubt, channel: Channel) -> Order {
    let (kind, contact, state) = match channel {
        Channel::Email => ("order.created", Contact::Email, DeliveryState::Unknown),
        Channel::Sms => ("order.paid", Contact::Phone, DeliveryState::Abandoned),
        // Sent again at once: the device shows the second instead of the first.
        Channel::Push => ("order.created", Contact::Device("fcm"), DeliveryState::Accepted),
    };
    let messages = usize::from(doubt != Doubt::Reset) + usize::from(channel == Channel::Push);
    let end = End { channel, state, messages };
    Order::new(&doubt.order(channel), kind, vec![contact], vec![end])
}

fn accepted(channel: Channel) -> End {
    End { channel, state: DeliveryState::Accepted, messages: 1 }
}

/// The e-mail address of an order's customer.
pub fn email(order: &str) -> String {
    format!("{order}@example.com")
}

/// The phone of an order's customer: 7 digits by which no two orders agree.
pub fn phone(order: &str) -> String {
    let number = match order.strip_prefix(IN_STORM) {
        Some(n) => n.parse().unwrap_or(0),
        None => order.bytes().fold(1_000_000, |sum, byte| (sum * 31 + u64::from(byte)) % 9_000_000),
    };
    format!("+43660{number:07}")
}

impl Order {
    fn new(id: &str, kind: &'static str, contacts: Vec<Contact>, mut ends: Vec<End>) -> Self {
        ends.sort_by_key(|end| end.channel.as_str());
        Self { id: id.to_owned(), kind, contacts, ends }
    }

    pub fn customer(&self) -> String {
        format!("customer of {}", self.id)
    }

    /// The event, as it is published.
    pub fn event(&self) -> String {
        let mut customer = json!({ "id": self.customer() });
        for contact in &self.contacts {
            match contact {
                Contact::Email => customer["email"] = email(&self.id).into(),
                Contact::Phone => customer["phone"] = phone(&self.id).into(),
                Contact::Device(_) => {}
            }
        }
        Event::of(self.kind)
            .id(&format!("event of {}", self.id))
            .about(&self.id)
            .happened(&SystemClock.now().to_string())
            .with("/data/customer", customer)
            .body()
    }

    /// The events that register the customer's devices.
    pub fn devices(&self) -> impl Iterator<Item = String> {
        self.contacts.iter().filter_map(|contact| {
            let Contact::Device(platform) = contact else { return None };
            Some(registration(&self.id, &self.customer(), platform).to_string())
        })
    }
}

fn registration(order: &str, customer: &str, platform: &str) -> Value {
    json!({
        "specversion": "1.0", "id": format!("{platform} of {order}"), "source": "/test",
        "type": "device.registered", "time": SystemClock.now().to_string(),
        "data": {
            "customer_id": customer, "platform": platform,
            "token": format!("{platform}-token-of-{order}"),
        },
    })
}
