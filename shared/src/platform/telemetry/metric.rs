//! The metrics, all of them.

use std::collections::BTreeSet;

use crate::model::Channel;

/// What a metric counts in, by CloudWatch's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Time.
    Milliseconds,
    /// Money, shares.
    None,
}

/// What a metric is told apart by, besides the deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    Nothing,
    Channel,
}

macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident: $unit:ident, by $apart:ident;)*) => {
        /// A metric. Each is one of CloudWatch's in a deployment, but for those by channel.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Metric {
            $($(#[$doc])* $name,)*
        }

        impl Metric {
            /// Every metric.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// CloudWatch's name of it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// What it counts in.
            pub fn unit(self) -> Unit {
                match self {
                    $(Self::$name => Unit::$unit,)*
                }
            }

            pub(super) fn apart(self) -> Apart {
                match self {
                    $(Self::$name => Apart::$apart,)*
                }
            }
        }
    };
}

metrics! {
    /// Events that were understood.
    Events: Count, by Nothing;
    /// From when a fact happened until a provider took the message about it.
    SinceEventAccepted: Milliseconds, by Nothing;
    /// From when a fact happened until a provider's report of the arrival was read.
    SinceEventDelivered: Milliseconds, by Nothing;
    /// 1 for a delivery that reached nobody, 0 for one that a provider took: the average
    /// is the share that failed. A channel of few messages must not drown in another's.
    DeliveryFailed: None, by Channel;
    /// Attempts that a provider refused for their speed.
    Throttles: Count, by Nothing;
    /// Attempts that ended without a known outcome.
    UnknownOutcomes: Count, by Nothing;
    /// Deliveries known to have been sent twice.
    Duplicates: Count, by Nothing;
    /// Fields of events that were mended.
    Repairs: Count, by Nothing;
    /// Messages that were dead-lettered by the functions.
    DeadLettered: Count, by Nothing;
    /// Circuits that opened.
    CircuitOpened: Count, by Nothing;
    /// Messages that were postponed as their channel's circuit was open.
    HeldByCircuit: Count, by Nothing;
    /// Times that a deployment's wording, templates or types were left aside.
    OverridesBroken: Count, by Nothing;
    /// Events of a type that nobody knows, and that resembles a known one.
    UnknownTypes: Count, by Nothing;
    /// What SMS cost, in US dollars, as SNS reports it.
    SmsCost: None, by Nothing;
}

impl Unit {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
            Self::None => "None",
        }
    }
}

/// One of the metrics that CloudWatch bills a deployment for: a name, and the value of its
/// dimension `channel` if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Billed {
    /// The metric's name.
    pub name: &'static str,
    /// The value of its dimension.
    pub channel: Option<&'static str>,
}

/// All that CloudWatch may bill a deployment for, which uses every channel and every type.
pub fn billed() -> BTreeSet<Billed> {
    let each = |metric: &Metric| {
        let channels: Vec<_> = match metric.apart() {
            Apart::Nothing => vec![None],
            Apart::Channel => Channel::ALL.map(|channel| Some(channel.as_str())).into(),
        };
        let name = metric.name();
        channels.into_iter().map(move |channel| Billed { name, channel })
    };
    Metric::ALL.iter().flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CloudWatch asks 30 US cents a month for each.
    #[test]
    fn all_metrics_of_a_deployment_cost_less_than_five_dollars_a_month() {
        assert!(billed().len() <= 16, "{} metrics: {:#?}", billed().len(), billed());
        assert!(billed().len() > Metric::ALL.len());
    }
}
