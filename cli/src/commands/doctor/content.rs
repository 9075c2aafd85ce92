//! The shop's own wording, templates and types.

use aws_config::SdkConfig;
use bellhop::model::clock::Timestamp;
use bellhop_local::api::{LAMBDA, escape, rest};
use serde::Deserialize;

use super::finding::{Code, Finding, Subject};
use super::functions::Facts;
use super::looked::{Looked, api, if_there};
use super::metrics::{self, Metric};

const SUBJECT: Subject = Subject::Content;

/// A version of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LayerVersion {
    version: u64,
}

/// Asks for a version of a layer.
pub(super) async fn look(config: &SdkConfig, arn: &str) -> Looked<Option<LayerVersion>> {
    let path = format!("/2018-10-31/layers?find=LayerVersion&Arn={}", escape(arn));
    let answer = rest(config, LAMBDA, "GetLayerVersionByArn", &path).await;
    if_there(api("lambda:GetLayerVersion", answer))
}

/// Asks how often, in the last day, functions left the shop's content aside.
pub(super) async fn look_broken(config: &SdkConfig, stage: &str, now: Timestamp) -> Looked<f64> {
    let metric = Metric {
        namespace: "Bellhop",
        name: "OverridesBroken",
        dimensions: &[("stage", stage)],
        statistic: "Sum",
    };
    let points = metrics::look(config, &metric, now, metrics::DAY).await?;
    Ok(points.iter().map(|point| point.value).sum())
}

/// That the stack has none.
pub(super) fn judge_none() -> Finding {
    Finding::ok(SUBJECT, Code::ContentLayer, "the built-in wording, templates and types are used")
}

/// What there is to say about the layer, and whether the functions have it. Without
/// `functions` nothing is said of them.
pub(super) fn judge(arn: &str, layer: Option<&LayerVersion>, functions: Option<&Facts>) -> Finding {
    let code = Code::ContentLayer;
    if layer.is_none() {
        return Finding::error(
            SUBJECT,
            code,
            format!("{arn} is not there: functions that have it keep it, but a deployment fails"),
            "publish the layer, set ContentLayerArn to the LayerVersionArn it prints, and deploy",
        );
    }
    let functions = functions.map_or(&[][..], |facts| &facts.functions);
    let functions: Vec<_> =
        functions.iter().filter_map(|(_, function)| function.as_ref()).collect();
    let has = |function: &&&super::functions::Function| {
        function.layers.iter().any(|layer| layer.arn == arn)
    };
    match (functions.is_empty(), functions.iter().filter(has).count()) {
        (false, 0) => {
            let what = format!("no function has the layer {arn}");
            Finding::warning(SUBJECT, code, what, "deploy again")
        }
        (false, using) => Finding::ok(SUBJECT, code, format!("{using} functions use {arn}")),
        (true, _) => Finding::ok(SUBJECT, code, format!("{arn} is there")),
    }
}

/// What there is to say about how often functions left the content aside. Who did, their
/// logs say.
pub(super) fn judge_broken(times: f64) -> Finding {
    if times <= 0.0 {
        let what = "no function left the shop's content aside in the last 24 hours";
        return Finding::ok(SUBJECT, Code::OverridesBroken, what);
    }
    Finding::error(
        SUBJECT,
        Code::OverridesBroken,
        format!(
            "in the last 24 hours functions left the shop's content aside {times:.0} times: built-in texts were sent"
        ),
        "`cargo bellhop check --content content` says what is wrong, with file and line; publish a new \
         version of the layer and deploy",
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::super::functions::{Function, Layer};
    use super::*;

    fn functions(layer: &str) -> Facts {
        let layers = vec![Layer { arn: layer.to_owned() }];
        let function = Function { layers, ..Function::default() };
        Facts { functions: vec![("PlanFunction".to_owned(), Some(function))], ..Facts::default() }
    }

    #[test]
    fn the_layer_must_be_there_and_used() {
        let version = LayerVersion { version: 3 };
        let level = |layer: Option<&LayerVersion>, functions: Option<&Facts>| -> Level {
            judge("arn:layer:3", layer, functions).level
        };
        assert_eq!(level(Some(&version), Some(&functions("arn:layer:3"))), Ok);
        assert_eq!(level(Some(&version), Some(&functions("arn:layer:2"))), Warning);
        assert_eq!(level(Some(&version), None), Ok);
        assert_eq!(level(None, Some(&functions("arn:layer:3"))), Error);
    }

    #[test]
    fn content_that_was_left_aside_is_an_error() {
        assert_eq!(judge_broken(0.0).level, Ok);
        let found = judge_broken(3.0);
        assert_eq!(found.level, Error);
        assert!(found.what.contains("3 times"), "{}", found.what);
    }
}
