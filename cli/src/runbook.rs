//! `docs/runbook.md` names commands that somebody types at three in the morning.

use std::collections::BTreeSet;

use clap::Parser;

use crate::arguments::Arguments;

const RUNBOOK: &str = include_str!("../../docs/runbook.md");

/// As it would be typed, with something in place of the words in capitals.
#[test]
fn every_command_of_the_runbook_is_one_that_the_command_line_takes() {
    let inline = RUNBOOK.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let blocks = RUNBOOK.lines().filter(|line| line.starts_with("cargo bellhop"));
    let mut commands = BTreeSet::new();
    for command in inline.chain(blocks).filter_map(|text| text.strip_prefix("cargo bellhop ")) {
        let words = ["bellhop"].into_iter().chain(command.split_whitespace());
        if let Err(error) = Arguments::try_parse_from(words) {
            panic!("cargo bellhop {command}: {error}");
        }
        commands.extend(command.split_whitespace().take(1));
    }
    assert_eq!(commands, ["check", "doctor", "publish", "push-app", "redrive", "timeline"].into());
}
