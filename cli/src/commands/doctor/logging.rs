//! SNS's delivery logs, where they are off.

use super::finding::{Code, Finding, Subject};
use super::fix::Fix;
use super::stack::StackFacts;

/// The stack's output that names the role by which SNS writes its logs.
pub(super) const ROLE: &str = "SmsFeedbackRoleArn";

/// A log that is off: `--fix` sets the role that is there already, else the stack's. A
/// stack that was told to read no logs needs none.
pub(super) fn off(
    subject: Subject,
    code: Code,
    what: String,
    role: &str,
    stack: &StackFacts,
    fix: impl FnOnce(String) -> Fix,
) -> Finding {
    let deploy = format!(
        "set DeliveryLogs to create and deploy, which makes the role of the output {ROLE}; then run this \
         with --fix"
    );
    if stack.parameter("DeliveryLogs") == "none" {
        return Finding::hint(
            subject,
            code,
            what,
            format!("to know what becomes of them, {deploy}"),
        );
    }
    let role = Some(role).filter(|role| !role.is_empty());
    match role.or(stack.output(ROLE)) {
        Some(role) => Finding::error(subject, code, what, "run this again with --fix")
            .with(fix(role.to_owned())),
        None => Finding::error(subject, code, what, deploy),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{Error, Ok};
    use super::*;

    fn stack(output: Option<&str>, logs: &str) -> StackFacts {
        let outputs = output.map(|role| (ROLE.to_owned(), role.to_owned()));
        StackFacts {
            outputs: outputs.into_iter().collect(),
            parameters: [("DeliveryLogs".to_owned(), logs.to_owned())].into(),
            ..StackFacts::default()
        }
    }

    #[test]
    fn a_role_that_is_set_stays_else_the_stacks_is_set_and_who_wants_no_logs_gets_a_hint() {
        let fix = |role: &str| Some(Fix::SmsLogging { role: role.to_owned() });
        for (role, stack, level, fix) in [
            ("", stack(Some("arn:ours"), "create"), Error, fix("arn:ours")),
            ("arn:other", stack(Some("arn:ours"), "create"), Error, fix("arn:other")),
            ("arn:other", stack(None, ""), Error, fix("arn:other")),
            ("", stack(None, ""), Error, None),
            ("", stack(None, "none"), Ok, None),
        ] {
            let found = off(Subject::Sms, Code::SmsLogging, String::new(), role, &stack, |role| {
                Fix::SmsLogging { role }
            });
            assert_eq!((found.level, found.fix), (level, fix), "{role} {stack:?}");
            assert!(found.todo.is_some_and(|todo| todo.contains("--fix")));
        }
    }
}
