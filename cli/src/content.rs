//! The wording and templates that the commands work on, and the shop that sends.

use std::env;
use std::path::{Path, PathBuf};

use bellhop::content::{self, Shop, Sources};
use bellhop::plan::QuietHours;
use bellhop::platform::environment::{ConfigError, Environment};
use bellhop_local::workspace;

use crate::CliError;

/// The shop that this process's environment describes, by the functions' variables;
/// what is not set is as on the local stack.
pub(crate) fn shop() -> Result<Shop, ConfigError> {
    let lookup = |variable: &str| {
        let default = match variable {
            "SHOP_NAME" => Some("Example Shop"),
            "SHOP_URL" => Some("https://shop.example"),
            "DEFAULT_LOCALE" => Some("en"),
            _ => None,
        };
        env::var(variable).ok().or(default.map(str::to_owned))
    };
    let mut environment = Environment::new(&lookup);
    let shop = Shop::from_environment(&mut environment);
    environment.finish(shop)
}

/// The shop's time zone, by the functions' variable.
pub(crate) fn time_zone() -> String {
    env::var("DEFAULT_TIME_ZONE").unwrap_or_else(|_| "UTC".to_owned())
}

/// The shop's quiet hours, by the functions' variable; none where it names none.
pub(crate) fn quiet_hours() -> Option<QuietHours> {
    env::var("QUIET_HOURS").ok()?.parse().ok()
}

/// A folder of overrides over the built-in texts; without such a folder, the project's
/// texts as they stand on the disk.
pub(crate) fn sources(overrides: Option<&Path>) -> Result<Sources, CliError> {
    Ok(match overrides {
        Some(folder) if !folder.is_dir() => {
            let source = std::io::Error::from(std::io::ErrorKind::NotADirectory);
            return Err(CliError::File { path: folder.to_owned(), source });
        }
        Some(folder) => {
            Sources::over_built_in(&folder.display().to_string(), content::read_overrides(folder)?)
        }
        None => {
            let folder = project();
            Sources::alone(&folder.display().to_string(), content::read_overrides(&folder)?)
        }
    })
}

/// The folder of the project's wording and templates, named as short as possible.
pub(crate) fn project() -> PathBuf {
    let shared = workspace().join("shared");
    let here = env::current_dir().ok();
    let below = here.and_then(|here| shared.strip_prefix(here).map(Path::to_owned).ok());
    below.unwrap_or(shared)
}
