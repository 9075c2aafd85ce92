//! The template, read as data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use bellhop::channel::AfterUnknown;
use bellhop::delivery::RetryPolicy;
use bellhop::model::Class;
use serde_json::Value;

use crate::facts::*;

/// The template as JSON; `!Ref Name` reads `{"!Ref": "Name"}`.
pub struct Template(pub Value);

/// That a function reads a queue, and how.
pub struct Mapping<'a> {
    pub function: &'a str,
    pub queue: &'a str,
    pub settings: &'a Value,
}

impl Template {
    pub fn load() -> Self {
        let yaml = fs::read_to_string(root().join("template.yaml")).unwrap();
        let tagged: serde_norway::Value = serde_norway::from_str(&yaml).unwrap();
        Self(serde_json::to_value(tagged).unwrap())
    }

    pub fn section(&self, name: &str) -> BTreeMap<&str, &Value> {
        let section = self.0[name].as_object().unwrap();
        section.iter().map(|(key, v)| (key.as_str(), v)).collect()
    }

    /// The properties of all resources of a type, by logical id.
    pub fn resources(&self, kind: &str) -> BTreeMap<&str, &Value> {
        let resources: BTreeMap<_, _> = self
            .section("Resources")
            .into_iter()
            .filter(|(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name, &resource["Properties"]))
            .collect();
        assert!(!resources.is_empty(), "no {kind}");
        resources
    }

    pub fn resource(&self, name: &str) -> &Value {
        &self.0["Resources"][name]["Properties"]
    }

    /// The policies of a type that list a resource as theirs.
    pub fn policies_of(&self, kind: &str, list_name: &str, resource: &str) -> Vec<&Value> {
        self.resources(kind)
            .into_values()
            .filter(|policy| list(&policy[list_name]).any(|item| referred(item) == resource))
            .collect()
    }

    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.resources("AWS::Serverless::Function").into_keys()
    }

    pub fn function_setting(&self, function: &str, key: &str) -> &Value {
        match &self.resource(function)[key] {
            Value::Null => &self.0["Globals"]["Function"][key],
            own => own,
        }
    }

    /// The variables of a function, each with the name its value refers to.
    pub fn variables(&self, function: &str) -> BTreeMap<&str, &str> {
        [&self.0["Globals"]["Function"], self.resource(function)]
            .into_iter()
            .filter_map(|holder| holder["Environment"]["Variables"].as_object())
            .flatten()
            .map(|(name, value)| (name.as_str(), referred(value)))
            .collect()
    }

    /// A stand-in for the longest value of a parameter or of a resource.
    pub fn longest_value(&self, name: &str) -> String {
        // Stacks with longer names have room but where every value is at its longest.
        const STACK: usize = 32;
        let parameter = &self.0["Parameters"][name];
        let queue_name = &self.resource(name)["QueueName"]["!Sub"];
        let length = if name == "Instances" {
            "1000".len()
        } else if let Some(most) = parameter["MaxValue"].as_u64() {
            most.to_string().len()
        } else if let Some(values) = parameter["AllowedValues"].as_array() {
            values.iter().map(|value| text(value).len()).max().unwrap()
        } else if parameter.is_object() {
            let limit = parameter["MaxLength"].as_u64();
            limit.unwrap_or_else(|| panic!("{name} may be of any length")).try_into().unwrap()
        } else if let Some(queue_name) = queue_name.as_str() {
            let server = "https://sqs.cn-northwest-1.amazonaws.com.cn/123456789012/";
            server.len() + queue_name.replace("${AWS::StackName}", &"s".repeat(STACK)).len()
        } else if self.0["Resources"][name]["Type"] == "AWS::SecretsManager::Secret" {
            // Its ARN, whose name CloudFormation and Secrets Manager each end at random.
            let arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:";
            arn.len() + name.len() + "-1ABCDEFGHIJK-abcdef".len()
        } else {
            // CloudFormation makes the name: the stack's, the resource's, and a random part.
            STACK + "-".len() + name.len() + "-1ABCDEFGHIJKL".len()
        };
        "x".repeat(length)
    }

    pub fn mappings(&self) -> Vec<Mapping<'_>> {
        self.resources("AWS::Serverless::Function")
            .into_iter()
            .flat_map(|(function, properties)| {
                let events = properties["Events"].as_object().into_iter().flatten();
                events.map(move |(_, event)| (function, event))
            })
            .filter(|(_, event)| event["Type"] == "SQS")
            .map(|(function, event)| Mapping {
                function,
                queue: referred(&event["Properties"]["Queue"]),
                settings: &event["Properties"],
            })
            .collect()
    }

    /// The dead-letter queue of each queue that has one.
    pub fn dead_letter_queues(&self) -> BTreeMap<&str, &str> {
        self.resources("AWS::SQS::Queue")
            .into_iter()
            .map(|(name, queue)| (name, &queue["RedrivePolicy"]["deadLetterTargetArn"]))
            .filter(|(_, target)| !target.is_null())
            .map(|(name, target)| (name, referred(target)))
            .collect()
    }

    /// The number that a value is, or that it reads from a mapping.
    pub fn number(&self, value: &Value) -> u64 {
        let Some([mapping, first, second]) =
            value["!FindInMap"].as_array().and_then(|keys| keys.as_slice().as_array())
        else {
            return number(value);
        };
        number(&self.0["Mappings"][text(mapping)][text(first)][text(second)])
    }

    pub fn receives(&self, queue: &str) -> u64 {
        number(&self.resource(queue)["RedrivePolicy"]["maxReceiveCount"])
    }

    pub fn retention(&self, queue: &str) -> Duration {
        Duration::from_secs(number(&self.resource(queue)["MessageRetentionPeriod"]))
    }

    /// How long a message stays on a queue whose function never says what became of it.
    pub fn shortest_stay(&self, queue: &str) -> Duration {
        let visibility = number(&self.resource(queue)["VisibilityTimeout"]);
        Duration::from_secs(self.receives(queue) * visibility)
    }

    /// How long a message of this class stays on a queue if it is parked after each
    /// receive.
    pub fn longest_wait(&self, queue: &str, class: Class) -> Duration {
        let receives = u32::try_from(self.receives(queue)).unwrap();
        let policy = RetryPolicy::of(class, AfterUnknown::Abandon);
        (1..=receives).map(|receive| policy.parked(receive)).sum()
    }

    pub fn role_statements(&self, function: &str) -> impl Iterator<Item = &Value> {
        let role = referred(&self.resource(function)["Role"]);
        statements(self.resource(role))
    }

    /// The one statement that grants an action to a function.
    pub fn grant(&self, function: &str, action: &str) -> &Value {
        let grants: Vec<_> = self
            .role_statements(function)
            .filter(|statement| texts(&statement["Action"]).contains(action))
            .collect();
        assert_eq!(grants.len(), 1, "grants of {action} to {function}");
        grants[0]
    }

    /// What a function may do in a service (`sqs:`), and to which resources of the template.
    pub fn granted(&self, function: &str, service: &str) -> BTreeSet<(&str, &str)> {
        let mut granted = BTreeSet::new();
        for statement in self.role_statements(function) {
            let actions = texts(&statement["Action"]).into_iter();
            for action in actions.filter(|action| action.starts_with(service)) {
                granted.extend(list(&statement["Resource"]).map(|to| (action, referred(to))));
            }
        }
        granted
    }
}
