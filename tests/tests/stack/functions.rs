//! Functions: what is deployed, their variables, mappings, logs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

#[test]
fn every_function_package_of_the_workspace_is_deployed() {
    let template = Template::load();
    let deployed: BTreeSet<_> = template
        .function_names()
        .map(|name| {
            let metadata = &template.0["Resources"][name]["Metadata"];
            assert_eq!(metadata["BuildMethod"], "rust-cargolambda", "{name}");
            text(&metadata["BuildProperties"]["Binary"]).to_owned()
        })
        .collect();
    assert_eq!(deployed, function_packages());
}

#[test]
fn each_function_gets_the_variables_its_code_reads() {
    let template = Template::load();
    let expected: BTreeMap<&str, BTreeMap<&str, &str>> = VARIABLES
        .into_iter()
        .map(|(function, variables)| {
            let deliveries =
                if enqueues_deliveries(function) { &DELIVERY_VARIABLES[..] } else { &[] };
            let shop = if sends(function) { &SHOP_VARIABLES[..] } else { &[] };
            (function, variables.iter().chain(deliveries).chain(shop).copied().collect())
        })
        .collect();
    let actual: BTreeMap<&str, BTreeMap<&str, &str>> = template
        .function_names()
        .map(|function| (function, template.variables(function)))
        .collect();
    assert_eq!(actual, expected);
}

/// Lambda takes 4 KB, counted as JSON.
#[test]
fn the_longest_values_of_all_parameters_fit_a_senders_environment() {
    let template = Template::load();
    for Channel { sender, .. } in CHANNELS {
        let environment: Value = template
            .variables(sender)
            .into_iter()
            .map(|(name, of)| (name, template.longest_value(of)))
            .collect();
        let length = environment.to_string().len();
        assert!(length <= 4096, "{sender}: {length}");
    }
}

#[test]
fn the_shops_own_content_is_a_layer_of_the_senders_where_there_is_one() {
    let template = Template::load();
    assert_eq!(template.0["Conditions"]["HasContentLayer"], is_given("ContentLayerArn"));
    let layer = json!({
        "!If": ["HasContentLayer", [{"!Ref": "ContentLayerArn"}], {"!Ref": "AWS::NoValue"}],
    });
    for name in template.function_names() {
        let expected = if sends(name) { &layer } else { &Value::Null };
        assert_eq!(template.function_setting(name, "Layers"), expected, "{name}");
    }
}

#[test]
fn every_queue_is_read_by_one_function() {
    let template = Template::load();
    let mut read: Vec<_> = template.mappings().iter().map(|m| m.queue).collect();
    read.sort_unstable();
    let sources: Vec<_> = template.dead_letter_queues().into_keys().collect();
    assert_eq!(read, sources);
}

#[test]
fn every_mapping_reports_partial_batches_and_bounds_concurrency() {
    let template = Template::load();
    for mapping in template.mappings() {
        let (queue, settings) = (mapping.queue, mapping.settings);
        assert_eq!(
            settings["FunctionResponseTypes"],
            json!(["ReportBatchItemFailures"]),
            "{queue}"
        );
        assert_eq!(settings["BatchSize"], 10, "{queue}");
        // A FIFO queue has no batching window.
        assert!(settings["MaximumBatchingWindowInSeconds"].is_null());

        let concurrency = number(&settings["ScalingConfig"]["MaximumConcurrency"]);
        assert!((2..=1000).contains(&concurrency), "{queue}: {concurrency}");
        // Reserved concurrency would throttle polls, and throttled polls count as receives.
        let reserved = template.function_setting(mapping.function, "ReservedConcurrentExecutions");
        assert!(reserved.is_null(), "{}", mapping.function);
    }
}

#[test]
fn a_wave_of_promotional_deliveries_leaves_the_providers_rate_to_the_others() {
    let template = Template::load();
    for Channel { sender, queue, bulk_queue } in CHANNELS {
        let [concurrency, bulk_concurrency] = [queue, bulk_queue].map(|name| {
            let mappings = template.mappings();
            let mapping = mappings.iter().find(|mapping| mapping.queue == name).unwrap();
            assert_eq!(mapping.function, sender, "{name}");
            number(&mapping.settings["ScalingConfig"]["MaximumConcurrency"])
        });
        assert!(2 * bulk_concurrency < concurrency, "{bulk_queue}: {bulk_concurrency}");
    }
}

#[test]
fn functions_are_traced_and_log_json() {
    let template = Template::load();
    for name in template.function_names() {
        let setting = |key| template.function_setting(name, key);
        assert_eq!(*setting("Runtime"), "provided.al2023", "{name}");
        assert_eq!(*setting("Architectures"), json!([{"!Ref": "Architecture"}]), "{name}");
        assert_eq!(*setting("Tracing"), "Active", "{name}");
    }
    let logging = &template.0["Globals"]["Function"]["LoggingConfig"];
    assert_eq!(logging["LogFormat"], "JSON");
}

#[test]
fn log_groups_expire() {
    let template = Template::load();
    let groups = template.resources("AWS::Logs::LogGroup");
    for (name, group) in &groups {
        assert!(number(&group["RetentionInDays"]) <= 30, "{name}");
    }
    // Lambda makes a group that is missing, and that one keeps its lines for ever.
    for (name, function) in template.resources("AWS::Serverless::Function") {
        let group = referred(&function["LoggingConfig"]["LogGroup"]);
        assert!(groups.contains_key(group), "{name} logs to {group}");
    }
}
