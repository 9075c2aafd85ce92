//! What the doctor knows of the stack before it looks at anything else.

use std::collections::BTreeMap;

use bellhop_local::cloudformation::{CloudFormation, Resource, Stack};

use super::finding::{Code, Finding, Subject};
use crate::CliError;
use crate::connection::{Connection, in_words};

/// The stack: what it was given, what it has.
#[derive(Debug, Default)]
pub(in crate::commands) struct StackFacts {
    pub(in crate::commands) name: String,
    pub(super) status: String,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) outputs: BTreeMap<String, String>,
    pub(super) resources: Vec<Resource>,
}

impl StackFacts {
    /// A parameter's value; empty if the template has none of this name.
    pub(in crate::commands) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// An output of the stack.
    pub(super) fn output(&self, name: &str) -> Option<&str> {
        self.outputs.get(name).map(String::as_str)
    }

    /// The resources of a type.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }
}

/// Reads the stack.
///
/// # Errors
/// [`CliError`] if there is none, or none of Bellhop's: then there is nothing to look at.
pub(in crate::commands) async fn look(connection: &Connection) -> Result<StackFacts, CliError> {
    connection.output("OrderEventsQueueUrl")?;
    let name = connection.stack();
    let cloudformation = CloudFormation::new(connection.config());
    let problem =
        |problem: &str| CliError::Stack { stack: name.to_owned(), problem: problem.to_owned() };
    let (stack, resources) =
        tokio::try_join!(cloudformation.describe_stack(name), cloudformation.stack_resources(name))
            .map_err(|error| problem(in_words(&error)))?;
    let Stack { status, parameters, outputs } = stack.ok_or_else(|| problem("no such stack"))?;
    Ok(StackFacts { name: name.to_owned(), status, parameters, outputs, resources })
}

/// How the last deployment ended.
pub(super) fn judge(stack: &StackFacts) -> Finding {
    let StackFacts { name, status, .. } = stack;
    let what = format!("stack {name} is {status}");
    let (subject, code) = (Subject::Stack, Code::Deployment);
    match status.as_str() {
        "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE" => {
            Finding::ok(subject, code, what)
        }
        status if status.ends_with("_IN_PROGRESS") => {
            Finding::warning(subject, code, what, "wait until it has ended, and look again")
        }
        // What stood before stands again.
        "UPDATE_ROLLBACK_COMPLETE" => {
            Finding::warning(subject, code, what, events(name) + ", then deploy again")
        }
        _ => Finding::error(subject, code, what, events(name) + ", then deploy again"),
    }
}

fn events(name: &str) -> String {
    format!("find what failed: `aws cloudformation describe-stack-events --stack-name {name}`")
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn only_a_complete_deployment_is_in_order() {
        for (status, level) in [
            ("CREATE_COMPLETE", Level::Ok),
            ("UPDATE_COMPLETE", Level::Ok),
            ("UPDATE_IN_PROGRESS", Level::Warning),
            ("UPDATE_ROLLBACK_COMPLETE", Level::Warning),
            ("UPDATE_ROLLBACK_FAILED", Level::Error),
            ("ROLLBACK_COMPLETE", Level::Error),
        ] {
            let stack = StackFacts { status: status.to_owned(), ..StackFacts::default() };
            assert_eq!(judge(&stack).level, level, "{status}");
        }
    }
}
