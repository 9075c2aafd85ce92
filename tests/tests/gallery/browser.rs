//! A real browser: it opens a page of a local server and sends back what it saw.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Longer than looking takes on the slowest machine; a browser that never answers
/// fails the test.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the browser saw.
#[derive(Debug, Deserialize)]
pub struct Seen {
    /// How many looks it took at mails.
    pub looks: usize,
    /// What was wrong, each with its mail.
    pub problems: Vec<String>,
}

/// The browser's program: `BELLHOP_CHROMIUM`, or the first that is installed.
pub fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("BELLHOP_CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let apps =
        ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
    let apps = apps.map(|app| PathBuf::from("/Applications").join(app));
    in_path.chain(apps).find(|program| program.is_file())
}

/// Opens `look.html`, whose script looks at the gallery in this folder.
pub async fn look(program: PathBuf, gallery: PathBuf) -> Seen {
    let pages = Router::new()
        .route("/look.html", get(|| async { page("text/html", include_str!("look.html")) }))
        .route("/look.js", get(|| async { page("text/javascript", include_str!("look.js")) }))
        .route("/{*path}", get(file))
        .with_state(gallery);
    visit(program, pages).await
}

/// Opens `look.html` of these pages, whose script posts to `/seen` what it saw.
pub async fn visit(program: PathBuf, pages: Router) -> Seen {
    let (send, mut seen) = mpsc::channel(1);
    let router = pages.merge(Router::new().route("/seen", post(receive)).with_state(send));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/look.html", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let _browser = Browser::open(program, &url);
    let seen = tokio::time::timeout(PATIENCE, seen.recv()).await;
    server.abort();
    seen.expect("the browser sends what it saw").unwrap()
}

pub fn page(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn file(State(gallery): State<PathBuf>, Path(path): Path<String>) -> Response {
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    match fs::read(gallery.join(path)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn receive(State(send): State<mpsc::Sender<Seen>>, body: Bytes) -> StatusCode {
    match serde_json::from_slice(&body) {
        Ok(seen) => drop(send.send(seen).await),
        Err(error) => panic!("the browser sent {body:?}: {error}"),
    }
    StatusCode::NO_CONTENT
}

/// A browser that ends when this is dropped.
struct Browser {
    process: Child,
    _profile: TempDir,
}

impl Browser {
    fn open(program: PathBuf, url: &str) -> Self {
        let profile = TempDir::new().unwrap();
        let process = Command::new(&program)
            // Containers run tests as root, where the sandbox can't be set up.
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync", "--window-size=1280,900"])
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        Self { process, _profile: profile }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
