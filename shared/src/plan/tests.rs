mod deferral;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::decide::routes;
use super::*;
use crate::catalogue::Catalogue;
use crate::channel::Recipient;
use crate::channel::email::EmailAddress;
use crate::channel::push::Device;
use crate::channel::sms::PhoneNumber;
use crate::customer::{
    Caps, Choice, ContactChoices, How, KnownCustomer, Preferences, Profile, Suppressed, Suppression,
};
use crate::event::{Received, open};
use crate::model::id::DeliveryId;
use crate::model::{Channel, Class, Country, Ordering, Platform, Priority, Private, Reason, Topic};

const HAPPENED: &str = "2026-11-23T09:30:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Everything `plan` is given; as it stands, a shipment to a customer who has
/// an e-mail address and a phone, and of whom no profile is known.
#[derive(Debug, Clone)]
struct Situation {
    kind: &'static str,
    event_id: &'static str,
    data: Value,
    profile: Option<Profile>,
    suppressed: Suppressed,
    choices: ContactChoices,
    settings: Settings,
    now: Timestamp,
}

impl Default for Situation {
    fn default() -> Self {
        Self {
            kind: "order.shipped",
            event_id: "evt-1",
            data: json!({
                "order": {"id": "A-1001", "currency": "EUR", "totals": {"total": "29.90"},
                          "status_url": "https://shop.example/orders/A-1001"},
                "customer": {"id": "c-77", "email": "ada@example.com", "phone": "+436601234567"},
                "shipment": {"id": "s-1"},
                "refund": {"id": "r-1"}
            }),
            profile: None,
            suppressed: Suppressed::default(),
            choices: ContactChoices::default(),
            settings: Settings {
                default_locale: "en".to_owned(),
                default_time_zone: "UTC".to_owned(),
                served: crate::content::served_locales(),
                sms_countries: Country::all(),
                quiet_hours: None,
                caps: Caps::default(),
                flood: 10,
            },
            now: at("2026-11-23T09:31:00Z"),
        }
    }
}

impl Situation {
    fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// With `value` at `pointer` of the event's data; `null` removes it.
    fn data(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        self.data.pointer_mut(parent).unwrap()[name] = value.into();
        self
    }

    fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    fn devices(self, devices: Vec<Device>) -> Self {
        self.profile(Profile { devices, ..Profile::default() })
    }

    fn suppressed(mut self, recipient: Recipient, reason: Reason) -> Self {
        let channel = recipient.channel();
        let suppression = Suppression { channel, reason, at: at("2026-05-03T10:00:00Z") };
        self.suppressed = Suppressed::of([(recipient, suppression)]);
        self
    }

    /// To a customer who wants nothing of this topic on these channels.
    fn unwanted(mut self, topic: Topic, channels: &[Channel]) -> Self {
        let (wanted, at, how) = (false, at("2026-05-03T10:00:00Z"), How::Page);
        let choice = |&channel: &Channel| Choice { topic, channel, wanted, at, how };
        let preferences = Preferences::of(channels.iter().map(choice));
        self.profile = Some(Profile { preferences, ..self.profile.unwrap_or_default() });
        self
    }

    fn countries(mut self, codes: &[&str]) -> Self {
        self.settings.sms_countries =
            codes.iter().map(|code| Country::parse(code).unwrap()).collect();
        self
    }

    fn now(mut self, now: &str) -> Self {
        self.now = at(now);
        self
    }

    fn plan(&self) -> Notification {
        let catalogue = Catalogue::built_in().unwrap();
        let kind = catalogue.find(self.kind).unwrap();
        let body = json!({
            "specversion": "1.0", "id": self.event_id, "source": "/shop", "type": self.kind,
            "time": HAPPENED, "data": self.data
        });
        let envelope = open(&body.to_string(), Received { sent_at: self.now }).unwrap();
        let event = kind.admit(envelope).unwrap();
        let known = KnownCustomer {
            profile: self.profile.clone(),
            suppressed: self.suppressed.clone(),
            choices: self.choices.clone(),
            ..KnownCustomer::default()
        };
        plan(event, kind, &known, &self.settings, self.now)
    }

