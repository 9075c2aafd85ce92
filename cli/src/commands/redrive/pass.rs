//! One pass through a dead-letter queue: every message is looked at once, and released
//! or left where it is.

use std::collections::HashMap;

use super::entry::{Done, Entry};
use super::judge::{Judge, Judged, Recorded, Verdict};
use super::letters::{Letter, Letters};
use super::progress::Pace;
use super::queue::QueueName;
use crate::CliError;

/// So often in a row a look must find nothing new before the queue counts as seen: one
/// look may miss messages that are there.
const DRY_LOOKS: usize = 2;

/// What a pass does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// It looks.
    Look,
    /// It releases what would do something.
    Release,
    /// It also deletes what would do nothing.
    ReleaseAndDrop,
}

/// What a pass found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What was looked at.
    pub(super) entries: Vec<Entry>,
    /// About how many could not be seen: SQS hands out ten of a group at most.
    pub(super) unseen: usize,
}

/// Goes through a queue's dead letters. Whatever stops it, what is left is shown to
/// others again.
pub(super) async fn pass(
    judge: &Judge,
    letters: &Letters,
    queue: QueueName,
    mode: Mode,
    pace: &mut Pace,
    found: &mut Found,
) -> Result<(), CliError> {
    pace.expect(letters.count().await?);
    let mut left = HashMap::new();
    let done = go_through(judge, letters, queue, mode, pace, found, &mut left).await;
    let unseen = if pace.is_interrupted() { Ok(0) } else { letters.count().await };
    letters.show_again(left.into_values()).await;
    done?;
    found.unseen += unseen?;
    Ok(())
}

async fn go_through(
    judge: &Judge,
    letters: &Letters,
    queue: QueueName,
    mode: Mode,
    pace: &mut Pace,
    found: &mut Found,
    left: &mut HashMap<String, Letter>,
) -> Result<(), CliError> {
    let mut dry_looks = 0;
    while dry_looks < DRY_LOOKS && !pace.is_interrupted() {
        let received = letters.receive().await?;
        let is_new = |letter: &Letter| !left.contains_key(&letter.message_id);
        let new: Vec<_> = received.iter().filter(|letter| is_new(letter)).cloned().collect();
        // Until they are dealt with, they are left; those that were and come again are
        // shown again by their newest handle.
        left.extend(received.into_iter().map(|letter| (letter.message_id.clone(), letter)));
        dry_looks = if new.is_empty() { dry_looks + 1 } else { 0 };
        for letter in new {
            if pace.is_interrupted() {
                break;
            }
            let id = letter.message_id.clone();
            let mut judged = judge.judge(queue, letter).await?;
            let dealt = deal_with(judge, letters, &judged, mode, pace).await;
            judged.entry.done = *dealt.as_ref().unwrap_or(&Done::Left);
            if judged.entry.done != Done::Left {
                left.remove(&id);
            }
            found.entries.push(judged.entry);
            dealt?;
        }
    }
    Ok(())
}

async fn deal_with(
    judge: &Judge,
    letters: &Letters,
    judged: &Judged,
    mode: Mode,
    pace: &mut Pace,
) -> Result<Done, CliError> {
    match (&judged.verdict, mode) {
        (Verdict::Release, Mode::Release | Mode::ReleaseAndDrop) => {
            pace.turn().await;
            letters.release(&judged.letter).await?;
            pace.released();
            Ok(Done::Released)
        }
        (Verdict::Nothing(unrecorded), Mode::ReleaseAndDrop) => {
            match judge.record(unrecorded).await? {
                Recorded::Done => {
                    letters.delete(&judged.letter).await?;
                    Ok(Done::Dropped)
                }
                Recorded::Not => Ok(Done::Left),
            }
        }
        (Verdict::Release | Verdict::Nothing(_) | Verdict::Stay, _) => Ok(Done::Left),
    }
}
