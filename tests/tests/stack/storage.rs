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
    for name in tables.chain(["DataKey", "PreferencesKeys"]) {
        let resource = &template.0["Resources"][name];
        assert_eq!(resource["DeletionPolicy"], "RetainExceptOnCreate", "{name}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{name}");
    }
    assert_eq!(template.resource("DataKey")["EnableKeyRotation"], true);
}

#[test]
fn the_ledger_streams_its_changes_and_finds_a_providers_message_and_a_contact_points_orders() {
    let template = Template::load();
    let ledger = template.resource("LedgerTable");
    assert_eq!(ledger["StreamSpecification"]["StreamViewType"], "NEW_AND_OLD_IMAGES");
    assert_eq!(
        ledger["GlobalSecondaryIndexes"],
        json!([{
            "IndexName": "provider-message-id",
            "KeySchema": [{"AttributeName": "provider_message_id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }, contact_index("email"), contact_index("phone")])
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
