//! The command line's words.

use std::path::PathBuf;

use bellhop::model::{Channel, Reason};
use bellhop_local::reports::Play;
use clap::{ArgGroup, Args, Parser, Subcommand};

use crate::commands::push_app::{BundleId, KeyId, TeamId};
use crate::commands::redrive::{QueueName, Since};

/// Notifies a shop's customers of where their order stands.
#[derive(Debug, Parser)]
#[command(name = "cargo bellhop", bin_name = "cargo bellhop", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole product, from queue to message, on a local AWS
    Demo(Demo),
    /// Start the local AWS with the product deployed on it
    Up {
        /// The port of the local AWS; a free one by default
        #[arg(long)]
        port: Option<u16>,
    },
    /// End the local AWS
    Down,
    /// Put events on the queue that fits their type
    Publish(Publish),
    /// Show what would be sent for an event, without sending
    Render(Render),
    /// Check wording and templates: every type, channel, locale and order
    Check(Check),
    /// Examine a stack: what is set wrongly or missing in it and in its account, and what to do
    Doctor(Doctor),
    /// Compute what AWS bills for a month
    Cost(Cost),
    /// Write a gallery of every message as the customer sees it
    Preview(Preview),
    /// Show every decision and delivery of an order, in time order
    Timeline(Timeline),
    /// Explain why a customer got a message or none: of an order, an address or a number
    Explain(Explain),
    /// Print all that is stored about a customer, as JSON
    Export(Export),
    /// Look up whether an address or number must not be written to; lift that, or set it
    Suppressions(Suppressions),
    /// Create the platform application that push messages go through, or give it new credentials
    PushApp(PushApp),
    /// Show what stands on dead-letter queues, or has failed, and release it
    Redrive(Redrive),
    /// On the local stack, let a provider report what became of a message
    Simulate(Simulate),
    /// Print a function's environment on the local stack, for `cargo lambda watch --env-file`
    Env {
        /// The function, e.g. plan
        function: String,
    },
    /// Records messages beside a local AWS
    #[command(hide = true, name = bellhop_local::RECORDER_COMMAND)]
    LocalRecorder {
        /// The local AWS
        #[arg(long)]
        upstream: String,
    },
}

/// `demo`
#[derive(Debug, Default, Args)]
pub struct Demo {
    /// Print one JSON document instead of the table
    #[arg(long)]
    pub json: bool,
    /// Leave the local AWS running, with the outbox page
    #[arg(long)]
    pub keep: bool,
}

/// Which stack to work on.
#[derive(Debug, Clone, Default, Args)]
pub struct Target {
    /// A stack on AWS; the local one by default
    #[arg(long, value_name = "NAME")]
    pub stack: Option<String>,
}

/// `publish`
#[derive(Debug, Args)]
pub struct Publish {
    /// Files of one event each
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Move the events' times so that the latest of them happens now
    #[arg(long)]
    pub now: bool,
    /// Send nothing: say what would become of each event
    #[arg(long)]
    pub check: bool,
    /// With --check, a folder of the shop's own types, wording and templates
    #[arg(long, value_name = "FOLDER", requires = "check")]
    pub content: Option<PathBuf>,
    /// Where to
    #[command(flatten)]
    pub target: Target,
}

/// `render`
#[derive(Debug, Args)]
pub struct Render {
    /// A file of one event
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only this channel, even if the event would not go there
    #[arg(long, value_parser = channel)]
    pub channel: Option<Channel>,
    /// In this language, BCP 47, instead of the event's
    #[arg(long)]
    pub locale: Option<String>,
    /// A folder of overrides: wording and templates in place of the built-in ones
    #[arg(long, value_name = "FOLDER")]
    pub content: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `check`
#[derive(Debug, Default, Args)]
pub struct Check {
    /// Files of one event each, to try besides the built-in orders
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A folder of overrides: wording and templates in place of the built-in ones
    #[arg(long, value_name = "FOLDER")]
    pub content: Option<PathBuf>,
}

/// `cost`
#[derive(Debug, Default, Args)]
pub struct Cost {
    /// Orders a month [default: those of docs/cost.md]
    #[arg(long, value_name = "N")]
    pub orders: Option<u32>,
}

/// `doctor`
#[derive(Debug, Default, Args)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Set what CloudFormation can't: delivery-status logging of SMS and push
    #[arg(long)]
    pub fix: bool,
    /// Which stack
    #[command(flatten)]
    pub target: Target,
}

/// `preview`
#[derive(Debug, Default, Args)]
pub struct Preview {
    /// A folder of overrides: wording and templates in place of the built-in ones
    #[arg(long, value_name = "FOLDER")]
    pub content: Option<PathBuf>,
    /// Where to write the gallery [default: target/bellhop/preview]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Go on, and write it again whenever wording or templates are saved
    #[arg(long)]
    pub watch: bool,
}