    /// Each decision as a line: `email a…@example.com` or `sms: expired`.
    fn decisions(&self) -> Vec<String> {
        let plan = self.plan();
        let told = plan.deliveries.iter().map(|delivery| {
            let recipient = &delivery.recipient;
            match recipient {
                Recipient::Push { endpoint_arn, .. } => format!("push {endpoint_arn}"),
                _ => format!("{} {}", recipient.channel(), recipient.masked()),
            }
        });
        let skipped =
            plan.skips.iter().map(|skip| format!("{}: {}", skip.channel, skip.reason.code()));
        told.chain(skipped).collect()
    }

    fn delivery_ids(&self) -> Vec<DeliveryId> {
        self.plan().deliveries.into_iter().map(|delivery| delivery.delivery_id).collect()
    }
}

fn device(platform: Platform, token: &str) -> Device {
    let (token, endpoint_arn) = (Private::new(token), Some(format!("arn:{token}").into()));
    Device { platform, token, endpoint_arn }
}

fn unreachable(platform: Platform) -> Device {
    Device { endpoint_arn: None, ..device(platform, "old") }
}

fn email(address: &str) -> Profile {
    Profile { email: Some(Private::new(address)), ..Profile::default() }
}

#[test]
fn sms_goes_where_no_push_does() {
    let nobody = Situation::default();
    assert_eq!(nobody.decisions(), ["email a…@example.com", "sms +43…67", "push: no_recipient"]);

    let one_device = nobody.devices(vec![device(Platform::Apns, "t1")]);
    assert_eq!(
        one_device.decisions(),
        ["email a…@example.com", "push arn:t1", "sms: reached_by_earlier_channel"]
    );
}

#[test]
fn each_device_gets_a_delivery_of_its_own() {
    let two = Situation::default()
        .devices(vec![device(Platform::Fcm, "t1"), device(Platform::Apns, "t2")]);
    assert_eq!(
        two.decisions(),
        ["email a…@example.com", "push arn:t1", "push arn:t2", "sms: reached_by_earlier_channel"]
    );
    let ids = two.delivery_ids();
    assert_ne!(ids[1], ids[2]);
}

#[test]
fn a_device_without_an_endpoint_is_passed_over() {
    let only = Situation::default().devices(vec![unreachable(Platform::Fcm)]);
    assert_eq!(only.decisions(), ["email a…@example.com", "sms +43…67", "push: no_push_endpoint"]);
    let skip = &only.plan().skips[0];
    assert!(skip.recipient.as_ref().unwrap().as_str().starts_with("fcm:"), "{skip:?}");

    let beside_another = Situation::default()
        .devices(vec![unreachable(Platform::Fcm), device(Platform::Apns, "t2")]);
    assert_eq!(
        beside_another.decisions(),
        [
            "email a…@example.com",
            "push arn:t2",
            "push: no_push_endpoint",
            "sms: reached_by_earlier_channel"
        ]
    );
}

#[test]
fn each_type_takes_its_routes() {
    let device = || vec![device(Platform::Apns, "t1")];
    let created = Situation::default().kind("order.created").devices(device());
    assert_eq!(created.decisions(), ["email a…@example.com", "push arn:t1"]);

    let completed = Situation::default().kind("order.completed").now("2026-11-30T09:31:00Z");
    assert_eq!(completed.decisions(), ["email a…@example.com", "push: no_recipient"]);
    assert_eq!(
        completed.devices(device()).decisions(),
        ["push arn:t1", "email: reached_by_earlier_channel"]
    );
}

#[test]
fn the_channels_that_an_event_names_are_taken_instead_of_the_routes() {
    let with = |channels: Value| {
        Situation::default()
            .data("/notification", json!({"channels": channels}))
            .devices(vec![device(Platform::Apns, "t1")])
            .decisions()
    };
    let (email, push) = ("email: not_requested", "push: not_requested");
    assert_eq!(with(json!(["sms"])), ["sms +43…67", email, push]);
    assert_eq!(with(json!(["sms", "push"])), ["sms +43…67", "push arn:t1", email]);
    assert_eq!(with(json!(["sms", "email", "sms"])), ["sms +43…67", "email a…@example.com", push]);
    assert_eq!(with(json!(null)).len(), 3);
    assert_eq!(with(json!([])), [email, push, "sms: not_requested"]);
}

#[test]
fn a_customer_without_contact_points_is_skipped_with_the_reason() {
    let unknown = Situation::default().data("/customer", json!({"id": "c-77"}));
    let nobody = ["email: no_recipient", "push: no_recipient", "sms: no_recipient"];
    assert_eq!(unknown.decisions(), nobody);
    assert_eq!(unknown.profile(Profile::default()).decisions(), nobody);
}

