//! `suppressions`: what is asked of AWS in which order, and what a refusal leads to.

use bellhop::answers::{asked_email, asked_phone};
use bellhop::channel::Recipient;
use bellhop::customer::ContactStanding;
use bellhop::model::Reason;
use bellhop_cli::commands::doctor::{Code, Level};
use bellhop_cli::commands::suppressions::{Report, Wish, carry_out, look};
use bellhop_tests::at;
use bellhop_tests::aws::{Aws, Running};

const NOW: &str = "2026-11-27T12:00:00Z";
const DELETE: &str = "DELETE /v2/email/suppression/addresses/ada%40example.com";
const PUT: &str = "PUT /v2/email/suppression/addresses";

fn ada() -> Recipient {
    asked_email("ada@example.com").unwrap()
}

fn phone() -> Recipient {
    asked_phone("+436601234567").unwrap()
}

async fn done(aws: Aws, contact: &Recipient, wish: Wish) -> (Running, Report) {
    let running = aws.start().await;
    let report = carry_out(&running.connection, contact, &wish, at(NOW)).await.unwrap();
    let shown = format!("{} {}", report.text(), report.json());
    assert!(!shown.contains(contact.identity()), "{shown}");
    (running, report)
}

/// A table that has the address since this morning.
fn suppressing() -> Aws {
    let item = r#"{"Item": {"pk": {"S": "CONTACT#"}, "sk": {"S": "SUPPRESSION"}, "changed_at": {"N": "1795766400000"},
        "suppression": {"M": {"channel": {"S": "email"}, "reason": {"S": "address_bounced"}, "at": {"N": "1795766400000"}}}}}"#;
    Aws::healthy().answering("GetItem", 200, item)
}

#[tokio::test]
async fn a_look_says_how_a_contact_point_stands_and_changes_nothing() {
    let running = suppressing().start().await;
    let report = look(&running.connection, &ada()).await.unwrap();
    assert_eq!(running.changes(), [""; 0]);
    assert!(
        matches!(&report.standing, ContactStanding::Suppressed(s) if s.reason == "address_bounced")
    );
    let text = report.text();
    let why = "Nothing is sent by e-mail to a…@example.com: the address does not exist, or takes no \
               mail (known since 27 November 2026).";
    assert!(text.starts_with(why), "{text}");
    let listed = "SES's suppression list of the account has it as BOUNCE, since 27 November 2026.";
    assert!(text.ends_with(listed), "{text}");

    // By its hash.
    let key = running.body_of("GetItem");
    assert!(key.contains("CONTACT#") && !key.contains("ada"), "{key}");
}

/// Else a mail in between would bounce on the list, and suppress the address anew.
#[tokio::test]
async fn lifting_takes_an_address_off_the_accounts_list_before_bellhop_writes_to_it_again() {
    let (running, report) = done(suppressing(), &ada(), Wish::Lift).await;
    assert_eq!(running.changes(), [DELETE, "PutItem"]);
    assert!(running.body_of("PutItem").contains(r#""suppression":{"NULL":true}"#));
    assert_eq!(report.done, ["SES's suppression list no longer has it"]);
    assert_eq!(report.findings, []);
}

#[tokio::test]
async fn an_address_that_is_not_on_the_accounts_list_is_lifted_all_the_same() {
    let aws = Aws::healthy().failing(DELETE, 404, "NotFoundException");
    let (running, report) = done(aws, &ada(), Wish::Lift).await;
    assert_eq!(running.changes(), [DELETE, "PutItem"]);
    assert_eq!((report.done.len(), report.findings.len()), (0, 0));
}

#[tokio::test]
async fn what_the_account_refuses_is_a_finding_and_the_rest_is_done() {
    let lists = [
        (DELETE, "ses:DeleteSuppressedDestination", ada(), Wish::Lift),
        (PUT, "ses:PutSuppressedDestination", ada(), Wish::Add(Reason::OptedOut)),
        ("OptInPhoneNumber", "sns:OptInPhoneNumber", phone(), Wish::Lift),
    ];
    for (asked, permission, contact, wish) in lists {
        let aws = Aws::healthy().failing(asked, 403, "AccessDeniedException");
        let (running, report) = done(aws, &contact, wish).await;
        assert!(running.changes().contains(&"PutItem".to_owned()), "{asked}");
        let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
        assert_eq!((finding.code, finding.level), (Code::NotFixed, Level::Error));
        assert!(finding.what.ends_with(&format!("needs {permission}")), "{}", finding.what);
        assert!(finding.todo.as_ref().is_some_and(|todo| todo.contains("somebody who may")));
    }
}

#[tokio::test]
async fn a_number_is_opted_in_only_where_it_opted_out_as_that_is_possible_once_in_30_days() {
    let (running, report) = done(Aws::healthy(), &phone(), Wish::Lift).await;
    assert_eq!(running.changes(), ["OptInPhoneNumber", "PutItem"]);
    assert_eq!(report.done, ["SNS's opt-out list no longer has it"]);

    let never = Aws::healthy().with("CheckIfPhoneNumberIsOptedOut", ">true<", ">false<");
    let (running, report) = done(never, &phone(), Wish::Lift).await;
    assert_eq!(running.changes(), ["PutItem"]);
    assert_eq!(report.done, [""; 0]);

    let again = Aws::healthy().failing("OptInPhoneNumber", 400, "InvalidParameter");
    let (running, report) = done(again, &phone(), Wish::Lift).await;
    assert_eq!(running.changes(), ["OptInPhoneNumber", "PutItem"]);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    let todo = finding.todo.as_deref().unwrap();
    assert!(todo.starts_with("SNS opts a number in once in 30 days"), "{todo}");
}

#[tokio::test]
async fn adding_suppresses_here_first_and_puts_an_address_on_the_accounts_list() {
    for (reason, code) in [
        (Reason::AddressBounced, "BOUNCE"),
        (Reason::Complained, "COMPLAINT"),
        (Reason::OptedOut, "COMPLAINT"),
    ] {
        let (running, report) = done(Aws::healthy(), &ada(), Wish::Add(reason.clone())).await;
        assert_eq!(running.changes(), ["PutItem", PUT]);
        assert!(running.body_of("PutItem").contains(reason.code().as_ref()));
        assert!(running.body_of(PUT).contains(&format!(r#""Reason":"{code}""#)));
        assert_eq!(report.done, ["SES's suppression list has it, too"]);
    }
    // SNS takes no number on its list.
    let (running, report) = done(Aws::healthy(), &phone(), Wish::Add(Reason::OptedOut)).await;
    assert_eq!(running.changes(), ["PutItem"]);
    assert_eq!(report.findings, []);
}

#[tokio::test]
async fn an_account_that_may_not_be_asked_is_a_finding_and_bellhops_own_is_told() {
    let asked = "GET /v2/email/suppression/addresses/ada%40example.com";
    let running = suppressing().failing(asked, 403, "AccessDeniedException").start().await;
    let report = look(&running.connection, &ada()).await.unwrap();
    assert!(report.text().starts_with("Nothing is sent by e-mail"));
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!((finding.code, finding.level), (Code::NotLooked, Level::Warning));
}
