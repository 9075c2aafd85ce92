//! The rooms of the library build on each other: a room imports only from rooms
//! above it in the list of `shared/src/lib.rs`. The compiler does not mind circles
//! between modules; readers do.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, in the order in which `lib.rs` declares them.
fn rooms(library: &str) -> Vec<&str> {
    library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a line of code names as `crate::<room>`, wherever it stands;
/// comments name what they like.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    let rest = code.split("crate::").skip(1);
    rest.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap())
}

/// The imports of a file of `room` that go against the order, each with its line.
fn against_the_order(rooms: &[&str], room: &str, code: &str) -> Vec<(usize, String)> {
    let place = |room: &str| rooms.iter().position(|known| *known == room);
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        for imported in named(line) {
            let problem = match place(imported) {
                Some(_) if place(imported) <= place(room) => continue,
                Some(_) => format!("`{room}` must not import from `{imported}`"),
                None => "an import names its room: `use crate::<room>::…`".to_owned(),
            };
            found.push((index + 1, problem));
        }
    }
    found
}

#[test]
fn a_room_imports_only_from_rooms_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/src");
    let library = fs::read_to_string(source.join("lib.rs")).unwrap();
    let rooms = rooms(&library);
    assert!(rooms.len() > 10, "{rooms:?}");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let (mut seen, mut problems) = (0, Vec::new());
    for file in files {
        let within = file.strip_prefix(&source).unwrap();
        let Some(room) = within.parent().and_then(|folder| folder.iter().next()) else { continue };
        let room = room.to_str().unwrap();
        let code = fs::read_to_string(&file).unwrap();
        seen += code.matches("crate::").count();
        for (line, problem) in against_the_order(&rooms, room, &code) {
            problems.push(format!("shared/src/{}:{line}: {problem}", within.display()));
        }
    }
    assert!(seen > 250, "only {seen} imports were read");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_folder_of_the_library_is_a_room_in_its_list() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/src");
    let library = fs::read_to_string(source.join("lib.rs")).unwrap();
    let mut folders: Vec<_> = fs::read_dir(&source)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "lib.rs")
        .collect();
    folders.sort_unstable();
    let mut listed = rooms(&library);
    listed.sort_unstable();
    assert_eq!(folders, listed);
}

#[test]
fn an_import_against_the_order_is_found_in_any_form() {
    let rooms = ["model", "event", "plan"];
    let lines = |code: &str| {
        let found = against_the_order(&rooms, "event", code);
        found.into_iter().map(|(line, _)| line).collect::<Vec<_>>()
    };
    assert_eq!(lines("use crate::model::Channel;\nuse crate::plan::Skip;"), [2]);
    assert_eq!(lines("use crate::{\n    plan,\n};\nlet skip = crate::plan::Skip;"), [1, 4]);
    assert_eq!(lines("/// See [`crate::plan`].\n// crate::plan"), [0; 0]);
    assert_eq!(lines("pub(crate) fn f() {}"), [0; 0]);
}
