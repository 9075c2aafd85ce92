//! One pass through a dead-letter queue: every message is looked at once, and released
//! or left where it is.

use std::collections::HashMap;

use super::entry::{Done, Entry};
use super::judge::{Judge, Judged, Recorded, Verdict};
use super::letters::{Letter, Letters};
use super::progress::Pace;
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

/// A pass under way.
pub(super) struct Pass<'a> {
    pub(super) judge: &'a Judge,
    pub(super) letters: Letters,
    pub(super) mode: Mode,
    pub(super) pace: &'a mut Pace,
    pub(super) found: &'a mut Found,
}

impl Pass<'_> {
    /// Goes through a queue's dead letters. Whatever stops it, what is left is shown to
    /// others again.
    pub(super) async fn run(mut self) -> Result<(), CliError> {
        let count = self.letters.count().await?;
        self.pace.expect(count);
        // The count is about right only, so that one look follows even where it is 0.
        let dry_looks = if count == 0 { 1 } else { DRY_LOOKS };
        let mut left = HashMap::new();
        let done = self.go_through(dry_looks, &mut left).await;
        let is_cut_short = done.is_err() || self.pace.is_interrupted();
        let unseen = if is_cut_short { Ok(0) } else { self.letters.count().await };
        self.letters.show_again(left.into_values()).await;
        done?;
        self.found.unseen += unseen?;
        Ok(())
    }

    async fn go_through(
        &mut self,
        most_dry_looks: usize,
        left: &mut HashMap<String, Letter>,
    ) -> Result<(), CliError> {
        let mut dry_looks = 0;
        while dry_looks < most_dry_looks && !self.pace.is_interrupted() {
            let received = self.letters.receive().await?;
            let is_new = |letter: &&Letter| !left.contains_key(&letter.message_id);
            let new: Vec<_> = received.iter().filter(is_new).cloned().collect();
            // Until they are dealt with, they are left; those that were and come again
            // are shown again by their newest handle.
            left.extend(received.into_iter().map(|letter| (letter.message_id.clone(), letter)));
            dry_looks = if new.is_empty() { dry_looks + 1 } else { 0 };
            for letter in new {
                if self.pace.is_interrupted() {
                    break;
                }
                let id = letter.message_id.clone();
                let mut judged = self.judge.judge(self.letters.queue, letter).await?;
                let dealt = self.deal_with(&judged).await;
                judged.entry.done = *dealt.as_ref().unwrap_or(&Done::Left);
                if judged.entry.done != Done::Left {
                    left.remove(&id);
                }
                self.found.entries.push(judged.entry);
                dealt?;
            }
        }
        Ok(())
    }

    async fn deal_with(&mut self, judged: &Judged) -> Result<Done, CliError> {
        match (&judged.verdict, self.mode) {
            (Verdict::Release, Mode::Release | Mode::ReleaseAndDrop) => {
                self.pace.turn().await;
                self.letters.release(&judged.letter).await?;
                self.pace.released();
                Ok(Done::Released)
            }
            (Verdict::Nothing(unrecorded), Mode::ReleaseAndDrop) => {
                match self.judge.record(unrecorded).await? {
                    Recorded::Done => {
                        self.letters.delete(&judged.letter).await?;
                        Ok(Done::Dropped)
                    }
                    Recorded::Not => Ok(Done::Left),
                }
            }
            (Verdict::Release | Verdict::Nothing(_) | Verdict::Stay, _) => Ok(Done::Left),
        }
    }
}
