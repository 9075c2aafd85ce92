//! `docs/runbook.md`: what to do when an alarm rings.

use std::collections::BTreeSet;
use std::fs;

use crate::dashboard::members_are_written;
use crate::facts::*;
use crate::template::*;

fn runbook() -> String {
    fs::read_to_string(root().join("docs/runbook.md")).unwrap()
}

/// The cells of the tables' lines. A bar within a query is written `\|`.
fn lines(runbook: &str) -> Vec<Vec<String>> {
    let lines = runbook.lines().filter(|line| line.starts_with("| `"));
    let bar = |cell: &str| cell.replace('\u{1f}', "|").trim().to_owned();
    let cells = |line: &str| line.replace("\\|", "\u{1f}").split('|').map(bar).collect();
    lines.map(cells).collect()
}

/// What stands in quotes as code.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_alarm_has_its_line_and_every_line_an_alarm() {
    let runbook = runbook();
    let lines = lines(&runbook);
    let lines = lines.iter().filter(|cells| cells[1].trim_matches('`').ends_with("Alarm"));
    let mut named = Vec::new();
    for cells in lines {
        let [_, alarm, means, look, todo, _] = &cells[..] else { panic!("{cells:?}") };
        assert!(means.len() > 20 && look.len() > 5 && todo.len() > 10, "{cells:?}");
        named.push(alarm.trim_matches('`').to_owned());
    }
    let template = Template::load();
    let alarms = template.resources("AWS::CloudWatch::Alarm");
    let alarms: Vec<_> = alarms.into_keys().map(str::to_owned).collect();
    named.sort();
    assert_eq!(named, alarms);
}

#[test]
fn its_queries_ask_for_what_is_written_and_every_named_one_is_there() {
    let runbook = runbook();
    let lines = lines(&runbook);
    let (alarms, queries): (Vec<_>, Vec<_>) =
        lines.iter().partition(|cells| cells[1].trim_matches('`').ends_with("Alarm"));
    let mut names = BTreeSet::new();
    for cells in &queries {
        let [_, name, _, query, _] = &cells[..] else { panic!("{cells:?}") };
        members_are_written(query.trim_matches('`'));
        names.insert(name.trim_matches('`').to_owned());
    }
    assert!(names.len() >= 8, "{names:?}");
    let mut asked = BTreeSet::new();
    for cells in alarms {
        let single = |text: &&str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        for name in code(&cells[3]).filter(single).filter(|name| *name != "bellhop-reason") {
            assert!(names.contains(name), "{name}: {cells:?}");
            asked.insert(name.to_owned());
        }
    }
    names.remove("trace");
    assert_eq!(asked, names);
}