/// `simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// What becomes of the message: delivered, bounce, complaint, opted-out, token-invalid,
    /// spend-limit
    #[arg(value_name = "WHAT", value_parser = play)]
    pub play: Play,
    /// The delivery: its id, as `timeline --json` has it, or ORDER/CHANNEL for the latest of
    /// an order on a channel, such as A-1001/email
    #[arg(value_name = "DELIVERY")]
    pub delivery: String,
}

/// `timeline`
#[derive(Debug, Args)]
pub struct Timeline {
    /// The order's id
    #[arg(value_name = "ORDER")]
    pub order: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Of which stack
    #[command(flatten)]
    pub target: Target,
}

/// `explain`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("about").required(true))]
pub struct Explain {
    /// The order's id
    #[arg(value_name = "ORDER", group = "about")]
    pub order: Option<String>,
    /// The customer's e-mail address, by whose hash their orders are found
    #[arg(long, value_name = "ADDRESS", group = "about")]
    pub email: Option<String>,
    /// The customer's phone number with its country code, likewise
    #[arg(long, value_name = "NUMBER", group = "about")]
    pub phone: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Of which stack
    #[command(flatten)]
    pub target: Target,
}

/// `export`
#[derive(Debug, Default, Args)]
#[command(
    group = ArgGroup::new("subject").required(true).multiple(true),
    after_help = "Examples:\n  \
        cargo bellhop export c-77 --out c-77.json --stack shop\n  \
        cargo bellhop export --email ada@example.com --stack shop\n\n\
        It holds contact details in the clear: profile, devices, suppressions, and what the ledger still knows of the \
        customer's orders. These are found by the contact points of the profile and by those given here, which a \
        guest has alone. With a customer, orders of others with the same address are left out."
)]
pub struct Export {
    /// The customer's id
    #[arg(value_name = "CUSTOMER", group = "subject")]
    pub customer: Option<String>,
    /// An e-mail address of theirs, by whose hash orders are found
    #[arg(long, value_name = "ADDRESS", group = "subject")]
    pub email: Option<String>,
    /// A phone number of theirs with its country code, likewise
    #[arg(long, value_name = "NUMBER", group = "subject")]
    pub phone: Option<String>,
    /// Write it to a new file that only its owner may read
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Of which stack
    #[command(flatten)]
    pub target: Target,
}

/// `suppressions`
#[derive(Debug, Default, Args)]
#[command(
    group = ArgGroup::new("contact").required(true),
    group = ArgGroup::new("change"),
    after_help = "Examples:\n  \
        cargo bellhop suppressions --email ada@example.com --stack shop\n  \
        cargo bellhop suppressions --phone +436601234567 --lift --stack shop\n  \
        cargo bellhop suppressions --email ada@example.com --add --reason opted-out --stack shop\n\n\
        With --lift and --add, SES's suppression list of the account is changed too, and with --lift SNS's list of \
        numbers that opted out, which lets go of a number once in 30 days. On a terminal you are asked first; without \
        one, nothing is changed unless --yes is given.\n\n\
        Exit code: 0 if it is looked up, or done; 1 if something was not allowed or not done; 2 for wrong arguments."
)]
pub struct Suppressions {
    /// The customer's e-mail address, which is found by its hash
    #[arg(long, value_name = "ADDRESS", group = "contact")]
    pub email: Option<String>,
    /// The customer's phone number with its country code, likewise
    #[arg(long, value_name = "NUMBER", group = "contact")]
    pub phone: Option<String>,
    /// It may be written to again, whatever was reported of it before
    #[arg(long, group = "change")]
    pub lift: bool,
    /// It must not be written to again, e.g. because the customer phoned
    #[arg(long, group = "change", requires = "reason")]
    pub add: bool,
    /// Why: opted-out, complained or bounced
    #[arg(long, value_name = "WHY", value_parser = suppression_reason, requires = "add")]
    pub reason: Option<Reason>,
    /// Change it without asking
    #[arg(long, requires = "change")]
    pub yes: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Of which stack
    #[command(flatten)]
    pub target: Target,
}

/// `push-app`
#[derive(Debug, Default, Args)]
#[command(
    group = ArgGroup::new("service").required(true),
    after_help = "Examples:\n  \
        cargo bellhop push-app --fcm service-account.json --stack shop\n  \
        cargo bellhop push-app --apns AuthKey_ABC123DEFG.p8 --key-id ABC123DEFG --team-id DEF123GHIJ \\\n    \
        --bundle-id com.example.shop --stack shop\n\n\
        An application of the same name gets the new credentials and is enabled again; its devices stay. The file is \
        checked first, and neither printed nor kept. SNS then logs what becomes of messages, as by `doctor --fix`.\n\n\
        Exit code: 0 if all stands; 1 if not; 2 for wrong arguments."
)]
pub struct PushApp {
    /// For FCM: the file of a service account
    #[arg(long, value_name = "FILE", group = "service")]
    pub fcm: Option<PathBuf>,
    /// For APNs: the .p8 file of a key
    #[arg(
        long,
        value_name = "FILE",
        group = "service",
        requires_all = ["key_id", "team_id", "bundle_id"]
    )]
    pub apns: Option<PathBuf>,
    /// The key's id, which Apple puts into the file's name
    #[arg(long, value_name = "ID", requires = "apns")]
    pub key_id: Option<KeyId>,
    /// The team's id
    #[arg(long, value_name = "ID", requires = "apns")]
    pub team_id: Option<TeamId>,
    /// The app's bundle id
    #[arg(long, value_name = "ID", requires = "apns")]
    pub bundle_id: Option<BundleId>,
    /// For apps that are being developed: APNs' sandbox
    #[arg(long, requires = "apns")]
    pub sandbox: bool,
    /// The application's name [default: the stack's stage, else its name]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// For which stack
    #[command(flatten)]
    pub target: Target,
}

