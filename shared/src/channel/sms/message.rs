//! An SMS: what is sent, and how it is made.

use minijinja::context;
use serde::Serialize;

use super::encoding::{SmsEncoding, measure, plain};
use crate::content::debug::debug_lengths;
use crate::content::renderer::one_line;
use crate::content::{MessageInput, Problem, RenderError, Renderer};
use crate::model::Channel;

/// What a text message is cut to, step by step, until it takes no more segments
/// than its template allows: [`FEW_SEGMENTS`], unless it sets `segments`.
const SMS_STEPS: [SmsStep; 7] = [
    SmsStep { width: 100, number_width: 64, brief: false },
    SmsStep { width: 40, number_width: 64, brief: false },
    SmsStep { width: 20, number_width: 64, brief: false },
    SmsStep { width: 10, number_width: 24, brief: false },
    SmsStep { width: 10, number_width: 24, brief: true },
    SmsStep { width: 6, number_width: 24, brief: true },
    SmsStep { width: 6, number_width: 12, brief: true },
];
const FEW_SEGMENTS: u32 = 2;

#[derive(Debug, Clone, Copy)]
struct SmsStep {
    /// The width, in characters, that names are cut to.
    width: usize,
    /// The same of order numbers.
    number_width: usize,
    /// Whether to leave out all that the link leads to.
    brief: bool,
}

/// What SNS takes at most. Source: SNS API reference, `Publish`.
const LONGEST_SMS: usize = 1_600;

/// A text message.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SmsMessage {
    /// The message.
    pub text: String,
    /// The alphabet it needs.
    pub encoding: SmsEncoding,
    /// How many messages the network makes of it, at least.
    pub segments: u32,
    /// How many its template wants it to take at most.
    pub budget: u32,
}

debug_lengths!(SmsMessage: text; encoding, segments);

impl Renderer {
    /// A text message, in few segments: names and titles are cut for that, the
    /// link never.
    ///
    /// # Errors
    /// [`RenderError`]; the same input then always fails.
    pub fn sms(&self, input: &MessageInput<'_>) -> Result<SmsMessage, RenderError> {
        let draft = self.draft(input, Channel::Sms)?;
        let render = |step: SmsStep, with_link: bool| {
            let SmsStep { width, number_width, brief } = step;
            let words =
                context! { width, number_width, brief, with_link, segments => FEW_SEGMENTS };
            let part = draft.render("sms.txt", words)?;
            let budget = u32::try_from(part.set("segments")?).unwrap_or(FEW_SEGMENTS);
            let text = plain(one_line(part.output()));
            if text.is_empty() {
                return Err(part.problem(Problem::Empty));
            }
            let (encoding, segments) = measure(&text);
            Ok(SmsMessage { text, encoding, segments, budget })
        };
        let mut best: Option<SmsMessage> = None;
        for step in SMS_STEPS {
            let candidate = render(step, true)?;
            let fits = candidate.segments <= candidate.budget;
            if best.as_ref().is_none_or(|best| candidate.segments < best.segments) {
                best = Some(candidate);
            }
            if fits {
                break;
            }
        }
        match best {
            Some(best) if best.text.chars().count() <= LONGEST_SMS => Ok(best),
            // Better without its link than rejected for it.
            _ => render(SMS_STEPS[0], false),
        }
    }
}
