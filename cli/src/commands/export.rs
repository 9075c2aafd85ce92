//! `export`: all that is stored about a customer, as JSON.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;

use bellhop::answers::{Subject, asked_email, asked_phone, export};
use bellhop::model::CustomerId;
use bellhop::model::clock::{Clock, SystemClock};

use crate::CliError;
use crate::arguments::Export;
use crate::connection::Connection;

/// What only the owner may read or write.
const OWNER_ONLY: u32 = 0o600;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Export) -> Result<ExitCode, CliError> {
    let email = arguments.email.as_deref().map(asked_email).transpose()?;
    let phone = arguments.phone.as_deref().map(asked_phone).transpose()?;
    let customer = arguments.customer.as_deref().map(CustomerId::new);
    let subject = Subject { customer, contacts: email.into_iter().chain(phone).collect() };
    // Before anything is read: else it would be read for nothing.
    let mut file = arguments.out.as_deref().map(created).transpose()?;

    let connection = Connection::to(&arguments.target).await?;
    let (ledger, profiles) = (connection.ledger().await?, connection.profiles()?);
    let key = connection.contact_key().await?;
    let found = export(&ledger, &profiles, &key, subject, SystemClock.now()).await?;
    let text = serde_json::to_string_pretty(&found).map_err(CliError::Export)?;
    match (&mut file, arguments.out.as_deref()) {
        (Some(file), Some(path)) => {
            let written = file.write_all(format!("{text}\n").as_bytes());
            written.map_err(|source| not_written(path, source))?;
        }
        _ => crate::say(&text)?,
    }
    for remark in &found.remarks {
        crate::warn(remark);
    }
    if found.profile.is_none() && found.orders.is_empty() {
        crate::warn(&"nothing is stored of whom you name");
    }
    Ok(ExitCode::SUCCESS)
}

/// A new file that nobody else may read; one that is there is never written over.
fn created(path: &Path) -> Result<File, CliError> {
    let created = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path);
    created.map_err(|source| not_written(path, source))
}

fn not_written(path: &Path, source: io::Error) -> CliError {
    CliError::NotWritten { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_its_owners_alone_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("customer.json");
        let file = created(&path).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, OWNER_ONLY);
        let error = created(&path).unwrap_err().to_string();
        assert!(error.contains("customer.json can't be written"), "{error}");
    }
}
