//! Mail, tables and the key.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

#[test]
fn mail_reaches_servers_without_tls_unless_the_shop_forbids_it_and_spares_addresses_that_bounced() {
    let template = Template::load();
    let set = template.resource("ConfigurationSet");
    // REQUIRE bounces mail to servers without TLS, of which nobody hears yet.
    assert_eq!(set["DeliveryOptions"]["TlsPolicy"], json!({"!Ref": "TlsPolicy"}));
    assert_eq!(template.0["Parameters"]["TlsPolicy"]["Default"], "OPTIONAL");
    assert_eq!(set["ReputationOptions"]["ReputationMetricsEnabled"], true);
    assert_eq!(
        texts(&set["SuppressionOptions"]["SuppressedReasons"]),
        BTreeSet::from(["BOUNCE", "COMPLAINT"])
    );
}

#[test]
fn tables_recover_to_a_point_in_time_and_expire_items() {
    for (name, table) in Template::load().resources("AWS::DynamoDB::Table") {
        for (key, value) in [
            ("BillingMode", json!("PAY_PER_REQUEST")),
            (
                "KeySchema",
                json!([
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ]),
            ),
            ("DeletionProtectionEnabled", json!({"!Ref": "DeletionProtection"})),
            ("PointInTimeRecoverySpecification", json!({"PointInTimeRecoveryEnabled": true})),
            ("TimeToLiveSpecification", json!({"AttributeName": "ttl", "Enabled": true})),
            (
                "SSESpecification",
                json!({"SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": data_key()}),
            ),
        ] {
            assert_eq!(table[key], value, "{name}: {key}");
        }
    }
}

#[test]
fn tables_are_protected_unless_somebody_says_otherwise() {
    let parameter = &Template::load().0["Parameters"]["DeletionProtection"];
    assert_eq!(parameter["Default"], "true");
}

#[test]
fn tables_and_the_keys_to_what_was_written_outlive_the_stack_but_not_a_failed_first_deployment() {
    let template = Template::load();
    let tables = template.resources("AWS::DynamoDB::Table").into_keys();
    for name in tables.chain(["DataKey", "PreferencesKeys", "LedgerKeys"]) {
        let resource = &template.0["Resources"][name];
        assert_eq!(resource["DeletionPolicy"], "RetainExceptOnCreate", "{name}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{name}");
    }
    assert_eq!(template.resource("DataKey")["EnableKeyRotation"], true);
}

#[test]
fn the_ledger_streams_its_changes_and_finds_messages_contact_points_and_what_is_due() {
    let template = Template::load();
    let ledger = template.resource("LedgerTable");
    assert_eq!(ledger["StreamSpecification"]["StreamViewType"], "NEW_AND_OLD_IMAGES");
    assert_eq!(
        ledger["GlobalSecondaryIndexes"],
        json!([{
            "IndexName": "provider-message-id",
            "KeySchema": [{"AttributeName": "provider_message_id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }, contact_index("email"), contact_index("phone"), {
            "IndexName": "due",
            "KeySchema": [
                {"AttributeName": "due_shard", "KeyType": "HASH"},
                {"AttributeName": "due_at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }])
    );
}

/// By a hash, and the newest first.
fn contact_index(what: &str) -> Value {
    json!({
        "IndexName": format!("{what}-hash"),
        "KeySchema": [
            {"AttributeName": format!("{what}_hash"), "KeyType": "HASH"},
            {"AttributeName": "decided_at", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    })
}

/// Shorter, a message that is released late would be sent a second time; and the code takes
/// no less.
#[test]
fn the_ledger_keeps_what_it_holds_for_longer_than_a_message_can_wait() {
    let parameter = &Template::load().0["Parameters"]["RetentionDays"];
    let days = bellhop::ledger::Retention::parse;
    assert_eq!(days(&number(&parameter["Default"]).to_string()), Ok(Default::default()));
    let least = number(&parameter["MinValue"]);
    assert!(least > 2 * 14 && days(&least.to_string()).is_ok());
    assert!(days(&(least - 1).to_string()).is_err());
    assert!(days(&number(&parameter["MaxValue"]).to_string()).is_ok());
}
