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
            let sender = if sends(function) { &SENDER_VARIABLES[..] } else { &[] };
            (function, variables.iter().chain(deliveries).chain(sender).copied().collect())
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
fn the_shops_own_content_is_a_layer_of_whoever_reads_it_where_there_is_one() {
    let template = Template::load();
    assert_eq!(template.0["Conditions"]["HasContentLayer"], is_given("ContentLayerArn"));
    let layer = json!({
        "!If": ["HasContentLayer", [{"!Ref": "ContentLayerArn"}], {"!Ref": "AWS::NoValue"}],
    });
    for name in template.function_names() {
        let reads = sends(name) || ["PlanFunction", PREFERENCES].contains(&name);
        let expected = if reads { &layer } else { &Value::Null };
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

        let concurrency = template.number(&settings["ScalingConfig"]["MaximumConcurrency"]);
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
            template.number(&mapping.settings["ScalingConfig"]["MaximumConcurrency"])
        });
        assert!(2 * bulk_concurrency < concurrency, "{bulk_queue}: {bulk_concurrency}");
    }
}

/// A sender divides its channel's rate by the number of instances that may run.
#[test]
fn a_sender_knows_how_many_instances_of_it_may_run() {
    let template = Template::load();
    for Channel { sender, queue, bulk_queue } in CHANNELS {
        let variables = &template.resource(sender)["Environment"]["Variables"];
        for (queue, variable) in [(queue, "INSTANCES"), (bulk_queue, "BULK_INSTANCES")] {
            let mappings = template.mappings();
            let mapping = mappings.iter().find(|mapping| mapping.queue == queue).unwrap();
            let most = &mapping.settings["ScalingConfig"]["MaximumConcurrency"];
            let text = json!({"!Sub": ["${Instances}", {"Instances": most}]});
            assert_eq!(variables[variable], text, "{sender}: {variable}");
        }
    }
}

#[test]
fn rates_are_those_of_a_new_account_until_somebody_says_more() {
    let template = Template::load();
    for (rate, default) in [("EmailRate", 1), ("SmsRate", 1), ("PushRate", 100)] {
        let parameter = &template.0["Parameters"][rate];
        assert_eq!(parameter["Default"], default, "{rate}");
        assert_eq!(parameter["Type"], "Number", "{rate}");
    }
}

#[test]
fn variables_are_encrypted_under_a_key_that_the_functions_may_use() {
    let template = Template::load();
    for function in template.function_names() {
        assert_eq!(*template.function_setting(function, "KmsKeyArn"), data_key(), "{function}");
        assert_eq!(template.grant(function, "kms:Decrypt")["Resource"], data_key(), "{function}");
    }
}

/// `sam build` builds for what the template says, whatever is answered at the deployment.
#[test]
fn there_is_one_architecture_and_it_is_said_once() {
    let template = Template::load();
    for name in template.function_names() {
        assert!(template.resource(name)["Architectures"].is_null(), "{name}");
    }
    let architectures = &template.0["Globals"]["Function"]["Architectures"];
    assert_eq!(*architectures, json!(["arm64"]));
}

/// Deployments in one account would else be one in the metrics.
#[test]
fn a_deployment_has_a_name_in_its_metrics() {
    let template = Template::load();
    let variables = &template.0["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(variables["STAGE"], stage());
}

#[test]
fn functions_are_traced_and_log_json() {
    let template = Template::load();
    for name in template.function_names() {
        let setting = |key| template.function_setting(name, key);
        assert_eq!(*setting("Runtime"), "provided.al2023", "{name}");
        assert_eq!(*setting("Tracing"), json!({"!Ref": "Tracing"}), "{name}");
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
