//! What was done, and what to do next.

use serde_json::{Value, json};

use super::Service;
use super::application::Was;
use crate::commands::doctor::{Finding, Level};

/// What was done.
#[derive(Debug)]
pub struct Report {
    /// For which push service.
    pub service: Service,
    /// The application's name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// Whether it was there before.
    pub was: Was,
    /// What the stack's parameter names; empty if nothing.
    pub named_before: String,
    /// What was set besides.
    pub fixed: Vec<String>,
    /// How it stands now.
    pub findings: Vec<Finding>,
}

impl Report {
    /// What is to be done next; nothing where the stack names it already.
    fn next(&self) -> Option<String> {
        let parameter = self.service.parameter();
        let set = format!(
            "set {parameter}={} in parameter_overrides of samconfig.toml and deploy; apps register their devices \
             with it from then on",
            self.arn
        );
        match self.named_before.as_str() {
            named if named == self.arn => None,
            "" => Some(set),
            other => Some(format!(
                "{set}. The stack names {other} now, where devices stay registered until then"
            )),
        }
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "platform": self.service.platform(),
            "name": self.name,
            "arn": self.arn,
            "parameter": self.service.parameter(),
            "created": self.was == Was::Created,
            "fixed": self.fixed,
            "findings": self.findings,
            "next": self.next(),
        })
    }

    /// For people.
    pub fn text(&self) -> String {
        let Self { service, name, arn, .. } = self;
        let was = match self.was {
            Was::Created => "is created",
            Was::Rotated => "was there, and has the new credentials",
        };
        let mut lines = vec![format!("The application {name} ({}) {was}.", service.platform())];
        lines.push(format!("{}={arn}", service.parameter()));
        lines.extend(self.fixed.iter().map(|fixed| format!("set: {fixed}")));
        let worse = self.findings.iter().filter(|f| f.level > Level::Ok || f.todo.is_some());
        lines.extend(worse.map(Finding::to_string));
        lines.push(match self.next() {
            Some(next) => format!("Next: {next}."),
            None => "The stack names it already: there is nothing more to do.".to_owned(),
        });
        lines.join("\n")
    }
}
