//! The wording and templates that the commands work on, and the shop that speaks.

use std::env;
use std::path::{Path, PathBuf};

use bellhop::config::{ConfigError, Environment};
use bellhop::content;
use bellhop::render::{Shop, Sources};

use crate::CliError;
use crate::local::workspace;

/// The shop that this process's environment describes, by the functions' variables;
/// what is not set is as in the template's default parameters.
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

/// The texts of a deployment's folder over the built-in ones; without such a folder,
/// the project's own as they stand on the disk.
pub(crate) fn sources(own: Option<&Path>) -> Result<Sources, CliError> {
    Ok(match own {
        Some(folder) if !folder.is_dir() => {
            let source = std::io::Error::from(std::io::ErrorKind::NotADirectory);
            return Err(CliError::File { path: folder.to_owned(), source });
        }
        Some(folder) => {
            Sources::over_built_in(&folder.display().to_string(), content::read(folder)?)
        }
        None => {
            let folder = project();
            Sources::alone(&folder.display().to_string(), content::read(&folder)?)
        }
    })
}

/// The project's own wording and templates, named as short as possible.
pub(crate) fn project() -> PathBuf {
    let shared = workspace().join("shared");
    let here = env::current_dir().ok();
    let below = here.and_then(|here| shared.strip_prefix(here).map(Path::to_owned).ok());
    below.unwrap_or(shared)
}
