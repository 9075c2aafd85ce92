//! The faults, as rules of the proxy: of those that match a call and have not
//! fired as often as they may, the first fires. Each fires until its `times` are
//! used up, so every storm ends.

use bellhop::model::Channel;
use serde_json::{Value, json};

use crate::orders::{self, Doubt, IN_STORM};

pub fn rules() -> Vec<Value> {
    let mut rules = Vec::new();
    for channel in Channel::ALL {
        rules.extend(Doubt::ALL.map(|doubt| doubtful(doubt, channel)));
    }
    rules.extend(lost_writes());
    rules.extend(providers());
    rules.extend(ledger());
    rules
}

/// What becomes of the order's first call to the provider.
fn doubtful(doubt: Doubt, channel: Channel) -> Value {
    let order = doubt.order(channel);
    let (service, operation, body) = match channel {
        Channel::Email => {
            let address = orders::email(&order);
            ("sesv2", "SendEmail", format!("Destination.ToAddresses[0] == '{address}'"))
        }
        Channel::Sms => ("sns", "Publish", format!("PhoneNumber == '{}'", orders::phone(&order))),
        // The text names the order.
        Channel::Push => ("sns", "Publish", format!("TargetArn && contains(Message, '{order}')")),
    };
    let rule = json!({ "service": service, "operation": operation, "body": body, "times": 1 });
    let fault = match doubt {
        Doubt::Lost => json!({ "response": { "abort_bytes": 0 } }),
        Doubt::Torn => json!({ "response": { "truncate_bytes": 20 } }),
        Doubt::Reset => json!({ "reset": true }),
    };
    with(rule, fault)
}

/// Answers of the ledger that are lost: the write was applied, and comes again.
fn lost_writes() -> [Value; 3] {
    let delivery = |order: &str, state: &str| {
        format!(
            "Key.pk.S == 'ORDER#{order}' && starts_with(Key.sk.S, 'DELIVERY#') \
             && contains(values(ExpressionAttributeValues)[].S, '{state}')"
        )
    };
    // The first write that names `sending` is the claim; only the last names
    // `accepted`.
    [
        ("PutItem", "Item.pk.S == 'ORDER#lost-plan'".to_owned()),
        ("UpdateItem", delivery("lost-claim", "sending")),
        ("UpdateItem", delivery("lost-finish", "accepted")),
    ]
    .map(|(operation, body)| {
        json!({
            "service": "dynamodb", "operation": operation, "body": body, "times": 1,
            "response": { "abort_bytes": 0 },
        })
    })
}

/// The providers throttle two calls of three, then are slow.
fn providers() -> [Value; 4] {
    let throttled = json!({ "times": 40, "sequence": { "fail": 2, "pass": 1 } });
    let slow = json!({ "times": 30, "latency": { "min": 50, "max": 400 } });
    let ses = json!({ "service": "sesv2", "operation": "SendEmail" });
    let sns = json!({ "service": "sns", "operation": "Publish" });
    let error = |code: &str, status: u16| json!({ "error": { "code": code, "status": status } });
    [
        with(with(ses.clone(), throttled.clone()), error("TooManyRequestsException", 429)),
        with(with(sns.clone(), throttled), error("Throttling", 400)),
        with(ses, slow.clone()),
        with(sns, slow),
    ]
}

/// The ledger throttles, resets connections before it has read from them, and is
/// slow. A sender writes what came of an attempt 36 times, the SDK's repetitions
/// included, before it gives up; fewer updates fail than that, so none does.
fn ledger() -> Vec<Value> {
    let error = |code: &str| json!({ "error": { "code": code, "status": 400 } });
    [
        ("UpdateItem", 12, [2, 2], error("ProvisionedThroughputExceededException")),
        ("UpdateItem", 12, [1, 2], error("ThrottlingException")),
        ("UpdateItem", 6, [1, 4], json!({ "reset": true })),
        ("UpdateItem", 60, [1, 0], json!({ "latency": { "min": 20, "max": 200 } })),
        ("PutItem", 20, [4, 1], error("ProvisionedThroughputExceededException")),
        ("Query", 10, [4, 1], error("ThrottlingException")),
    ]
    .map(|(operation, times, [fail, pass], fault)| {
        let order = match operation {
            "PutItem" => "Item.pk.S",
            "Query" => "ExpressionAttributeValues.\":pk\".S",
            _ => "Key.pk.S",
        };
        let body = format!("starts_with(to_string({order}), 'ORDER#{IN_STORM}')");
        let rule = json!({
            "service": "dynamodb", "operation": operation, "body": body,
            "times": times, "sequence": { "fail": fail, "pass": pass },
        });
        with(rule, fault)
    })
    .into()
}

/// The rule with these members as well.
fn with(mut rule: Value, more: Value) -> Value {
    if let (Value::Object(rule), Value::Object(more)) = (&mut rule, more) {
        rule.extend(more);
    }
    rule
}
