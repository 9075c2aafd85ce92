//! What can go wrong on the command line, each with what to do.

use std::io;
use std::path::PathBuf;

use bellhop::catalogue::CatalogueError;
use bellhop::content::{OverridesError, RenderError};
use bellhop::event::EventError;
use bellhop::model::failure::CallError;
use bellhop::model::id::DeliveryId;
use bellhop::platform::environment::ConfigError;

use crate::commands::push_app::CredentialsError;
use bellhop_local::LocalError;
use bellhop_local::api::ApiError;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The local AWS.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// A table or a queue did not answer.
    #[error("{0}; check that the stack stands and that your credentials may use it")]
    Call(#[from] CallError),
    /// A queue takes no messages from here.
    #[error(
        "{0}; the deliveries' queues take messages from Bellhop's functions and from RedriveRoleArn alone: set that \
         parameter of the stack to your role, which must also be allowed sqs:SendMessage there"
    )]
    MayNotSend(CallError),
    /// The dead-letter queues hold no such message.
    #[error(
        "no dead letter {0} is found; it may stand behind ten others of its group, or somebody else looks at it: \
         `cargo bellhop redrive` lists them (events alone can be edited)"
    )]
    NoSuchLetter(String),
    /// There is nothing to edit with.
    #[error(
        "neither VISUAL nor EDITOR is set; set one of them, or give the file of the edited event"
    )]
    NoEditor,
    /// The editor did not end well.
    #[error("`{0}` failed; nothing is published")]
    EditorFailed(String),
    /// There is no local stack.
    #[error(
        "no local stack is up; start one with `cargo bellhop up`, or name a real one with --stack NAME"
    )]
    NoLocalStack,
    /// CloudFormation knows no such stack.
    #[error(
        "stack {stack} can't be read: {problem}; check --stack, AWS_REGION and your credentials"
    )]
    Stack {
        /// The stack's name.
        stack: String,
        /// CloudFormation's code.
        problem: String,
    },
    /// The stack is not one of Bellhop's.
    #[error("stack {stack} has no output {output}; is it a stack of Bellhop's template.yaml?")]
    NoOutput {
        /// The stack's name.
        stack: String,
        /// The output.
        output: &'static str,
    },
    /// The ledger has no such delivery.
    #[error(
        "no delivery {0} is known; `cargo bellhop timeline ORDER --json` has ids, and ORDER/CHANNEL is the latest of an \
         order on a channel, such as A-1001/email"
    )]
    NoDelivery(String),
    /// No provider would report such a thing.
    #[error("of delivery {delivery} nothing is reported: {problem}")]
    NotReported {
        /// The delivery.
        delivery: DeliveryId,
        /// Why not.
        problem: &'static str,
    },
    /// A service that Bellhop calls without its SDK did not do what it was asked.
    #[error("{0}; check that the stack stands and that your credentials may use it")]
    Api(#[from] ApiError),
    /// The local stack has no such function.
    #[error("the local stack has no function {0}; its functions are the folders of functions/")]
    NoFunction(String),
    /// A file can't be read.
    #[error("{} can't be read: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file can't be written.
    #[error("{} can't be written: {source}", path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What is stored of a customer has no form as JSON.
    #[error("what is stored of the customer can't be written as JSON: {0}")]
    Export(serde_json::Error),
    /// An event can't be used.
    #[error("{}: {source}", path.display())]
    Event {
        /// The file.
        path: PathBuf,
        /// Why.
        source: EventError,
    },
    /// An event of a type that nobody is notified of.
    #[error("{}: field `type` is \"{kind}\", which the catalogue has no file for{}", path.display(), did_you_mean(nearest.as_deref()))]
    UnknownType {
        /// The file.
        path: PathBuf,
        /// The type.
        kind: String,
        /// The type that it may be a slip for.
        nearest: Option<String>,
    },
    /// An order id that no order has.
    #[error("\"{0}\" is no order id: {1}")]
    OrderId(String, String),
    /// No address or number.
    #[error(transparent)]
    Contact(#[from] bellhop::answers::InvalidContact),
    /// The key of contact points' hashes.
    #[error(
        "the secret that contact points are hashed with can't be read: {0}; you need secretsmanager:GetSecretValue on the \
         stack's ContactKeyArn, and kms:Decrypt on its DataKeyArn"
    )]
    ContactKey(String),
    /// The keys of the ledger's personal data.
    #[error(
        "the secret that the ledger's personal data is sealed under can't be read: {0}; you need \
         secretsmanager:GetSecretValue on the stack's LedgerKeysArn, and kms:Decrypt on its DataKeyArn"
    )]
    LedgerKeys(String),
    /// Credentials for push are none.
    #[error("{} {problem}", path.display())]
    Credentials {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: CredentialsError,
    },
    /// SNS does not take a platform application.
    #[error(
        "the platform application {name} is not set up: {operation} answered {code}; InvalidParameter means that the push \
         service does not know the credentials, any denial that you need {operation}"
    )]
    PushApplication {
        /// What was asked of SNS.
        operation: &'static str,
        /// The application's name.
        name: String,
        /// SNS's code. Its words may quote credentials.
        code: String,
    },
    /// The catalogue.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A message can't be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The environment describes the shop wrongly.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Wording and templates can't be read.
    #[error(transparent)]
    Content(#[from] OverridesError),
    /// The built-in orders are none.
    #[error("the built-in orders can't be read: {0}")]
    Fixtures(serde_json::Error),
    /// The gallery's page can't be written.
    #[error("the gallery's page can't be written: {0}")]
    Page(minijinja::Error),
    /// A folder can't be watched.
    #[error("{} can't be watched: {problem}", path.display())]
    Watch {
        /// The folder.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// The demo's expectations can't be read.
    #[error("cli/src/commands/demo/expected.toml: {0}")]
    Expectations(String),
    /// The demo's deliveries have not all ended in time.
    #[error("after {seconds} s this is not done: {waiting}; the log in target/bellhop says more")]
    NotDone {
        /// How long was waited.
        seconds: u64,
        /// What is not done.
        waiting: String,
    },
    /// The recorder ended.
    #[error("the recorder of messages can't go on: {0}")]
    Recorder(io::Error),
    /// Standard output is closed.
    #[error("standard output can't be written: {0}")]
    Output(io::Error),
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!("; did you mean \"{nearest}\"?"))
}
