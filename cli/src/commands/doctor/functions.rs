//! The functions, and what hands them their messages.

use aws_config::SdkConfig;
use bellhop_local::api::{LAMBDA, escape, rest};
use serde::Deserialize;

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, api, if_there};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Functions;

/// A function, as Lambda has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Function {
    pub(super) function_name: String,
    pub(super) function_arn: String,
    pub(super) timeout: u64,
    pub(super) layers: Vec<Layer>,
    pub(super) state: String,
    pub(super) state_reason: Option<String>,
    pub(super) last_update_status: String,
    pub(super) last_update_status_reason: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Layer {
    pub(super) arn: String,
}

/// What hands a queue's messages to a function.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Mapping {
    #[serde(rename = "UUID")]
    pub(super) uuid: String,
    pub(super) event_source_arn: String,
    pub(super) function_arn: String,
    pub(super) state: String,
    pub(super) state_transition_reason: String,
    pub(super) last_processing_result: String,
}

/// All of them. Each is by its name in the template; none where it is gone.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) functions: Vec<(String, Option<Function>)>,
    pub(super) mappings: Vec<(String, Option<Mapping>)>,
}

/// Asks for all functions and mappings of the stack.
pub(super) async fn look(config: &SdkConfig, stack: &StackFacts) -> Looked<Facts> {
    let mut facts = Facts::default();
    for resource in stack.of_kind("AWS::Lambda::Function") {
        let path = format!("/2015-03-31/functions/{}/configuration", escape(&resource.physical));
        let answer = rest(config, LAMBDA, "GetFunctionConfiguration", &path).await;
        let found = if_there(api("lambda:GetFunctionConfiguration", answer))?;
        facts.functions.push((resource.logical.clone(), found));
    }
    for resource in stack.of_kind("AWS::Lambda::EventSourceMapping") {
        let path = format!("/2015-03-31/event-source-mappings/{}", escape(&resource.physical));
        let answer = rest(config, LAMBDA, "GetEventSourceMapping", &path).await;
        let found = if_there(api("lambda:GetEventSourceMapping", answer))?;
        facts.mappings.push((resource.logical.clone(), found));
    }
    Ok(facts)
}

impl Facts {
    /// The longest time-out, in seconds, of the functions that a source's messages are
    /// handed to.
    pub(super) fn timeout_behind(&self, source_arn: &str) -> Option<u64> {
        let mappings = self.mappings.iter().filter_map(|(_, mapping)| mapping.as_ref());
        let behind = mappings.filter(|mapping| mapping.event_source_arn == source_arn);
        let function = |mapping: &Mapping| {
            let functions = self.functions.iter().filter_map(|(_, function)| function.as_ref());
            let mut ours = functions.filter(|function| is(function, &mapping.function_arn));
            ours.next().map(|function| function.timeout)
        };
        behind.filter_map(function).max()
    }
}

