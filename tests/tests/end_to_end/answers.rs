//! Answers, whole: support's tools ask the deployed function by its URL.

use bellhop::answers::{asked_email, of_contact};
use bellhop::customer::ContactKey;
use bellhop::model::clock::{Clock, SystemClock};
use serde_json::{Value, json};

use super::{RUNTIME, aws, connection, created, eventually, publish_event, settled};

/// The function's page at this path.
async fn page(path: &str) -> String {
    let connection = connection().await;
    let url = connection.output("AnswersUrl").unwrap();
    format!("{}{path}", url.trim_end_matches('/'))
}

/// What is answered: status and JSON. The local AWS only looks whether a request is
/// signed; the signature itself is AWS's to check.
async fn ask(
    url: String,
    body: Option<Value>,
    authorization: Option<&'static str>,
) -> (u16, Value) {
    let asked = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = match body {
            Some(body) => {
                let mut request = agent.post(&url).header("content-type", "application/json");
                if let Some(signature) = authorization {
                    request = request.header("authorization", signature);
                }
                request.send(body.to_string()).unwrap()
            }
            None => {
                let mut request = agent.get(&url);
                if let Some(signature) = authorization {
                    request = request.header("authorization", signature);
                }
                request.call().unwrap()
            }
        };
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    });
    let (status, text) = asked.await.unwrap();
    (status, serde_json::from_str(&text).unwrap())
}

const SIGNED: Option<&str> = Some(
    "AWS4-HMAC-SHA256 Credential=local/20261123/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=00",
);

#[test]
fn support_learns_by_order_and_by_address_what_became_of_a_message() {
    RUNTIME.block_on(async {
        publish_event(&created("E2E-answers")).await;
        settled("E2E-answers", 1).await;
        let (status, answer) = ask(page("/orders/E2E-answers").await, None, SIGNED).await;
        assert_eq!(status, 200, "{answer}");
        let sentence = answer["explanations"][0]["sentence"].as_str().unwrap();
        let head = "order.created by e-mail to E…@example.com: ";
        assert!(sentence.starts_with(head), "{sentence}");
        let timeline = answer["timeline"].as_array().unwrap();
        assert!(timeline.iter().any(|line| line["what"] == "accepted"), "{answer}");

        let contact = json!({"email": "e2e-ANSWERS@example.com"});
        let found = eventually("the index", async || {
            let asked = ask(page("/contacts").await, Some(contact.clone()), SIGNED).await;
            (asked.1["explanations"] != json!([])).then_some(asked)
        })
        .await;
        assert_eq!(found.0, 200);
        assert_eq!(found.1["explanations"], answer["explanations"]);
        assert!(!found.1.to_string().to_lowercase().contains("e2e-answers@"), "{}", found.1);

        // The command line finds the same, with the key from the stack's secret.
        let connection = connection().await;
        let secrets = aws_sdk_secretsmanager::Client::new(&aws().await.stack.sdk_config());
        let secret = secrets.get_secret_value();
        let secret = secret.secret_id(connection.output("ContactKeyArn").unwrap());
        let key = secret.send().await.unwrap().secret_string.unwrap();
        let key = ContactKey::parse(&key).unwrap();
        let (ledger, profiles) =
            (connection.ledger().await.unwrap(), connection.profiles().unwrap());
        let ada = asked_email("e2e-answers@example.com").unwrap();
        let same = of_contact(&ledger, &profiles, &key, &ada, SystemClock.now()).await.unwrap();
        assert_eq!(json!(same.answer.explanations), answer["explanations"]);
    });
}

#[test]
fn who_asks_without_a_signature_is_told_nothing_and_who_asks_wrongly_what_to_ask() {
    RUNTIME.block_on(async {
        let (status, _) = ask(page("/orders/E2E-answers").await, None, None).await;
        assert_eq!(status, 403);
        let (status, error) = ask(page("/contacts").await, Some(json!({"mail": 1})), SIGNED).await;
        assert_eq!((status, &error["error"]["code"]), (400, &json!("invalid_body")));
        let (status, error) = ask(page("/orders").await, None, SIGNED).await;
        assert_eq!((status, &error["error"]["code"]), (404, &json!("not_found")));
    });
}
