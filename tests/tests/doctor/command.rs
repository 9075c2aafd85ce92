//! The command, as CI runs it: its exit code, and what it prints.

use std::process::ExitCode;

use bellhop_cli::arguments::{Doctor, Target};
use bellhop_cli::commands::doctor;
use bellhop_tests::child;

use bellhop_tests::aws::{Aws, STACK};

const TEST: &str = "command::the_exit_code_tells_in_order_from_at_fault_from_nothing_to_look_at";

/// Run by [`TEST`] in a process of its own, whose environment says where AWS is.
async fn visit() {
    let target = Target { stack: Some(STACK.to_owned()) };
    let code = doctor::run(&Doctor { json: true, fix: false, target }).await.unwrap();
    let known = [(ExitCode::SUCCESS, 0), (ExitCode::FAILURE, 1), (ExitCode::from(2), 2)];
    let code = known.iter().find(|(known, _)| *known == code);
    println!("exit code {}", code.unwrap().1);
}

/// What it prints on an AWS, and what it complains of.
async fn printed(aws: Aws, credentials: &[(&'static str, &'static str)]) -> (String, String) {
    let (endpoint, _) = aws.serve().await;
    let credentials = credentials.to_vec();
    let run = tokio::task::spawn_blocking(move || {
        let place = [
            ("AWS_ENDPOINT_URL", endpoint.as_str()),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ];
        child::run(TEST, &[&credentials[..], &place].concat())
    });
    let output = run.await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_code_tells_in_order_from_at_fault_from_nothing_to_look_at() {
    if child::is_this() {
        return visit().await;
    }
    let keys = &[("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local")][..];
    let sandbox = Aws::healthy().with(
        "GET /v2/email/account",
        r#"AccessEnabled": true"#,
        r#"AccessEnabled": false"#,
    );
    let metrics = Aws::healthy().with(
        "GET /v2/email/configuration-sets/mail",
        r#"MetricsEnabled": true"#,
        r#"MetricsEnabled": false"#,
    );
    let none = Aws::healthy().failing("DescribeStacks", 400, "ValidationError");
    for (aws, keys, code, finding, complaint) in [
        (Aws::healthy(), keys, "exit code 0", r#""code":"ses_sandbox""#, ""),
        (metrics, keys, "exit code 0", r#""level":"warning""#, ""),
        (sandbox, keys, "exit code 1", r#""level":"error""#, ""),
        (none, keys, "exit code 2", "", "stack shop can't be read: no such stack in the region"),
        (Aws::healthy(), &[], "exit code 2", "", "no AWS credentials were found"),
    ] {
        let (printed, complained) = printed(aws, keys).await;
        assert!(printed.contains(code), "{code}: {printed}{complained}");
        assert!(printed.contains(finding), "{finding}: {printed}{complained}");
        assert!(complained.contains(complaint), "{complaint}: {printed}{complained}");
    }
}
