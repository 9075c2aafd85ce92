//! What a cold start costs: from the start of `send-email`'s process to its
//! first poll of the Lambda runtime API, beside the least that a function can
//! be (`src/bin/bare-runtime.rs`). Budget: three times as much.
//!
//! `cargo build --release --bins && cargo bench --bench start`
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends by panicking, and prints what it has measured"
)]

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// The function's own variables, and those that Lambda gives to every function.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("AWS_LAMBDA_FUNCTION_NAME", "send-email"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
    ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
    ("AWS_REGION", "eu-west-1"),
    ("AWS_ACCESS_KEY_ID", "local"),
    ("AWS_SECRET_ACCESS_KEY", "local"),
    ("AWS_SESSION_TOKEN", "local"),
    ("LEDGER_TABLE", "ledger"),
    ("PROFILES_TABLE", "profiles"),
    ("CONTACT_KEY_ARN", "arn:aws:secretsmanager:eu-west-1:1:secret:contact-key"),
    ("QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/email.fifo"),
    ("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/email-dlq.fifo"),
    ("BULK_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/email-bulk.fifo"),
    ("ORDER_EVENTS_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/order-events.fifo"),
    ("BULK_DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/email-bulk-dlq.fifo"),
    ("SHOP_NAME", "Example Shop"),
    ("SHOP_URL", "https://shop.example/"),
    ("DEFAULT_LOCALE", "en"),
    ("FROM_ADDRESS", "shop@example.com"),
    ("CONFIGURATION_SET", "bellhop"),
    ("RATE", "14"),
    ("INSTANCES", "5"),
    ("BULK_INSTANCES", "2"),
];

/// How many times as long as a bare function `send-email` may take.
const BUDGET: f64 = 3.0;

/// Starts a program, waits until it asks for its first event, and ends it; how
/// long it took to ask.
async fn start(program: &Path, api: &TcpListener) -> Duration {
    let started = Instant::now();
    let mut child = Command::new(program)
        .env_clear()
        .envs(ENVIRONMENT.iter().copied())
        .env("AWS_LAMBDA_RUNTIME_API", api.local_addr().unwrap().to_string())
        .stdout(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|e| panic!("{}: {e}; build it first", program.display()));
    let (connection, _) = tokio::select! {
        accepted = api.accept() => accepted.unwrap(),
        status = child.wait() => panic!("{} ended: {}", program.display(), status.unwrap()),
    };
    let (mut connection, mut request) = (BufReader::new(connection), String::new());
    connection.read_line(&mut request).await.unwrap();
    let took = started.elapsed();
    assert!(request.starts_with("GET /2018-06-01/runtime/invocation/next "), "{request}");
    child.kill().await.unwrap();
    took
}

/// Measures the starts of a program. Of all of them, this is the slowest of the
/// fastest tenth: other work on the machine disturbs it least.
fn measure(c: &mut Criterion, runtime: &Runtime, name: &str, program: &Path) -> Duration {
    let all = RefCell::new(Vec::new());
    let api = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
    c.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let starts: Vec<_> =
                (0..times).map(|_| runtime.block_on(start(program, &api))).collect();
            all.borrow_mut().extend_from_slice(&starts);
            starts.into_iter().sum()
        });
    });
    let mut all = all.into_inner();
    all.sort_unstable();
    all[all.len() / 10]
}

fn main() {
    let mut criterion = Criterion::default().sample_size(30).configure_from_args();
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build().unwrap();
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release");
    let bare = Path::new(env!("CARGO_BIN_EXE_bare-runtime"));

    let bare = measure(&mut criterion, &runtime, "start of a bare function", bare);
    let email =
        measure(&mut criterion, &runtime, "start of send-email", &release.join("send-email"));
    // With overrides: wording in one language, and a template.
    let overrides = tempfile::tempdir().unwrap();
    let program = overrides.path().join("send-email");
    std::fs::copy(release.join("send-email"), &program).unwrap();
    let put = |path: &str, text: &str| {
        let file = overrides.path().join("content").join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    put("locales/de.ftl", "paid-heading = Danke!\n");
    let wording = measure(&mut criterion, &runtime, "start with overridden wording", &program);
    put("templates/layout.mjml", include_str!("../../shared/templates/layout.mjml"));
    let template = measure(&mut criterion, &runtime, "start with an overridden template", &program);
    criterion.final_summary();

    let ratio = email.as_secs_f64() / bare.as_secs_f64();
    println!("bare {bare:?}, send-email {email:?}: {ratio:.2} times (budget {BUDGET})");
    println!("with overridden wording {wording:?}, with an overridden template {template:?}");
}
