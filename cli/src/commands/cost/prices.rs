//! What AWS asks, in US dollars in us-east-1.

/// A price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price {
    /// Of what.
    pub(super) what: &'static str,
    pub(super) usd: f64,
    /// For how many.
    pub(super) per: f64,
    /// The unit in words, as in "0.50 per million requests".
    pub(super) unit: &'static str,
    /// How many a month nobody pays for, ever; what is free in the first year only is left
    /// out.
    pub(super) free: f64,
    /// Who says so, and when.
    pub(super) source: &'static str,
}

impl Price {
    /// What so many cost.
    pub(super) fn of(&self, quantity: f64) -> f64 {
        (quantity - self.free).max(0.0) / self.per * self.usd
    }
}

const M: f64 = 1e6;

const fn price(what: &'static str, usd: f64, per: f64, unit: &'static str) -> Price {
    Price { what, usd, per, unit, free: 0.0, source: "AWS's list as commonly known, 2025" }
}

const fn free(price: Price, free: f64) -> Price {
    Price { free, ..price }
}

const fn from(price: Price, source: &'static str) -> Price {
    Price { source, ..price }
}

const QUOTED: &str = "a page that quotes AWS's, 2026-05";
const CLOUDBURN: &str = "cloudburn.io 2026-03, factualminds.com 2026-06";
const REPOSITORIES: &str = "public repositories that quote AWS's page, 2025 and 2026";

pub(super) const EMAIL: Price =
    from(price("SES, e-mail", 0.10, 1e3, "per 1,000 recipients"), "api-evangelist, 2026-08");
pub(super) const PUSH: Price =
    from(free(price("SNS, push", 0.50, M, "per million"), M), "factualminds.com 2026-06");
pub(super) const SQS_FIFO: Price =
    from(free(price("SQS, FIFO", 0.50, M, "per million requests"), M), CLOUDBURN);
/// The queues that SNS fills; the requests that are free are taken off the others.
pub(super) const SQS_STANDARD: Price =
    from(price("SQS, standard", 0.40, M, "per million requests"), CLOUDBURN);
pub(super) const SNS: Price = free(price("SNS, requests", 0.50, M, "per million"), M);
pub(super) const LAMBDA_REQUESTS: Price =
    from(free(price("Lambda, requests", 0.20, M, "per million"), M), QUOTED);
pub(super) const LAMBDA_TIME: Price = from(
    free(price("Lambda, time on arm64", 13.3334, M, "per million GB-seconds"), 400_000.0),
    QUOTED,
);
pub(super) const WRITES: Price =
    from(price("DynamoDB, writes", 0.625, M, "per million units of 1 KB"), REPOSITORIES);
pub(super) const READS: Price =
    from(price("DynamoDB, reads", 0.125, M, "per million units of 4 KB"), REPOSITORIES);
pub(super) const STORAGE: Price =
    from(free(price("DynamoDB, storage", 0.25, 1.0, "per GB-month"), 25.0), REPOSITORIES);
pub(super) const BACKUP: Price = price("DynamoDB, recovery", 0.20, 1.0, "per GB-month");
pub(super) const LOGS: Price = free(price("CloudWatch, logs", 0.50, 1.0, "per GB taken in"), 5.0);
pub(super) const METRICS: Price = free(price("CloudWatch, metrics", 0.30, 1.0, "each"), 10.0);
pub(super) const ALARMS: Price =
    free(price("CloudWatch, alarms", 0.10, 1.0, "per metric that one looks at"), 10.0);
pub(super) const TRACES: Price = free(price("X-Ray", 5.00, M, "per million traces"), 100_000.0);
pub(super) const KEY: Price = price("KMS, the key", 1.00, 1.0, "each");
pub(super) const KEY_USE: Price = free(price("KMS, requests", 0.03, 1e4, "per 10,000"), 20_000.0);
pub(super) const SECRET: Price = price("Secrets Manager", 0.40, 1.0, "each");

/// An SMS of one part to the US, which no bill below has; others cost up to some twenty
/// times as much.
pub(super) const SMS_US: Price = from(
    price("SNS, an SMS part to the US", 5.81, 1e3, "per 1,000, and the carrier's fee"),
    "public notes, 2025 and 2026",
);
