//! The fuzz targets, on their corpus (`fuzz/corpus/<target>/`) and on mutations of
//! it: the same ones in every run. `BELLHOP_FUZZ_RUNS` is how many mutations are
//! tried, `BELLHOP_SEED` the first one's seed: `BELLHOP_SEED=17 BELLHOP_FUZZ_RUNS=1`
//! tries one again.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{env, fs};

use bellhop::delivery::DeliveryJob;
use bellhop::model::Channel;
use bellhop_tests::event::Event;
use bellhop_tests::fuzz::{self, TARGETS, pointers};
use bellhop_tests::job;
use bellhop_tests::simulator::random::Random;
use serde_json::{Value, json};

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files.into_iter().map(|file| (file.display().to_string(), fs::read(&file).unwrap())).collect()
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// Runs the target on its corpus, then on as many mutations.
fn run(target: &str, mutations: u64, mutate: impl Fn(&mut Random, &[Vec<u8>]) -> Vec<u8>) {
    let (_, check) = TARGETS.into_iter().find(|(name, _)| *name == target).unwrap();
    let attempt = |name: &str, input: &[u8]| {
        let outcome = catch_unwind(AssertUnwindSafe(|| check(input)));
        assert!(outcome.is_ok(), "{target} fails on {name}:\n{}", input.escape_ascii());
    };
    let corpus = corpus(target);
    for (file, input) in &corpus {
        attempt(file, input);
    }
    let inputs: Vec<_> = corpus.into_iter().map(|(_, input)| input).collect();
    let first = number("BELLHOP_SEED").unwrap_or(0);
    for seed in first..first + number("BELLHOP_FUZZ_RUNS").unwrap_or(mutations) {
        let input = mutate(&mut Random::seeded(seed), &inputs);
        attempt(&format!("the mutation of seed {seed}"), &input);
    }
}

/// One of the inputs, with a few changes to its bytes.
fn bytes(random: &mut Random, inputs: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut input = random.pick(inputs).unwrap();
    for _ in 0..random.within(1, 4) {
        let place = random.below(input.len() as u64 + 1) as usize;
        let end = (place + random.within(1, 16) as usize).min(input.len());
        match random.below(7) {
            0 if place < input.len() => input[place] ^= 1 << random.below(8),
            1 => input.insert(place, random.below(256) as u8),
            2 => drop(input.drain(place..end)),
            3 => input.truncate(place),
            4 => {
                let again = input[place..end].to_vec();
                drop(input.splice(end..end, again));
            }
            5 => {
                let other = random.pick(inputs).unwrap();
                let from = random.below(other.len() as u64 + 1) as usize;
                input.truncate(place);
                input.extend(&other[from..]);
            }
            _ => {
                let word = random.pick(words).unwrap();
                drop(input.splice(place..place, word.bytes()));
            }
        }
    }
    input
}

/// Text about as long as a limit.
fn filler(random: &mut Random) -> String {
    let piece = random.pick(&["ü", "a", " ", "9", "\\", "👍", "A\u{301}"]).unwrap();
    let limit = random.pick(&[60, 64, 100, 128, 254, 1_000, 1_900, 2_000, 4_096]).unwrap();
    piece.repeat((limit / piece.len() + random.below(3) as usize).saturating_sub(1))
}

/// What stands where something else was expected.
fn unexpected(random: &mut Random) -> Value {
    let texts = [
        "",
        " ",
        "0",
        "-1",
        "1e3",
        "29,90",
        "29.90",
        "0.0001",
        "999999999999999.9999",
        "null",
        "\u{0}",
        "\u{feff}",
        "\u{202e}abc",
        "a\nb",
        "ÄÖÜ",
        "👩‍👩‍👧‍👦",
        "{{ 1 }}",
        "<script>",
        "\"",
        "javascript:alert(1)",
        "https://shop.example/a b",
        "https://ä.example/ü",
        "order.paid",
        "com.example.order.shipped",
        "customer.updated",
        "device.removed",
        "1.0",
        "2026-11-23T09:30:00Z",
        "2026-11-23T09:30:00+25:00",
        "9999-12-31T23:59:59.999999999Z",
        "-009999-01-01T00:00:00Z",
        "0000-00-00",
        "2026-02-30",
        "2026-11-25",
        "EUR",
        "eur",
        "JPY",
        "XXX",
        "KWD",
        "de",
        "de_AT",
        "zh-Hant-HK",
        "x-private",
        "ar-SA-u-nu-arab",
        "Europe/Vienna",
        "Mars/Phobos",
        "email",
        "sms",
        "push",
        "apns",
        "transactional",
        "low",
        "latest",
        "+436601234567",
        "+",
        "a@example.com",
        "a@",
        "\"a b\"@example.com",
        "eyJvcmRlciI6e319",
    ];
    match random.below(12) {
        0 => Value::Null,
        1 => json!(random.chance(500)),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(2.0),
        5 => json!(1e300),
        6 => json!(u64::MAX),
        7 => json!([]),
        8 => json!({}),
        9 => json!(filler(random)),
        _ => json!(random.pick(&texts).unwrap()),
    }
}