#[test]
fn the_profile_completes_what_the_event_says() {
    let with = |event: Value| {
        Situation::default()
            .kind("order.created")
            .data("/customer/email", event)
            .profile(email("bob@example.com"))
            .decisions()
    };
    assert_eq!(with(json!(null))[0], "email b…@example.com");
    assert_eq!(with(json!("  "))[0], "email b…@example.com");
    assert_eq!(with(json!("ada@example.com"))[0], "email a…@example.com");
}

#[test]
fn a_contact_point_that_is_invalid_closes_its_own_channel_only() {
    let phone = Situation::default().data("/customer/phone", "0660 1234567");
    assert_eq!(
        phone.decisions(),
        ["email a…@example.com", "push: no_recipient", "sms: invalid_recipient"]
    );
    let email = Situation::default().data("/customer/email", "ada@localhost");
    assert_eq!(email.decisions(), ["sms +43…67", "email: invalid_recipient", "push: no_recipient"]);
}

#[test]
fn a_request_without_a_page_to_go_to_is_not_sent() {
    let situation = Situation::default().kind("order.completed").now("2026-11-30T09:31:00Z");
    let linkless = situation.clone().data("/order/status_url", Value::Null);
    assert_eq!(linkless.decisions(), ["push: no_link", "email: no_link"]);
    let unsafe_link = situation.data("/order/status_url", "http://shop.example/orders/A-1001");
    assert_eq!(unsafe_link.decisions(), ["push: no_link", "email: no_link"]);
    let review = linkless.data("/review", json!({ "url": "https://shop.example/review" }));
    assert_eq!(review.decisions()[0], "email a…@example.com");
}

#[test]
fn a_phone_without_a_country_code_is_one_of_the_address() {
    let situation = Situation::default().data("/customer/phone", "0660 1234567");
    assert_eq!(situation.decisions()[1], "push: no_recipient");
    assert_eq!(situation.decisions()[2], "sms: invalid_recipient");
    let at_home = situation.data("/order/billing_address", json!({ "country": "Österreich" }));
    assert_eq!(at_home.decisions()[1], "sms +43…67");
}

#[test]
fn the_time_zone_is_the_customers_else_the_shops() {
    let mut situation = Situation::default();
    situation.settings.default_time_zone = "Asia/Tokyo".to_owned();
    assert_eq!(situation.plan().time_zone, "Asia/Tokyo");
    let own = situation.data("/customer/time_zone", "Europe/Vienna");
    assert_eq!(own.plan().time_zone, "Europe/Vienna");
    assert_eq!(own.data("/customer/time_zone", "Mars/Olympus").plan().time_zone, "Asia/Tokyo");
}

#[test]
fn what_was_mended_is_kept_with_the_decisions() {
    let plan = Situation::default().data("/order/number", 1001).plan();
    let repairs: Vec<_> = plan.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(repairs, ["`data.order.number` is a number, and was read as text"]);
}

#[test]
fn a_block_without_an_id_is_told_from_others_by_what_it_says() {
    let key = |kind, pointer: &str, value: Value| {
        Situation::default().kind(kind).data(pointer, value).plan().key
    };
    let shipment = |number: &str| json!({ "tracking_number": number });
    let of = |value| key("order.shipped", "/shipment", value);
    assert_eq!(of(shipment("R1")), of(shipment("R1")));
    // Tracking that comes or changes is news of the same shipment.
    assert_eq!(of(shipment("R1")), of(shipment("R2")));
    let part = |sku: &str| json!({ "items": [{ "sku": sku }] });
    assert_ne!(of(part("MUG")), of(part("POT")));
    let cancelled = |block| key("order.cancelled", "/cancellation", block);
    assert_eq!(cancelled(json!({ "reason": "Sold out." })), "order.cancelled");
    assert_ne!(cancelled(part("MUG")), cancelled(part("POT")));
    let refunded = |block| key("order.refunded", "/refund", block);
    let refund = |amount: &str, to: &str| json!({ "amount": amount, "to": to });
    assert_eq!(refunded(refund("5.00", "Visa")), refunded(refund("5.00", "PayPal")));
    assert_ne!(refunded(refund("5.00", "Visa")), refunded(refund("6.00", "Visa")));
    let paid = |payment| key("order.paid", "/payment", payment);
    assert_eq!(paid(json!({ "amount": "29.90" })), "order.paid");
    assert_eq!(paid(json!({ "method": "Visa" })), "order.paid");
    assert_eq!(paid(json!({ "amount": "10.00" })), "order.paid#10");
    assert_eq!(paid(json!({ "id": "p-1", "amount": "10.00" })), "order.paid#p-1");
    // A change is told whenever there is one.
    let updated = |shipment| key("order.shipment_updated", "/shipment", shipment);
    let first = updated(json!({ "id": "s-1", "tracking_number": "R1" }));
    assert_eq!(first, updated(json!({ "id": "s-1", "tracking_number": "R1", "carrier": "Post" })));
    assert_ne!(first, updated(json!({ "id": "s-1", "tracking_number": "R2" })));
    assert_ne!(
        first,
        updated(
            json!({ "id": "s-1", "tracking_number": "R1", "estimated_delivery": "2026-11-25" })
        )
    );
}

