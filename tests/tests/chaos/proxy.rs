//! The proxy that injects the faults: microburst, which speaks AWS's errors.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use bellhop_local::get;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

/// It takes every call that is signed for `ses` for one of SES v1, whose errors
/// are XML; the functions call v2.
const PROGRAM: &str = "from microburst import cli, models
models._SCOPE_ALIASES['ses'] = 'sesv2'
cli.main()";

/// A running proxy; it ends when this is dropped.
pub struct Proxy {
    url: String,
    process: Child,
    _folder: TempDir,
}

impl Proxy {
    /// Starts it on the port that `socket` has kept free, before `upstream`.
    pub fn start(python: &Path, socket: TcpListener, upstream: &str, rules: &[Value]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // YAML, of which JSON is a part.
        let config = folder.path().join("rules.json");
        std::fs::write(&config, json!({ "rules": rules }).to_string()).unwrap();
        let address = socket.local_addr().unwrap();
        drop(socket);
        let process = Command::new(python)
            .args(["-c", PROGRAM])
            .args(["--upstream", upstream, "--port", &address.port().to_string(), "--config"])
            .arg(config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("{}: {e}", python.display()));
        Self { url: format!("http://{address}"), process, _folder: folder }
    }

    pub async fn answers(&self) -> Result<(), String> {
        self.asked("health").await.map(drop)
    }

    /// How often each rule has fired.
    pub async fn fired(&self) -> Vec<u64> {
        #[derive(Deserialize)]
        struct Rule {
            fired_count: u64,
        }
        let rules: Vec<Rule> = serde_json::from_slice(&self.asked("rules").await.unwrap()).unwrap();
        rules.iter().map(|rule| rule.fired_count).collect()
    }

    async fn asked(&self, what: &str) -> Result<Vec<u8>, String> {
        let answer = get(&format!("{}/_microburst/{what}", self.url)).await;
        answer.map(|answer| answer.to_vec()).map_err(|error| error.to_string())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