/// One of the inputs, with a few of its values replaced; of its bytes, where it is no
/// JSON, and sometimes where it is.
fn values(random: &mut Random, inputs: &[Vec<u8>]) -> Vec<u8> {
    let input = random.pick(inputs).unwrap();
    let document = serde_json::from_slice::<Value>(&input);
    let Some(mut document) = document.ok().filter(|_| random.chance(800)) else {
        return bytes(random, inputs, &["{", "}", "[", "\"", "null", "\\ud800", "1e999", ":", ","]);
    };
    for _ in 0..random.within(1, 4) {
        let mut places = Vec::new();
        pointers(&document, String::new(), &mut places);
        let place = random.pick(&places).unwrap();
        let other = random.pick(&places).unwrap();
        let other = document.pointer(&other).unwrap().clone();
        let parent =
            place.rsplit_once('/').map(|(parent, name)| (parent.to_owned(), name.to_owned()));
        let node = document.pointer_mut(&place).unwrap();
        match random.below(6) {
            0 => *node = other,
            1 => *node = json!([node.take()]),
            2 => *node = json!(node.as_str().unwrap_or_default().to_owned() + &filler(random)),
            3 => {
                let members = parent.and_then(|(parent, name)| {
                    Some((document.pointer_mut(&parent)?.as_object_mut()?, name))
                });
                if let Some((members, name)) = members {
                    members.remove(&name);
                }
            }
            _ => *node = unexpected(random),
        }
    }
    document.to_string().into_bytes()
}

#[test]
fn order_events() {
    run("order_event", 2_000, values);
}

#[test]
fn customer_events() {
    run("customer_event", 10_000, values);
}

#[test]
fn jobs() {
    run("job", 2_000, values);
}

#[test]
fn reports() {
    run("report", 2_000, values);
}

#[test]
fn wording() {
    const WORDS: [&str; 16] = [
        "{ $number }",
        "{ $nothing }",
        "{",
        "}",
        "\n",
        "\n ",
        " = ",
        "-term",
        "{ -term }",
        "{ paid-subject }",
        "{ PLURAL($count) ->\n",
        "[one] ",
        "*[other] x\n",
        "{\"\\u00e9\"}",
        "# ",
        ".attribute = x",
    ];
    run("ftl", 150, |random, inputs| bytes(random, inputs, &WORDS));
}

#[test]
fn templates() {
    const WORDS: [&str; 18] = [
        "{{ order.number }}",
        "{{ nothing }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{% if order %}",
        "{% endif %}",
        "{% for item in order.items %}",
        "{% endfor %}",
        "{{ t(\"paid-heading\") }}",
        "|short(0)",
        "|safe",
        "{% include \"parts/items.txt\" %}",
        "{% set title = none %}",
        "<mj-text>",
        "</mj-text>",
        "&",
    ];
    run("template", 80, |random, inputs| bytes(random, inputs, &WORDS));
}

/// The corpus of jobs is of the version that the senders read. `BELLHOP_REGENERATE=1`
/// writes it anew.
#[test]
fn there_is_a_current_job_of_every_channel() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/job");
    for channel in Channel::ALL {
        let file = folder.join(format!("{channel}.json"));
        if env::var_os("BELLHOP_REGENERATE").is_some() {
            let event = Event::sample("order-shipped-two-devices");
            let job = job::jobs(&event, channel).remove(0);
            fs::write(&file, serde_json::to_string_pretty(&job).unwrap() + "\n").unwrap();
        }
        let text = fs::read_to_string(&file);
        let text = text.unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let job = DeliveryJob::parse(&text, channel);
        job.unwrap_or_else(|e| panic!("{}: {e}; BELLHOP_REGENERATE=1", file.display()));
    }
}

#[test]
fn every_target_has_its_program_and_its_corpus() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in fuzz::TARGETS {
        let program = fs::read_to_string(fuzz.join(format!("fuzz_targets/{name}.rs")));
        let program = program.unwrap_or_else(|e| panic!("fuzz/fuzz_targets/{name}.rs: {e}"));
        assert!(program.contains(&format!("fuzz::{name}(data)")), "{program}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml has no {name}");
        corpus(name);
    }
}