#[test]
fn sms_go_to_the_allowed_countries_only() {
    let nowhere = Situation::default().countries(&[]);
    assert_eq!(nowhere.decisions()[2], "sms: country_not_allowed");

    let refused = Situation::default().countries(&["DE", "CH"]);
    assert_eq!(
        refused.decisions(),
        ["email a…@example.com", "push: no_recipient", "sms: country_not_allowed"]
    );
    assert_eq!(refused.plan().skips[1].recipient.as_ref().unwrap().as_str(), "+43…67");

    let allowed = Situation::default().countries(&["DE", "AT"]);
    assert_eq!(allowed.decisions()[1], "sms +43…67");

    // A calling code that countries share: any of them will do.
    let shared = Situation::default().data("/customer/phone", "+447797712345").countries(&["JE"]);
    assert_eq!(shared.decisions()[1], "sms +44…45");
}

#[test]
fn a_fact_older_than_its_budget_is_told_to_nobody() {
    let shipped = Situation::default().now("2026-11-28T09:30:00Z");
    assert_eq!(shipped.decisions().len(), 3);
    assert!(!shipped.plan().deliveries.is_empty(), "five days are within the budget");

    let later = shipped.now("2026-11-28T09:30:00.001Z");
    assert_eq!(later.decisions(), ["email: expired", "push: expired", "sms: expired"]);
}

#[test]
fn the_same_fact_under_another_event_id_is_the_same_notification() {
    let first = Situation::default().devices(vec![device(Platform::Fcm, "t1")]);
    let again = Situation { event_id: "evt-2", now: at("2026-11-24T00:00:00Z"), ..first.clone() };
    let (first, again) = (first.plan(), again.plan());
    assert_ne!(first.event_id, again.event_id);
    assert_eq!(first.key, again.key);
    assert_eq!(first.payload_hash, again.payload_hash);
    assert_eq!(first.deliveries, again.deliveries);
}

#[test]
fn changed_data_is_the_same_notification_with_another_payload() {
    let first = Situation::default();
    let changed = first.clone().data("/order/totals/total", "39.90");
    assert_eq!(first.plan().key, changed.plan().key);
    assert_eq!(first.delivery_ids(), changed.delivery_ids());
    assert_ne!(first.plan().payload_hash, changed.plan().payload_hash);

    let rerouted = first.clone().data("/notification", json!({"channels": ["email"]}));
    assert_eq!(first.plan().payload_hash, rerouted.plan().payload_hash);
}

#[test]
fn a_new_resend_key_tells_the_fact_again() {
    let first = Situation::default();
    let again = |key: &str| first.clone().data("/notification", json!({"resend_key": key}));
    assert_eq!(first.plan().key.as_str(), "order.shipped#s-1");
    assert_eq!(again("2").plan().key.as_str(), "order.shipped#s-1#2");
    assert_eq!(again("2").plan().key, again("2").plan().key);
    for (once, more) in first.delivery_ids().iter().zip(again("2").delivery_ids()) {
        assert_ne!(*once, more);
    }
    assert_ne!(again("2").delivery_ids(), again("3").delivery_ids());
    assert_eq!(first.plan().payload_hash, again("2").plan().payload_hash);
}

