//! Other processes, known by more than their number, which the system reuses.

use std::fs;
use std::io;
use std::process::Command;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

/// A process that may have ended since, distinguished from later ones with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Process {
    pid: u32,
    started: String,
}

impl Process {
    /// The process that has this number now.
    pub(crate) fn now(pid: u32) -> Option<Process> {
        let started = match fs::read_to_string(format!("/proc/{pid}/stat")) {
            Ok(stat) => start_time(&stat)?.to_owned(),
            // Only Linux has /proc.
            Err(_) if cfg!(target_os = "linux") => return None,
            Err(_) => started_by_ps(pid)?,
        };
        Some(Process { pid, started })
    }

    pub(crate) fn is_alive(&self) -> bool {
        Process::now(self.pid).as_ref() == Some(self)
    }

    /// Asks the process to end, waits until it has, and in the end forces it
    /// and its group.
    pub(crate) async fn end(&self) -> io::Result<()> {
        const PATIENCE: Duration = Duration::from_secs(10);
        let deadline = Instant::now() + PATIENCE;
        if self.is_alive() {
            signal(self.pid, Signal::TERM)?;
        }
        while self.is_alive() {
            if Instant::now() >= deadline {
                return signal_group(self.pid, Signal::KILL);
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

pub(crate) fn signal(pid: u32, signal: Signal) -> io::Result<()> {
    Ok(kill_process(checked(pid)?, signal)?)
}

pub(crate) fn signal_group(leader: u32, signal: Signal) -> io::Result<()> {
    Ok(kill_process_group(checked(leader)?, signal)?)
}

/// Zero and one would mean our own group, or every process there is.
fn checked(pid: u32) -> io::Result<Pid> {
    i32::try_from(pid)
        .ok()
        .filter(|&pid| pid > 1)
        .and_then(Pid::from_raw)
        .ok_or_else(|| io::Error::other(format!("{pid} is no process to signal")))
}

/// Field 22 of Linux's `stat`. The name of the program, which stands before,
/// may contain spaces and brackets. A zombie counts as gone.
fn start_time(stat: &str) -> Option<&str> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    (state != "Z").then(|| fields.nth(18))?
}

fn started_by_ps(pid: u32) -> Option<String> {
    let ps = Command::new("ps").args(["-o", "lstart=", "-p", &pid.to_string()]).output().ok()?;
    let started = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
    (!started.is_empty()).then_some(started)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_time_is_found_behind_an_odd_name() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2";
        assert_eq!(start_time(stat), Some("987654"));
        assert_eq!(start_time(&stat.replace(" S ", " Z ")), None);
    }

    #[test]
    fn a_process_is_itself_and_no_other() {
        let this = Process::now(std::process::id()).expect("alive");
        assert!(this.is_alive());
        assert!(!Process { started: "another time".into(), ..this }.is_alive());
    }

    #[test]
    fn nothing_is_signalled_by_a_number_that_means_many() {
        assert!(signal(0, Signal::TERM).is_err());
        assert!(signal(u32::MAX, Signal::TERM).is_err());
        assert!(signal_group(1, Signal::TERM).is_err());
    }
}
