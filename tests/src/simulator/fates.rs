//! What befalls the calls that workers make.

use std::time::Duration;

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure;

/// What becomes of a call to a table or a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It takes effect and is answered.
    Works,
    /// It takes no effect, and the caller is told that it failed.
    Fails,
    /// It takes effect, and the caller is told that it failed.
    AnswerLost,
    /// It takes effect; the answer is lost, so the SDK calls again, and the
    /// caller hears the second answer.
    Repeated,
    /// The caller is told that it failed, and later it takes effect all the same.
    Late,
}

/// What a provider does with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reply {
    /// It accepts, and answers.
    Accepts,
    /// It accepts, and the answer is lost.
    AcceptsSilently,
    /// It never learns of the call, nor does the caller.
    Vanishes,
    /// It refuses, by this code.
    Refuses(SendFailure, &'static str),
}

/// Decides what befalls each call.
pub trait Fates: Send {
    /// The next call to a table or a queue.
    fn call(&mut self) -> Call;

    /// The next call to a provider.
    fn reply(&mut self, channel: Channel) -> Reply;

    /// How long after an e-mail is accepted its Send event comes, as often as it
    /// comes; never, if it is lost.
    fn send_events(&mut self) -> Vec<Duration>;

    /// Nothing goes wrong from now on.
    fn calm(&mut self);
}