#[test]
fn shipments_and_refunds_of_one_order_are_told_apart() {
    let shipment = |id: &str| Situation::default().data("/shipment/id", id);
    let refund =
        |id: &str| Situation::default().kind("order.refund_requested").data("/refund/id", id);
    assert_ne!(shipment("s-1").plan().key, shipment("s-2").plan().key);
    assert_ne!(shipment("s-1").delivery_ids(), shipment("s-2").delivery_ids());
    assert_ne!(refund("r-1").plan().key, refund("r-2").plan().key);
    assert_ne!(refund("x").plan().key, shipment("x").plan().key);

    let resent = shipment("s-1").data("/notification", json!({"resend_key": "2"}));
    assert_ne!(shipment("s-1#2").plan().key, resent.plan().key);
}

#[test]
fn a_delivery_id_tells_orders_types_channels_and_recipients_apart() {
    let base = Situation::default();
    let ids: Vec<_> = [
        base.clone(),
        base.clone().data("/order/id", "A-1002"),
        base.clone().kind("order.paid"),
        base.clone()
            .data("/customer/email", "bob@example.com")
            .data("/customer/phone", "+436601234568"),
    ]
    .iter()
    .flat_map(Situation::delivery_ids)
    .collect();
    let distinct: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), distinct.len()), (8, 8));
}

#[test]
fn the_language_is_the_orders_then_the_customers_then_the_profiles_then_the_shops() {
    let locale = |order: Value, customer: Value, profile: Option<&str>| {
        let profile = Profile { locale: profile.map(str::to_owned), ..Profile::default() };
        let situation = Situation::default().profile(profile);
        situation.data("/order/locale", order).data("/customer/locale", customer).plan().locale
    };
    let (none, de) = (Value::Null, json!("de-AT"));
    assert_eq!(locale(de.clone(), json!("fr"), Some("it")), "de-AT");
    assert_eq!(locale(none.clone(), json!("fr"), Some("it")), "fr");
    assert_eq!(locale(none.clone(), none.clone(), Some("it")), "it");
    assert_eq!(locale(none.clone(), none.clone(), None), "en");

    for (written, read) in [
        ("zh_CN", "zh-CN"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("zh-CN-u-nu-hanidec", "zh-CN"),
        ("", "fr"),
        ("und", "fr"),
        ("no language", "fr"),
    ] {
        assert_eq!(locale(json!(written), json!("fr"), None), read, "{written:?}");
    }
}

#[test]
fn the_time_zone_is_the_customers_then_the_profiles_then_utc() {
    let time_zone = |customer: Value, profile: Option<&str>| {
        let profile = Profile { time_zone: profile.map(str::to_owned), ..Profile::default() };
        Situation::default().profile(profile).data("/customer/time_zone", customer).plan().time_zone
    };
    assert_eq!(time_zone(json!("Europe/Vienna"), Some("Asia/Tokyo")), "Europe/Vienna");
    assert_eq!(time_zone(Value::Null, Some("Asia/Tokyo")), "Asia/Tokyo");
    assert_eq!(time_zone(json!("Mars/Olympus"), Some("Asia/Tokyo")), "Asia/Tokyo");
    assert_eq!(time_zone(json!("../etc/passwd"), Some("")), "UTC");
    assert_eq!(time_zone(Value::Null, None), "UTC");
}

#[test]
fn a_notification_carries_its_types_policy_and_the_events_times() {
    let plan = Situation::default().plan();
    assert_eq!((plan.kind.as_str(), plan.event_id.as_str()), ("order.shipped", "evt-1"));
    assert_eq!((plan.class, plan.priority), (Class::Transactional, Priority::High));
    assert_eq!(plan.lifecycle_rank, 30);
    assert_eq!(plan.event_time, at(HAPPENED));
    assert_eq!(plan.not_after, at("2026-11-28T09:30:00Z"));
    assert_eq!(plan.decided_at, at("2026-11-23T09:31:00Z"));
    let ordering: Vec<_> = plan.deliveries.iter().map(|delivery| delivery.ordering).collect();
    assert_eq!(ordering, [Ordering::Fifo, Ordering::Latest], "of e-mail and SMS");
}

#[test]
fn a_notification_survives_being_stored_and_read_again() {
    let devices = vec![device(Platform::Fcm, "t1"), unreachable(Platform::ApnsSandbox)];
    let plan = Situation::default().devices(devices).plan();
    let stored = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Notification>(&stored).unwrap(), plan);
}

fn contact_point(valid: &'static str) -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        Just(Some(valid.to_owned())),
        Just(Some("  ".to_owned())),
        Just(Some("no contact point".to_owned())),
    ]
}