/// Whether a mapping's ARN, which may name a version besides, is of this function.
fn is(function: &Function, arn: &str) -> bool {
    let rest = arn.strip_prefix(function.function_arn.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// What there is to say about them: faults one by one, the rest in one line each.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings: Vec<_> = facts.functions.iter().filter_map(|(l, f)| function(l, f)).collect();
    if findings.is_empty() {
        let what = format!("all {} functions run as deployed", facts.functions.len());
        findings.push(Finding::ok(SUBJECT, Code::FunctionState, what));
    }
    let broken: Vec<_> = facts.mappings.iter().filter_map(|(l, m)| mapping(l, m)).collect();
    if broken.is_empty() {
        let what = format!("all {} event source mappings are enabled", facts.mappings.len());
        findings.push(Finding::ok(SUBJECT, Code::EventSource, what));
    }
    findings.extend(broken);
    findings
}

fn function(logical: &str, function: &Option<Function>) -> Option<Finding> {
    let code = Code::FunctionState;
    let Some(function) = function else {
        let what = format!("{logical} is gone: its messages wait");
        return Some(Finding::error(SUBJECT, code, what, "delete the stack's drift: deploy again"));
    };
    let name = &function.function_name;
    let reason = |reason: &Option<String>| match reason {
        Some(reason) => format!(": {reason}"),
        None => String::new(),
    };
    // `Inactive` is a function that has not run for weeks: it starts when it is called.
    if !matches!(function.state.as_str(), "Active" | "Inactive") {
        let what = format!("{name} is {}{}", function.state, reason(&function.state_reason));
        let todo = format!("`aws lambda get-function --function-name {name}`; deploy again");
        return Some(match function.state.as_str() {
            "Pending" => Finding::warning(SUBJECT, code, what, "look again in a minute"),
            _ => Finding::error(SUBJECT, code, what, todo),
        });
    }
    let update = reason(&function.last_update_status_reason);
    let what = format!("{name}'s last update is {}{update}", function.last_update_status);
    match function.last_update_status.as_str() {
        "Successful" => None,
        "InProgress" => Some(Finding::warning(SUBJECT, code, what, "look again in a minute")),
        _ => {
            let what = format!("{what}; the code before it still runs");
            Some(Finding::error(SUBJECT, code, what, "deploy again"))
        }
    }
}

fn mapping(logical: &str, mapping: &Option<Mapping>) -> Option<Finding> {
    let code = Code::EventSource;
    let Some(mapping) = mapping else {
        let what = format!("{logical} is gone: nobody reads its queue or stream");
        return Some(Finding::error(SUBJECT, code, what, "deploy again"));
    };
    let source = named(&mapping.event_source_arn);
    let function = named(&mapping.function_arn);
    let enable = format!(
        "`aws lambda update-event-source-mapping --uuid {} --enabled`, once it is known who disabled \
         it and why: {}",
        mapping.uuid, mapping.state_transition_reason
    );
    match mapping.state.as_str() {
        // Lambda says there what keeps it from polling, such as a key that it may not use.
        "Enabled" if mapping.last_processing_result.starts_with("PROBLEM") => {
            let what = format!(
                "{function} can't take messages of {source}: {}",
                mapping.last_processing_result
            );
            let todo = "mend what it names: mostly the key's or the role's permissions";
            Some(Finding::error(SUBJECT, code, what, todo))
        }
        "Enabled" => None,
        "Disabled" | "Disabling" => {
            let what = format!("{source} is not read: its mapping to {function} is disabled");
            Some(Finding::error(SUBJECT, code, what, enable))
        }
        state => {
            let what = format!("the mapping of {source} to {function} is {state}");
            Some(Finding::warning(SUBJECT, code, what, "look again in a minute"))
        }
    }
}

/// What an ARN names, without where it stands.
fn named(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    fn healthy() -> Function {
        Function {
            function_name: "shop-plan".to_owned(),
            function_arn: "arn:aws:lambda:r:1:function:shop-plan".to_owned(),
            timeout: 30,
            state: "Active".to_owned(),
            last_update_status: "Successful".to_owned(),
            ..Function::default()
        }
    }

    fn enabled() -> Mapping {
        Mapping {
            event_source_arn: "arn:aws:sqs:r:1:order-events.fifo".to_owned(),
            function_arn: "arn:aws:lambda:r:1:function:shop-plan".to_owned(),
            state: "Enabled".to_owned(),
            last_processing_result: "OK".to_owned(),
            ..Mapping::default()
        }
    }

    fn worst(function: Option<Function>, mapping: Option<Mapping>) -> (Code, Level) {
        let facts = Facts {
            functions: vec![("PlanFunction".to_owned(), function)],
            mappings: vec![("PlanOrderEvents".to_owned(), mapping)],
        };
        let found = judge(&facts);
        let worst = found.iter().rev().max_by_key(|finding| finding.level).unwrap();
        (worst.code, worst.level)
    }

    #[test]
    fn each_fault_of_a_function_is_found() {
        let state = |state: &str| Some(Function { state: state.to_owned(), ..healthy() });
        let update =
            |status: &str| Some(Function { last_update_status: status.to_owned(), ..healthy() });
        for (function, level) in [
            (Some(healthy()), Ok),
            (None, Error),
            (state("Inactive"), Ok),
            (state("Pending"), Warning),
            (state("Failed"), Error),
            (update("InProgress"), Warning),
            (update("Failed"), Error),
        ] {
            let (_, found) = worst(function.clone(), Some(enabled()));
            assert_eq!(found, level, "{function:?}");
        }
    }

    #[test]
    fn each_fault_of_a_mapping_is_found() {
        let state = |state: &str| Some(Mapping { state: state.to_owned(), ..enabled() });
        let problem = "PROBLEM: KMS access denied".to_owned();
        for (mapping, level) in [
            (Some(enabled()), Ok),
            (None, Error),
            (state("Disabled"), Error),
            (state("Updating"), Warning),
            (Some(Mapping { last_processing_result: problem, ..enabled() }), Error),
        ] {
            let (code, found) = worst(Some(healthy()), mapping.clone());
            assert_eq!(found, level, "{mapping:?}");
            assert!(found == Ok || code == Code::EventSource);
        }
    }

    #[test]
    fn a_source_is_named_as_its_arn_names_it() {
        assert_eq!(named("arn:aws:sqs:r:1:order-events.fifo"), "order-events.fifo");
        let stream = "arn:aws:dynamodb:r:1:table/ledger/stream/2026-11-27T10:00:00.000";
        assert_eq!(named(stream), "table/ledger/stream/2026-11-27T10:00:00.000");
    }

    #[test]
    fn a_sources_time_out_is_its_functions() {
        let versioned = Mapping {
            function_arn: "arn:aws:lambda:r:1:function:shop-plan:7".to_owned(),
            ..enabled()
        };
        let facts = Facts {
            functions: vec![("PlanFunction".to_owned(), Some(healthy()))],
            mappings: vec![("OrderEvents".to_owned(), Some(versioned))],
        };
        assert_eq!(facts.timeout_behind("arn:aws:sqs:r:1:order-events.fifo"), Some(30));
        assert_eq!(facts.timeout_behind("arn:aws:sqs:r:1:other.fifo"), None);
    }
}
