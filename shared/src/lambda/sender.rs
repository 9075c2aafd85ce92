//! What the `main.rs` of every sender shares.

use std::marker::PhantomData;

use aws_config::SdkConfig;
use lambda_runtime::Error;

use super::contacts::{ContactSettings, Contacts};
use super::{QueuePair, SqsQueue, serve};
use crate::channel::{Sender, rules};
use crate::check::open_renderer;
use crate::content::{LayeredRenderer, Shop, override_folder};
use crate::customer::DynamoProfiles;
use crate::delivery::{
    Circuit, Deliverer, HourlyCap, Pace, Ports, Shares, SqsRoutes, Unsent, handle,
};
use crate::ledger::{DynamoLedger, Retention};
use crate::model::Channel;
use crate::model::clock::{Clock, SystemClock};
use crate::platform::aws;
use crate::platform::environment::{Environment, process_environment};

/// What a sender builds its clients from.
#[derive(Debug)]
pub struct Clients {
    /// For providers: no call is repeated by the SDK.
    pub providers: SdkConfig,
    /// For tables.
    pub dynamodb: aws_sdk_dynamodb::Client,
}

/// A sender on AWS.
struct OnAws<S>(PhantomData<S>);

impl<S: Sender> Ports for OnAws<S> {
    type Ledger = DynamoLedger;
    type Sender = S;
    type Routes = SqsRoutes;
    type Devices = DynamoProfiles;
    type Contacts = Contacts;
    type DeadLetters = SqsQueue;
    type Clock = SystemClock;
}

/// Runs a channel's sender until Lambda ends it. `settings` reads what the channel
/// needs from the environment besides what all senders do; `open` makes the sender
/// of it.
///
/// # Errors
/// If the environment or the shop's settings are wrong, or the Lambda runtime API is
/// gone.
pub async fn run_sender<T, S>(
    config: &SdkConfig,
    channel: Channel,
    settings: impl FnOnce(&mut Environment<'_>, &Shop) -> T,
    open: impl FnOnce(&Clients, LayeredRenderer, T) -> Result<S, Error>,
) -> Result<(), Error>
where
    S: Sender,
{
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let profiles_table = environment.required("PROFILES_TABLE");
    let lanes = QueuePair::lanes_from_environment(&mut environment);
    let events = SqsRoutes::url_from_environment(&mut environment);
    let shares = Shares::from_environment(&mut environment);
    let retention = Retention::from_environment(&mut environment);
    let contacts = ContactSettings::from_environment(&mut environment, channel);
    let shop = Shop::from_environment(&mut environment);
    let settings = settings(&mut environment, &shop);
    let (settings, shop) = environment.finish((settings, shop))?;

    let sqs = aws_sdk_sqs::Client::new(config);
    let queue = SqsQueue::new(sqs.clone(), lanes);
    let clients = Clients {
        providers: aws::for_provider(config, rules(channel).attempt_timeout()),
        dynamodb: aws_sdk_dynamodb::Client::new(config),
    };
    let folder = override_folder();
    let renderer = open_renderer(shop, channel, folder.as_deref(), SystemClock.now())?;
    let sender = open(&clients, renderer, settings)?;
    let secrets = aws_sdk_secretsmanager::Client::new(config);
    let contacts = Contacts::open(contacts, clients.dynamodb.clone(), secrets);
    let deliverer = Deliverer::<OnAws<S>> {
        ledger: DynamoLedger::new(clients.dynamodb.clone(), ledger_table, retention),
        sender,
        routes: SqsRoutes::new(sqs, events),
        devices: DynamoProfiles::new(clients.dynamodb, profiles_table),
        contacts,
        circuit: Circuit::default(),
        pace: Pace::of(&shares),
        cap: HourlyCap::default(),
        unsent: Unsent::default(),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let deliverer = &deliverer;
    let work = |record, invocation| async move { handle(deliverer, &record, &invocation).await };
    serve(queue, work).await
}
