//! Preferences, whole: the links in mail lead to the deployed function, and what customers
//! say there decides the next event.

use std::time::Duration;

use bellhop::model::clock::{self, Clock, SystemClock};
use bellhop_local::recorder::{RecordedContent, RecordedEmail};
use serde_json::{Value, json};

use super::{RUNTIME, aws, connection, emails_to, eventually, order, publish_event, settled};

/// An order that a customer, or a guest, is asked to review, done eight days ago, so that
/// nothing waits for its delay.
fn completed(order: &str, customer: &Value) -> Value {
    let time = clock::before(SystemClock.now(), Duration::from_secs(8 * 86_400));
    json!({
        "specversion": "1.0", "id": format!("evt-{order}"), "source": "/test",
        "type": "order.completed", "time": time.to_string(),
        "data": {
            "order": {"id": order, "locale": "de-AT"},
            "customer": customer,
            "review": {"url": "https://shop.example/review"},
        },
    })
}

/// The mail that somebody got.
async fn mail_to(address: &str) -> RecordedEmail {
    let messages = aws().await.messages();
    let sent = emails_to(&messages, address);
    match &sent[0].content {
        RecordedContent::Email(email) => email.clone(),
        other => panic!("{other:?}"),
    }
}

/// Status, content security policy, and page.
async fn ask(link: &str, form: Option<&'static str>) -> (u16, String, String) {
    let url = aws().await.stack.local_url(link);
    let asked = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer = match form {
            Some(form) => agent
                .post(&url)
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form),
            None => agent.get(&url).call(),
        };
        let mut answer = answer.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), policy, answer.body_mut().read_to_string().unwrap())
    });
    asked.await.unwrap()
}

/// The channels on which the order's customer was not told, with reasons.
async fn skips(id: &str) -> Vec<String> {
    let entries = eventually("the decision", async || {
        let entries = order(id).await;
        (!entries.notifications.is_empty()).then_some(entries)
    })
    .await;
    let skips = entries.notifications[0].skips.iter();
    skips.map(|skip| format!("{}: {}", skip.channel, skip.reason)).collect()
}

#[test]
fn one_click_in_a_mail_program_unsubscribes_a_customer_and_a_guest() {
    RUNTIME.block_on(async {
        let customers = [
            ("E2E-click", json!({"id": "c-E2E-click", "email": "E2E-click@example.com"})),
            ("E2E-guest", json!({"email": "E2E-guest@example.com"})),
        ];
        for (name, customer) in customers {
            let (first, second) = (format!("{name}-1"), format!("{name}-2"));
            publish_event(&completed(&first, &customer)).await;
            settled(&first, 1).await;
            let mail = mail_to(customer["email"].as_str().unwrap()).await;
            assert_eq!(mail.headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click");
            let link = mail.headers["List-Unsubscribe"].trim_matches(['<', '>']);
            assert!(mail.text.as_ref().is_some_and(|text| text.contains(link)), "{name}");

            let (status, policy, page) = ask(link, None).await;
            assert_eq!(status, 200, "{page}");
            assert!(policy.starts_with("default-src 'none'"), "{policy}");
            assert!(page.contains("Abbestellen?") && page.contains("Example Shop"), "{page}");

            let cut = link.split('?').next().unwrap();
            let (status, _, page) =
                ask(&cut[..cut.len() - 8], Some("List-Unsubscribe=One-Click")).await;
            assert!((400..500).contains(&status), "{status}: {page}");
            for _ in 0..2 {
                let (status, _, page) = ask(link, Some("List-Unsubscribe=One-Click")).await;
                assert_eq!(status, 200, "{page}");
                assert!(page.contains("Sie haben abbestellt"), "{page}");
            }
            publish_event(&completed(&second, &customer)).await;
            assert_eq!(skips(&second).await, ["push: no_recipient", "email: unsubscribed"]);
        }
    });
}

#[test]
fn a_customer_narrows_order_updates_on_the_page_that_mail_leads_to() {
    RUNTIME.block_on(async {
        let created = |order: &str| {
            json!({
                "specversion": "1.0", "id": format!("evt-{order}"), "source": "/test",
                "type": "order.paid", "time": SystemClock.now().to_string(),
                "data": {
                    "order": {"id": order, "currency": "EUR", "totals": {"total": "29.90"}},
                    "customer": {
                        "id": "c-E2E-page", "email": "E2E-page@example.com", "phone": "+436601234599",
                    },
                },
            })
        };
        publish_event(&created("E2E-page-1")).await;
        settled("E2E-page-1", 2).await;
        let text = mail_to("E2E-page@example.com").await.text.unwrap();
        let link = text.split_whitespace().find(|word| word.contains("/p/k1.")).unwrap();
        let connection = connection().await;
        let own = connection.output("PreferencesUrl").unwrap();
        assert!(aws().await.stack.local_url(link).starts_with(own), "{link}");

        let (status, _, page) = ask(link, None).await;
        assert_eq!((status, page.matches(" checked>").count()), (200, 5), "{page}");
        let form = "of=order_updates.email&of=order_updates.sms&of=order_updates.push&on=order_updates.sms";
        let (status, _, page) = ask(link, Some(form)).await;
        assert_eq!((status, page.matches(" checked>").count()), (200, 3), "{page}");
        publish_event(&created("E2E-page-2")).await;
        settled("E2E-page-2", 1).await;
        assert_eq!(skips("E2E-page-2").await, ["email: unsubscribed", "push: no_recipient"]);
    });
}

#[test]
fn what_a_customer_says_at_the_shop_decides_the_next_event() {
    RUNTIME.block_on(async {
        let updated = |id: &str, wanted: bool| {
            json!({
                "specversion": "1.0", "id": id, "source": "/test", "type": "preferences.updated",
                "time": SystemClock.now().to_string(),
                "data": {
                    "customer_id": "c-E2E-shop",
                    "preferences": [{"topic": "reviews", "channel": "email", "wanted": wanted}],
                },
            })
        };
        let wanted = async || {
            let profiles = connection().await.profiles().unwrap();
            let id = "c-E2E-shop".into();
            let profile =
                bellhop::customer::ReadProfiles::profile(&profiles, &id).await.unwrap()?;
            profile.preferences.choices().first().map(|choice| choice.wanted)
        };
        let customer = json!({"id": "c-E2E-shop", "email": "E2E-shop@example.com"});
        publish_event(&updated("p-1", false)).await;
        eventually("the choice", async || (wanted().await == Some(false)).then_some(())).await;
        publish_event(&completed("E2E-shop-1", &customer)).await;
        assert_eq!(skips("E2E-shop-1").await, ["push: no_recipient", "email: unsubscribed"]);
        publish_event(&updated("p-2", true)).await;
        eventually("the other choice", async || (wanted().await == Some(true)).then_some(())).await;
        publish_event(&completed("E2E-shop-2", &customer)).await;
        settled("E2E-shop-2", 1).await;
    });
}
