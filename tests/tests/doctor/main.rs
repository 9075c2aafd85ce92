//! `cargo bellhop doctor` finds each planted fault: on the local AWS, with the product
//! deployed, what can be planted there; and for the rest, with the real clients, on an
//! AWS that is healthy but for one answer.

mod command;
mod local;
mod scripted;

use bellhop_cli::commands::doctor::{Code, Level, Report};

/// All that is not in order, by code.
fn faults(report: &Report) -> Vec<(Code, Level)> {
    let faults = report.findings.iter().filter(|finding| finding.level > Level::Ok);
    faults.map(|finding| (finding.code, finding.level)).collect()
}
