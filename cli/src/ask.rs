//! Asking whoever types.

use std::io::{self, BufRead, IsTerminal, Write};

use tokio::sync::oneshot;

/// Whether somebody sees the question and can answer.
pub(crate) fn can_answer() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question that is answered with yes or no; whatever is not yes is no.
pub(crate) async fn agrees(question: &str) -> bool {
    _ = write!(io::stderr(), "{question} [y/N] ");
    _ = io::stderr().flush();
    let (send, answer) = oneshot::channel();
    // A thread of its own: reading can't be given up, and must not keep the program.
    std::thread::spawn(move || {
        let mut line = String::new();
        _ = io::stdin().lock().read_line(&mut line);
        _ = send.send(line);
    });
    tokio::select! {
        answer = answer => answer.is_ok_and(|line| matches!(line.trim(), "y" | "Y" | "yes")),
        _ = tokio::signal::ctrl_c() => false,
    }
}
