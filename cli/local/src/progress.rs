use std::fmt::Display;
use std::io::{self, Write};
use std::time::Duration;

use tokio::time::Instant;

/// Hears which step of a start is under way, and how long each one took.
pub trait Progress: Send + Sync {
    /// A step starts; steps may overlap.
    fn begins(&self, step: &str);
    /// A step came to its end. A step that fails does not: its error is returned.
    fn ends(&self, step: &str, elapsed: Duration);
}

/// Reports to nobody; for tests.
pub struct Quiet;

impl Progress for Quiet {
    fn begins(&self, _: &str) {}
    fn ends(&self, _: &str, _: Duration) {}
}

/// Writes a line to standard error as each step begins and ends.
pub struct ToStderr;

impl Progress for ToStderr {
    fn begins(&self, step: &str) {
        write_line(format_args!("{step} …"));
    }

    fn ends(&self, step: &str, elapsed: Duration) {
        write_line(format_args!("{step}: {:.1} s", elapsed.as_secs_f64()));
    }
}

/// Progress that nobody can read is no reason to fail.
fn write_line(line: impl Display) {
    _ = writeln!(io::stderr(), "{line}");
}

/// Reports one step of work to `progress`.
///
/// # Errors
/// That of the work.
pub async fn step<T, E>(
    progress: &dyn Progress,
    name: &str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let start = Instant::now();
    progress.begins(name);
    let value = work.await?;
    progress.ends(name, start.elapsed());
    Ok(value)
}
