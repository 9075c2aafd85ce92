//! A server that follows a script: AWS as it answers on a bad day. It keeps
//! every request, so that a test can count them.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Answers it.
    Whole(Response),
    /// Answers it, then closes the connection, though nobody asked for that.
    Last(Response),
    /// Sends half of the answer, then closes the connection.
    CutOff(Response),
    /// Closes the connection.
    Closed,
    /// Never answers.
    Silence,
}

/// A response of HTTP.
#[derive(Debug, Clone)]
pub struct Response {
    status: u16,
    headers: String,
    body: String,
}

impl Answer {
    /// An answer with this body.
    pub fn ok(body: impl Into<String>) -> Self {
        Self::Whole(Response::new(200, body))
    }

    /// Half of an answer with this body.
    pub fn cut_off(body: impl Into<String>) -> Self {
        Self::CutOff(Response::new(200, body))
    }

    /// An error as SES v2 gives it.
    pub fn rest_error(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "message": message }).to_string();
        let headers = format!("x-amzn-errortype: {code}\r\n");
        Self::Whole(Response { headers, ..Response::new(status, body) })
    }

    /// An error as DynamoDB and SQS give it; `more` are further members.
    pub fn json_error(code: &str, mut more: serde_json::Value) -> Self {
        more["__type"] = format!("com.amazonaws.service#{code}").into();
        more["message"] = "no contact details here".into();
        Self::Whole(Response::new(400, more.to_string()))
    }

    /// An error as SNS gives it.
    pub fn xml_error(status: u16, code: &str, message: &str) -> Self {
        let body = format!(
            "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error>\
             <Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>r-1</RequestId></ErrorResponse>"
        );
        Self::Whole(Response::new(status, body))
    }

    /// An answer of SNS to this operation, with this result.
    pub fn xml(operation: &str, result: &str) -> Self {
        Self::ok(format!(
            "<{operation}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">\
             <{operation}Result>{result}</{operation}Result>\
             <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>\
             </{operation}Response>"
        ))
    }
}

impl Response {
    fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: String::new(), body: body.into() }
    }

    fn text(&self) -> String {
        let Self { status, headers, body } = self;
        let length = body.len();
        format!("HTTP/1.1 {status} Scripted\r\n{headers}content-length: {length}\r\n\r\n{body}")
    }
}

/// A request that the server received.
#[derive(Debug, Clone)]
pub struct Request {
    /// Request line and headers.
    pub head: String,
    /// The body.
    pub body: String,
}

/// The server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    closed: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Server {
    /// A server that answers by this script; the last answer is given to all
    /// further requests too.
    pub async fn answering(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let script: Arc<[Answer]> = script.into_iter().collect();
        let received = Arc::clone(&requests);
        let (close, closed) = watch::channel(0);
        let close = Arc::new(close);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((connection, _)) = listener.accept().await {
                let served = serve(connection, Arc::clone(&script), Arc::clone(&received));
                let close = Arc::clone(&close);
                connections.spawn(async move {
                    served.await;
                    close.send_modify(|closed| *closed += 1);
                });
            }
        });
        Self { url, requests, closed, task }
    }

    /// The address of a server that is gone.
    pub async fn gone() -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it has received, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Comes back when so many connections have ended, by whoever ended them.
    pub async fn has_closed(&self, connections: usize) {
        let mut closed = self.closed.clone();
        closed.wait_for(|closed| *closed >= connections).await.unwrap();
    }

    /// How many requests it has received.
    pub fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut connection: TcpStream,
    script: Arc<[Answer]>,
    received: Arc<Mutex<Vec<Request>>>,
) {
    while let Some(request) = read(&mut connection).await {
        let nth = {
            let mut received = received.lock().unwrap();
            received.push(request);
            received.len() - 1
        };
        match script.get(nth).or(script.last()).unwrap() {
            Answer::Whole(response) => {
                if connection.write_all(response.text().as_bytes()).await.is_err() {
                    return;
                }
            }
            Answer::Last(response) => {
                let _ = connection.write_all(response.text().as_bytes()).await;
                return;
            }
            Answer::CutOff(response) => {
                let text = response.text();
                let half = text.len() - response.body.len().div_ceil(2);
                let _ = connection.write_all(&text.as_bytes()[..half]).await;
                return;
            }
            Answer::Closed => return,
            Answer::Silence => std::future::pending().await,
        }
    }
}

/// A whole request; none if the client has closed the connection.
async fn read(connection: &mut TcpStream) -> Option<Request> {
    let mut text = Vec::new();
    loop {
        if let Some(request) = parse(&text) {
            return Some(request);
        }
        if connection.read_buf(&mut text).await.ok()? == 0 {
            return None;
        }
    }
}

fn parse(text: &[u8]) -> Option<Request> {
    let (head, body) = std::str::from_utf8(text).ok()?.split_once("\r\n\r\n")?;
    let length = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse::<usize>().unwrap())
    };
    let length = head.lines().find_map(length).unwrap_or(0);
    (body.len() >= length).then(|| Request { head: head.to_owned(), body: body.to_owned() })
}