fn any_devices() -> impl Strategy<Value = Vec<Device>> {
    prop::collection::vec(any::<(bool, u8)>(), 0..4).prop_map(|devices| {
        let device = |(index, (reachable, token)): (usize, (bool, u8))| {
            let token = format!("{index}-{token}");
            if reachable {
                device(Platform::Fcm, &token)
            } else {
                Device { endpoint_arn: None, ..device(Platform::Apns, &token) }
            }
        };
        devices.into_iter().enumerate().map(device).collect()
    })
}

prop_compose! {
    fn any_situation()(
        kind in prop::sample::select(vec![
            "order.created", "order.paid", "order.shipped", "order.refund_requested", "order.completed",
        ]),
        channels in prop::option::of(prop::collection::vec(
            prop::sample::select(vec!["email", "sms", "push"]), 0..5,
        )),
        email in contact_point("ada@example.com"),
        phone in contact_point("+436601234567"),
        profile_email in contact_point("bob@example.com"),
        profile_phone in contact_point("+447400123456"),
        devices in any_devices(),
        profile_known in any::<bool>(),
        countries in prop::sample::select(vec![&[][..], &["AT"], &["US"]]),
        age_hours in -24_i64..24 * 20,
    ) -> Situation {
        let hours = |hours: i64| at(HAPPENED) + jiff::SignedDuration::from_hours(hours);
        let private = |text: Option<String>| text.map(Private::new);
        let profile = Profile {
            email: private(profile_email), phone: private(profile_phone), devices, ..Profile::default()
        };
        Situation {
            kind,
            profile: profile_known.then_some(profile),
            now: hours(age_hours),
            ..Situation::default()
        }
        .data("/customer/email", email)
        .data("/customer/phone", phone)
        .data("/notification", json!({"channels": channels}))
        .countries(countries)
    }
}

proptest! {
    #[test]
    fn every_channel_of_every_route_ends_in_a_delivery_a_skip_or_a_deferral(situation in any_situation()) {
        let notification = situation.plan();
        let catalogue = Catalogue::built_in().unwrap();
        let routes = routes(&notification.data, catalogue.find(situation.kind).unwrap());
        let told = |channel: Channel| {
            notification.deliveries.iter().any(|delivery| delivery.recipient.channel() == channel)
        };
        let skipped = |channel: Channel| notification.skips.iter().any(|skip| skip.channel == channel);
        let deferred = |channel: Channel| notification.waiting().any(|of| of.channels.contains(&channel));
        for route in &routes {
            for &channel in route {
                let known = told(channel) || skipped(channel) || deferred(channel);
                prop_assert!(known, "{channel} of {route:?} is dropped");
            }
            let served = route.iter().filter(|&&channel| told(channel)).count();
            prop_assert!(served <= 1, "{route:?} is served {served} times");
        }
        let mut ids: Vec<_> = notification.deliveries.iter().map(|d| d.delivery_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), notification.deliveries.len(), "a recipient is told twice");
        if situation.now > notification.not_after {
            prop_assert!(notification.deliveries.is_empty(), "an expired fact is told");
        }
        prop_assert_eq!(situation.plan(), notification, "planning again decides otherwise");
    }
}

#[test]
fn a_contact_point_that_bounced_complained_or_opted_out_is_skipped_and_the_route_goes_on() {
    let email = |text| Recipient::Email { address: EmailAddress::parse(text).unwrap() };
    let phone = |text| Recipient::Sms { phone: PhoneNumber::parse(text).unwrap() };
    let shipped = Situation::default();
    assert_eq!(shipped.decisions()[..2], ["email a…@example.com", "sms +43…67"]);
    let gone = email("ada@example.com");
    let bounced = shipped.clone().suppressed(gone, Reason::AddressBounced).decisions();
    assert!(bounced.contains(&"email: address_bounced".to_owned()), "{bounced:?}");
    assert!(bounced.contains(&"sms +43…67".to_owned()), "{bounced:?}");
    let opted_out =
        shipped.clone().suppressed(phone("+436601234567"), Reason::OptedOut).decisions();
    assert!(opted_out.contains(&"sms: opted_out".to_owned()), "{opted_out:?}");
    let skips = shipped.clone().suppressed(phone("+436601234567"), Reason::OptedOut).plan().skips;
    let since: Vec<_> = skips.iter().filter_map(|skip| skip.since).collect();
    assert_eq!(since, [at("2026-05-03T10:00:00Z")], "since when is told as well");
    let other = shipped.suppressed(email("bob@example.com"), Reason::Complained).decisions();
    assert!(other.contains(&"email a…@example.com".to_owned()), "{other:?}");
}

