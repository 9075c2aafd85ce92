//! An e-mail: what is sent, and how it is made.

use jiff::Timestamp;
use minijinja::context;
use serde::Serialize;

use super::json_ld::json_ld;
use crate::content::debug::debug_lengths;
use crate::content::renderer::{Part, one_line};
use crate::content::{MessageInput, PreferenceLinks, RenderError, Renderer, text, view};
use crate::model::Channel;

/// How many lines a list of items has at most: so many that hardly an order has
/// more, then fewer, until the HTML part fits into [`LONGEST_HTML`].
const ROWS: [usize; 4] = [view::MOST_ROWS, 20, 8, 2];

/// Gmail cuts mail off here, in bytes of its HTML part: what stands below, a total
/// or a way to unsubscribe, nobody sees.
pub const GMAIL_CLIPS_AT: usize = 102 * 1024;

/// What SES adds to count opens and clicks needs room.
const LONGEST_HTML: usize = GMAIL_CLIPS_AT - 4 * 1024;

/// An e-mail.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct EmailMessage {
    /// One line.
    pub subject: String,
    /// What the list of mails shows after the subject; hidden in the mail.
    pub preheader: String,
    /// The HTML part, a whole document.
    pub html: String,
    /// The text part, which says the same.
    pub text: String,
    /// More headers: names and values of visible ASCII, a line each.
    pub headers: Vec<(String, String)>,
}

debug_lengths!(EmailMessage: subject, preheader, html, text;);

impl Renderer {
    /// An e-mail to look at: its link to the page of preferences has expired.
    ///
    /// # Errors
    /// [`RenderError`]; the same input then always fails.
    pub fn email(&self, input: &MessageInput<'_>) -> Result<EmailMessage, RenderError> {
        self.email_sent_until(input, Timestamp::UNIX_EPOCH)
    }

    /// An e-mail that is worth sending until this time, from which its links' lifetimes
    /// are counted: each attempt sends the same.
    ///
    /// # Errors
    /// [`RenderError`]; the same input then always fails.
    pub fn email_sent_until(
        &self,
        input: &MessageInput<'_>,
        sent_until: Timestamp,
    ) -> Result<EmailMessage, RenderError> {
        let draft = self.draft(input, Channel::Email)?;
        // The text part decides the words; the HTML part lays them out.
        let links = self.preferences.as_ref();
        let unsubscribe_url = links.map(|links| links.unsubscribe(input.data, input.locale));
        let preferences_url = links.map(|links| links.page(input.data, input.locale, sent_until));
        let defaults = context! {
            promotional => false,
            order_status => (),
            limit => ROWS[0],
            unsubscribe_url => &unsubscribe_url,
            preferences_url => &preferences_url,
        };
        let part = draft.render("txt", defaults)?;
        let line = |name: &'static str| part.text(name).map(|line| one_line(&line));
        let (subject, preheader) = (line("subject")?, line("preheader")?);
        let promotional = part.set("promotional")?.is_true();
        let words = context! {
            subject => &subject,
            preheader => &preheader,
            heading => part.set("heading")?,
            intro => part.set("intro")?,
            facts => part.set("facts")?,
            action => part.set("action")?,
            link => part.set("link")?,
            promotional,
            unsubscribe_url => &unsubscribe_url,
            preferences_url => &preferences_url,
        };
        let order_status = part.set("order_status")?;
        let render = |limit| {
            let json_ld = (!promotional).then(|| {
                let status = order_status.as_str();
                json_ld(input, &self.shop, &self.links, status, limit)
            });
            let words = context! { limit, json_ld, ..words.clone() };
            draft.render("html", words).map(Part::into_output)
        };
        let mut html = render(ROWS[0])?;
        for limit in ROWS.into_iter().skip(1) {
            if html.len() <= LONGEST_HTML {
                break;
            }
            html = render(limit)?;
        }
        let text = text::tidy(part.output());
        let link = unsubscribe_url.filter(|_| promotional);
        let headers = link.as_deref().map(PreferenceLinks::headers).unwrap_or_default();
        Ok(EmailMessage { subject, preheader, html, text, headers })
    }
}
