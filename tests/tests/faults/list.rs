//! The list of faults, held to the sources: every test that it names is there,
//! and every numbered test is on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

/// How the row of a fault that can't be tested yet ends.
const NOT_BUILT: &str = "(not built yet)";

fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn list() -> String {
    read_to_string(crate_folder().join("FAULTS.md")).unwrap()
}

/// The numbered rows: number, the tests' cell.
fn rows(list: &str) -> BTreeMap<u32, String> {
    let mut rows = BTreeMap::new();
    for line in list.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, number, _, test, expected, _] = cells[..] else { continue };
        if let Ok(number) = number.parse() {
            assert!(!expected.is_empty(), "{line}");
            assert_eq!(rows.insert(number, test.to_owned()), None, "{number} is there twice");
        }
    }
    rows
}

/// The tests that a text names, as `` `path/file.rs::name` ``.
fn tests(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::"))
}

/// Whether the source has a test of this name.
fn has_test(source: &str, name: &str) -> bool {
    source.match_indices(&format!("fn {name}(")).any(|(at, _)| {
        let above = source[..at].rsplit("\n\n").next().unwrap_or_default();
        above.contains("#[test]") || above.contains("#[tokio::test")
    })
}

#[test]
fn every_test_on_the_list_is_there() {
    let mut named = 0;
    for (path, name) in tests(&list()) {
        let path = crate_folder().join("tests").join(path);
        let source = read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(has_test(&source, name), "{} has no test {name}", path.display());
        named += 1;
    }
    assert!(named > 50, "only {named} tests are named");
}

#[test]
fn every_number_is_on_the_list_with_a_test_or_the_reason() {
    let rows = rows(&list());
    let wanted: BTreeSet<u32> = (1..=43).chain(53..=70).collect();
    assert_eq!(rows.keys().copied().collect::<BTreeSet<_>>(), wanted);
    for (number, cell) in &rows {
        assert!(tests(cell).next().is_some() || cell.ends_with(NOT_BUILT), "{number}: {cell}");
    }
}

#[test]
fn every_numbered_test_is_on_the_list_under_its_number() {
    let rows = rows(&list());
    let folder = crate_folder().join("tests/faults");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        for name in numbered(&path) {
            let number: u32 = name[6..8].parse().unwrap();
            let file = path.file_name().and_then(|name| name.to_str()).unwrap();
            let test = format!("`faults/{file}::{name}`");
            assert!(rows[&number].contains(&test), "{test} is not on the list");
        }
    }
}

fn numbered(path: &Path) -> Vec<String> {
    let source = read_to_string(path).unwrap();
    let names = source.match_indices("fn fault_").map(|(at, _)| {
        let name = source[at + 3..].split('(').next().unwrap_or_default();
        name.to_owned()
    });
    names.filter(|name| has_test(&source, name)).collect()
}

#[test]
fn a_helper_and_a_mention_are_no_tests() {
    let source =
        "#[test]\nfn a() {}\n\nfn b() {}\n\n/// `fn c()`\n#[tokio::test]\nasync fn d() {}\n";
    let found: Vec<_> = ["a", "b", "c", "d"].into_iter().filter(|n| has_test(source, n)).collect();
    assert_eq!(found, ["a", "d"]);
}
