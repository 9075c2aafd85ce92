//! `redrive show`: a message of a dead-letter queue.

use std::process::ExitCode;

use bellhop::model::Reason;
use serde_json::{Value, json};

use super::Form;
use super::letters::{Letter, Letters};
use super::mask::masked;
use super::queue::QueueName;
use crate::CliError;
use crate::connection::Connection;

/// How much of a message is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Contact details are masked.
    Masked,
    /// All of it.
    Revealed,
}

/// Shows a message with its reason.
pub(super) async fn run(
    connection: &Connection,
    message: &str,
    shown: Shown,
    form: Form,
) -> Result<ExitCode, CliError> {
    let (letters, letter) = find(connection, message, &QueueName::ALL).await?;
    letters.show_again([letter.clone()]).await;
    let body = body(&letter.body, shown);
    let (reason, detail) = (reason(&letter), letter.detail.as_deref());
    if form == Form::Json {
        crate::say(&json!({
            "queue": letters.queue.as_str(),
            "message_id": letter.message_id,
            "since": letter.sent_at,
            "reason": reason,
            "detail": detail,
            "event": body,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    crate::say(&format_args!("queue:   {}", letters.queue.as_str()))?;
    crate::say(&format_args!("since:   {:.0}", letter.sent_at))?;
    let words = match &reason {
        Some(reason) => format!("{} ({reason})", detail.unwrap_or(&reason.words())),
        None => "it was received too often without success".to_owned(),
    };
    crate::say(&format_args!("reason:  {words}"))?;
    match &body {
        Value::String(text) => crate::say(&text)?,
        body => crate::say(&format_args!("{body:#}"))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Why it stands there, if Bellhop has put it there.
fn reason(letter: &Letter) -> Option<Reason> {
    letter.reason.as_deref().map(Reason::parse)
}

/// The event as it may be shown; of what is no JSON nobody knows which part is private.
fn body(text: &str, shown: Shown) -> Value {
    match (serde_json::from_str(text), shown) {
        (Ok(event), Shown::Revealed) => event,
        (Ok(event), Shown::Masked) => masked(&event),
        (Err(_), Shown::Revealed) => Value::String(text.to_owned()),
        (Err(_), Shown::Masked) => {
            Value::String(format!("({} bytes, no JSON; --reveal prints them)", text.len()))
        }
    }
}

/// The message of this id, and the one of these queues it stands on. It is hidden from others until it is
/// shown again; what else was looked at is shown at once.
pub(super) async fn find(
    connection: &Connection,
    message: &str,
    queues: &[QueueName],
) -> Result<(Letters, Letter), CliError> {
    for &queue in queues {
        let letters = Letters::of(connection, queue)?;
        let (mut others, mut dry_looks, mut found) = (Vec::new(), 0, None);
        while dry_looks < 2 && found.is_none() {
            let received = letters.receive().await?;
            dry_looks = if received.is_empty() { dry_looks + 1 } else { 0 };
            for letter in received {
                if letter.message_id == message {
                    found = Some(letter);
                } else {
                    others.push(letter);
                }
            }
        }
        letters.show_again(others).await;
        if let Some(letter) = found {
            return Ok((letters, letter));
        }
    }
    Err(CliError::NoSuchLetter(message.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_shown_only_where_that_is_asked_for() {
        let text = "order of ada@example.com";
        assert_eq!(body(text, Shown::Masked), "(24 bytes, no JSON; --reveal prints them)");
        assert_eq!(body(text, Shown::Revealed), text);
        let event = r#"{"email": "ada@example.com"}"#;
        assert_eq!(body(event, Shown::Masked), json!({"email": "a…@example.com"}));
        assert_eq!(body(event, Shown::Revealed), json!({"email": "ada@example.com"}));
    }
}