#[test]
fn a_channel_that_is_not_wanted_is_skipped_and_the_route_goes_on() {
    let device = || vec![device(Platform::Apns, "t1")];
    let updates = Topic::OrderUpdates;
    let shipped = Situation::default().devices(device()).unwanted(updates, &[Channel::Push]);
    assert_eq!(
        shipped.decisions(),
        ["email a…@example.com", "sms +43…67", "push: unsubscribed"],
        "push or else sms"
    );
    let since: Vec<_> = shipped.plan().skips.iter().filter_map(|skip| skip.since).collect();
    assert_eq!(since, [at("2026-05-03T10:00:00Z")], "since when is told as well");

    let completed =
        Situation::default().kind("order.completed").now("2026-11-30T09:31:00Z").devices(device());
    let asked = completed.clone().unwanted(Topic::Reviews, &[Channel::Push]).decisions();
    assert_eq!(asked, ["email a…@example.com", "push: unsubscribed"], "push or else email");
    let nowhere = completed.clone().unwanted(Topic::Reviews, &Channel::ALL).decisions();
    assert_eq!(nowhere, ["push: unsubscribed", "email: unsubscribed"]);
    let other = completed.unwanted(updates, &Channel::ALL).decisions();
    assert_eq!(other, ["push arn:t1", "email: reached_by_earlier_channel"], "another topic");
}

#[test]
fn a_fallback_leads_to_no_channel_that_is_not_wanted() {
    let shipped = Situation::default().devices(vec![device(Platform::Apns, "t1")]);
    let next = |situation: &Situation| situation.plan().deliveries[1].fallback.next.len();
    assert_eq!(next(&shipped), 1);
    assert_eq!(next(&shipped.unwanted(Topic::OrderUpdates, &[Channel::Sms])), 0);
}

#[test]
fn what_the_law_wants_told_is_told_on_the_last_usable_channel_and_all_else_on_none() {
    let nothing =
        |kind| Situation::default().kind(kind).unwanted(Topic::OrderUpdates, &Channel::ALL);
    let shipped = nothing("order.shipped").decisions();
    assert_eq!(shipped, ["email: unsubscribed", "push: no_recipient", "sms: unsubscribed"]);
    let paid = nothing("order.paid");
    let (push, sms) = ("push: no_recipient", "sms: unsubscribed");
    assert_eq!(paid.decisions(), ["email a…@example.com", push, sms]);
    // The first that reaches them, whatever it is.
    let gone = Recipient::Email { address: EmailAddress::parse("ada@example.com").unwrap() };
    let bounced = paid.clone().suppressed(gone, Reason::AddressBounced).decisions();
    assert_eq!(bounced, ["sms +43…67", "email: address_bounced", push]);
    let named = paid.clone().data("/notification", json!({"channels": ["sms"]})).decisions();
    assert_eq!(named, ["sms +43…67", "email: not_requested", "push: not_requested"]);

    // Where they want it on another channel, they hear of it there alone.
    let narrowed =
        Situation::default().kind("order.paid").unwanted(Topic::OrderUpdates, &[Channel::Email]);
    assert_eq!(narrowed.decisions(), ["sms +43…67", "email: unsubscribed", push]);
    let unreachable = narrowed.data("/customer/phone", json!(null)).decisions();
    assert_eq!(unreachable, ["email a…@example.com", push, "sms: no_recipient"]);
}

#[test]
fn a_guests_choices_are_those_of_their_contact_point() {
    let email = Recipient::Email { address: EmailAddress::parse("ada@example.com").unwrap() };
    let choice = Choice {
        topic: Topic::Reviews,
        channel: Channel::Email,
        wanted: false,
        at: at("2026-05-03T10:00:00Z"),
        how: How::OneClick,
    };
    let completed = Situation::default()
        .kind("order.completed")
        .now("2026-11-30T09:31:00Z")
        .data("/customer/id", json!(null));
    assert_eq!(completed.decisions(), ["email a…@example.com", "push: no_recipient"]);
    let choices = ContactChoices::of([(email, Preferences::of([choice]))]);
    let asked = Situation { choices, ..completed }.decisions();
    assert_eq!(asked, ["push: no_recipient", "email: unsubscribed"]);
}
