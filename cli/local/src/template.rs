//! Prepares the SAM template for the local AWS: instead of being built from
//! `CodeUri`, each function is one that was built and uploaded already. Alarms on
//! formulas are left out: the local AWS refuses them, and has none of our metrics.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use serde_norway::Value as Yaml;

/// Why a template cannot be deployed.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is not YAML.
    #[error("the template is not valid YAML: {0}")]
    Syntax(#[from] serde_norway::Error),
    /// It is YAML that a template cannot contain.
    #[error("the template has a {0} where CloudFormation knows none")]
    Unknown(&'static str),
    /// A function lacks what says which binary it runs, or where its code is.
    #[error("function {function} of the template has no {missing}")]
    Incomplete {
        /// The function's logical id.
        function: String,
        /// What it lacks.
        missing: &'static str,
    },
}

/// A template whose functions take their code from S3.
#[derive(Debug)]
pub(crate) struct Template {
    /// The template as JSON, in which no text can be taken for a date or a
    /// number, whatever reads it.
    pub(crate) body: String,
    /// The parameters it declares.
    pub(crate) parameters: BTreeSet<String>,
    /// The binaries its functions run.
    pub(crate) binaries: BTreeSet<String>,
}

/// Points each function's code to what `location` says for its binary.
pub(crate) fn prepare(
    yaml: &str,
    location: impl Fn(&str) -> String,
) -> Result<Template, TemplateError> {
    let mut template = json(serde_norway::from_str(yaml)?)?;
    if let Some(Json::Object(globals)) = template.pointer_mut("/Globals/Function") {
        globals.remove("CodeUri");
    }
    let mut binaries = BTreeSet::new();
    if let Some(Json::Object(resources)) = template.get_mut("Resources") {
        resources.retain(|_, resource| {
            resource["Type"] != "AWS::CloudWatch::Alarm"
                || resource["Properties"]["Metrics"].is_null()
        });
        for (name, resource) in resources {
            if resource["Type"] != "AWS::Serverless::Function" {
                continue;
            }
            let lacks = |missing| TemplateError::Incomplete { function: name.clone(), missing };
            let binary = resource["Metadata"]["BuildProperties"]["Binary"]
                .as_str()
                .ok_or_else(|| lacks("Metadata.BuildProperties.Binary"))?
                .to_owned();
            let Some(Json::Object(properties)) = resource.get_mut("Properties") else {
                return Err(lacks("Properties"));
            };
            properties.insert("CodeUri".to_owned(), location(&binary).into());
            binaries.insert(binary);
        }
    }
    let parameters = match &template["Parameters"] {
        Json::Object(parameters) => parameters.keys().cloned().collect(),
        _ => BTreeSet::new(),
    };
    Ok(Template { body: template.to_string(), parameters, binaries })
}

/// YAML as JSON, the short forms of intrinsic functions (`!Sub x`) written out
/// (`{"Fn::Sub": "x"}`).
fn json(yaml: Yaml) -> Result<Json, TemplateError> {
    Ok(match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => value.into(),
            (_, Some(value), _) => value.into(),
            (.., value) => value.into(),
        },
        Yaml::String(value) => value.into(),
        Yaml::Sequence(values) => {
            values.into_iter().map(json).collect::<Result<Vec<_>, _>>()?.into()
        }
        Yaml::Mapping(mapping) => {
            let mut object = Map::new();
            for (key, value) in mapping {
                object.insert(name(key)?, json(value)?);
            }
            object.into()
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            intrinsic(tag.trim_start_matches('!'), json(tagged.value)?)
        }
    })
}

fn name(key: Yaml) -> Result<String, TemplateError> {
    match key {
        Yaml::String(key) => Ok(key),
        Yaml::Number(key) => Ok(key.to_string()),
        Yaml::Bool(key) => Ok(key.to_string()),
        _ => Err(TemplateError::Unknown("compound key")),
    }
}

fn intrinsic(tag: &str, argument: Json) -> Json {
    let (function, argument) = match (tag, argument) {
        ("Ref" | "Condition", argument) => (tag.to_owned(), argument),
        ("GetAtt", Json::String(path)) => {
            let parts = path.split_once('.').map_or(vec![path.as_str()], |(a, b)| vec![a, b]);
            ("Fn::GetAtt".to_owned(), parts.into())
        }
        (tag, argument) => (format!("Fn::{tag}"), argument),
    };
    Json::Object(Map::from_iter([(function, argument)]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEMPLATE: &str = "
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev}
Globals:
  Function:
    CodeUri: .
    Architectures: [!Ref Architecture]
Resources:
  PlanFunction:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: rust-cargolambda
      BuildProperties: {Binary: plan}
    Properties:
      Role: !GetAtt PlanRole.Arn
      Environment: {Variables: {URL: !Sub 'https://${Stage}.example'}}
  SendFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: send-email}}
    Properties: {CodeUri: ., Timeout: 30}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {MetricName: Errors}
  FormulaAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: share, Expression: failed / ended}]}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: {Version: 2012-10-17, On: 'true', Secure: yes}
";

    fn prepared() -> Json {
        let template =
            prepare(TEMPLATE, |binary| format!("s3://code/{binary}.zip")).expect("valid");
        serde_json::from_str(&template.body).expect("JSON")
    }

    #[test]
    fn code_comes_from_where_it_was_uploaded() {
        let template = prepared();
        let uri = |function: &str| &template["Resources"][function]["Properties"]["CodeUri"];
        assert_eq!(uri("PlanFunction"), "s3://code/plan.zip");
        assert_eq!(uri("SendFunction"), "s3://code/send-email.zip");
        assert_eq!(template["Globals"]["Function"].get("CodeUri"), None);
        assert_eq!(template["Resources"]["Policy"]["Properties"].get("CodeUri"), None);
    }

    #[test]
    fn alarms_on_formulas_are_left_out_and_no_others() {
        let template = prepared();
        assert!(template["Resources"]["FormulaAlarm"].is_null());
        assert_eq!(template["Resources"]["Alarm"]["Properties"]["MetricName"], "Errors");
    }

    #[test]
    fn short_forms_are_written_out() {
        let template = prepared();
        let plan = &template["Resources"]["PlanFunction"]["Properties"];
        assert_eq!(plan["Role"], json!({"Fn::GetAtt": ["PlanRole", "Arn"]}));
        assert_eq!(
            plan["Environment"]["Variables"]["URL"],
            json!({"Fn::Sub": "https://${Stage}.example"})
        );
        assert_eq!(
            template["Globals"]["Function"]["Architectures"],
            json!([{"Ref": "Architecture"}])
        );
    }

    #[test]
    fn dates_and_words_stay_text_and_numbers_stay_numbers() {
        let template = prepared();
        let policy = &template["Resources"]["Policy"]["Properties"];
        assert_eq!(*policy, json!({"Version": "2012-10-17", "On": "true", "Secure": "yes"}));
        assert_eq!(template["Resources"]["SendFunction"]["Properties"]["Timeout"], 30);
    }

    #[test]
    fn parameters_and_binaries_are_listed() {
        let template = prepare(TEMPLATE, |binary| binary.to_owned()).expect("valid");
        assert_eq!(template.parameters, ["Stage".to_owned()].into());
        assert_eq!(template.binaries, ["plan".to_owned(), "send-email".to_owned()].into());
    }

    #[test]
    fn a_function_without_a_binary_is_an_error_that_names_it() {
        let yaml = "Resources: {F: {Type: 'AWS::Serverless::Function'}}";
        let error = prepare(yaml, str::to_owned).expect_err("no binary");
        assert!(error.to_string().contains("function F"), "{error}");
    }
}
