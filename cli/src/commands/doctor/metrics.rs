//! Metrics, as CloudWatch has them.

use aws_config::SdkConfig;
use bellhop::model::clock::Timestamp;
use bellhop_local::api::{QueryApi, members, query};
use jiff::SignedDuration;

use super::looked::{Looked, api};

pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Which metric.
pub(super) struct Metric<'a> {
    pub(super) namespace: &'static str,
    pub(super) name: &'static str,
    pub(super) dimensions: &'a [(&'static str, &'a str)],
    pub(super) statistic: &'static str,
}

/// A metric's value for a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) at: Timestamp,
    pub(super) value: f64,
}

/// Asks for the last values of a metric, oldest first.
pub(super) async fn look(
    config: &SdkConfig,
    metric: &Metric<'_>,
    now: Timestamp,
    span: SignedDuration,
) -> Looked<Vec<Point>> {
    const NEEDS: &str = "cloudwatch:GetMetricStatistics";
    let mut parameters = vec![
        ("Namespace".to_owned(), metric.namespace.to_owned()),
        ("MetricName".to_owned(), metric.name.to_owned()),
        ("StartTime".to_owned(), (now - span).to_string()),
        ("EndTime".to_owned(), now.to_string()),
        ("Period".to_owned(), "300".to_owned()),
        ("Statistics.member.1".to_owned(), metric.statistic.to_owned()),
    ];
    for (index, (name, value)) in metric.dimensions.iter().enumerate() {
        let member = format!("Dimensions.member.{}", index + 1);
        parameters.push((format!("{member}.Name"), (*name).to_owned()));
        parameters.push((format!("{member}.Value"), (*value).to_owned()));
    }
    let answer = query(config, QueryApi::CLOUDWATCH, "GetMetricStatistics", &parameters).await;
    let answer = api(NEEDS, answer)?;
    let path = ["GetMetricStatisticsResult", "Datapoints", "member"];
    let points = api(NEEDS, members(&answer, &path, &[]).map_err(Into::into))?;
    let point = |fields: &bellhop_local::api::Fields| {
        Some(Point {
            at: fields.text("Timestamp").parse().ok()?,
            value: fields.text(metric.statistic).parse().ok()?,
        })
    };
    let mut points: Vec<_> = points.iter().filter_map(point).collect();
    points.sort_by_key(|point| point.at);
    Ok(points)
}