/// `redrive`
#[derive(Debug, Default, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    group = ArgGroup::new("ledger").multiple(true),
    after_help = "Without --yes nothing is changed; on a terminal you are asked. What would do nothing stays where it \
        is. Messages that are looked at are hidden from others for up to 15 minutes, and shown again at the end.\n\n\
        Exit code: 0 if nothing is left to do, or it is done; 1 if something could not be released; 2 for wrong \
        arguments."
)]
pub struct Redrive {
    /// One message of a dead-letter queue
    #[command(subcommand)]
    pub one: Option<RedriveOne>,
    /// The queues whose dead letters, or failed deliveries, are meant; all by default
    #[arg(value_name = "QUEUE")]
    pub queues: Vec<QueueName>,
    /// Release without asking
    #[arg(long)]
    pub yes: bool,
    /// Release so many a second
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub rate: u32,
    /// Also delete what would do nothing: sent, superseded, stale, rejected
    #[arg(long, conflicts_with = "ledger")]
    pub drop_settled: bool,
    /// Rejected deliveries of the ledger instead of dead letters. Without --order this reads the whole table, at
    /// half a read unit for each 4 KB of it
    #[arg(long, group = "ledger")]
    pub failed: bool,
    /// Expired deliveries of the ledger; they are shown, and never sent
    #[arg(long, group = "ledger")]
    pub expired: bool,
    /// Abandoned deliveries of the ledger; they may have been sent
    #[arg(long, group = "ledger")]
    pub abandoned: bool,
    /// Deliveries that ended since: 90m, 2h, 3d, a day (2026-11-23) or a moment (RFC 3339) [default: 24h; with --order,
    /// ever]
    #[arg(long, value_name = "WHEN", requires = "ledger")]
    pub since: Option<Since>,
    /// Deliveries that ended before
    #[arg(long, value_name = "WHEN", requires = "ledger")]
    pub until: Option<Since>,
    /// Deliveries of these orders, without reading the whole table
    #[arg(long, value_name = "ORDER", requires = "ledger", num_args = 1..)]
    pub order: Vec<String>,
    /// Release also what may have been sent: the customer may get it twice
    #[arg(long, requires = "ledger")]
    pub may_duplicate: bool,
    /// A folder of the shop's own types, to read its events by
    #[arg(long, value_name = "FOLDER")]
    pub content: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Of which stack
    #[command(flatten)]
    pub target: Target,
}

/// `redrive show`, `redrive edit`
#[derive(Debug, Subcommand)]
pub enum RedriveOne {
    /// Print a message of a dead-letter queue with its reason
    Show {
        /// The message's id, as `redrive` prints it
        #[arg(value_name = "MESSAGE_ID")]
        message: String,
        /// Print contact details, too
        #[arg(long)]
        reveal: bool,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        /// Of which stack
        #[command(flatten)]
        target: Target,
    },
    /// Publish an event of a dead-letter queue anew, edited, and delete the old one
    Edit {
        /// The message's id, as `redrive` prints it
        #[arg(value_name = "MESSAGE_ID")]
        message: String,
        /// The edited event; without it, $VISUAL or $EDITOR opens the old one
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// A folder of the shop's own types, to check the event by
        #[arg(long, value_name = "FOLDER")]
        content: Option<PathBuf>,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        /// Of which stack
        #[command(flatten)]
        target: Target,
    },
}

fn play(text: &str) -> Result<Play, String> {
    let found = Play::ALL.into_iter().find(|(name, _)| *name == text);
    let names: Vec<_> = Play::ALL.into_iter().map(|(name, _)| name).collect();
    found.map(|(_, play)| play).ok_or_else(|| format!("expected one of {}", names.join(", ")))
}

fn suppression_reason(text: &str) -> Result<Reason, &'static str> {
    match text {
        "opted-out" => Ok(Reason::OptedOut),
        "complained" => Ok(Reason::Complained),
        "bounced" => Ok(Reason::AddressBounced),
        _ => Err("expected opted-out, complained or bounced"),
    }
}

fn channel(text: &str) -> Result<Channel, String> {
    let found = Channel::ALL.into_iter().find(|channel| channel.as_str() == text);
    found.ok_or_else(|| "expected email, sms or push".to_owned())
}
