//! The stack a command works on: the local one, or one on AWS.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use bellhop::customer::{ContactKey, DynamoProfiles};
use bellhop::delivery::{QueueUrls, SqsJobs};
use bellhop::ledger::{DynamoLedger, Retention, SealedLedger, Vault};
use bellhop::platform::keys::KeyRing;
use bellhop_local::LocalStack;
use bellhop_local::api::ApiError;
use bellhop_local::cloudformation::CloudFormation;

use crate::CliError;
use crate::arguments::Target;
use crate::commands::redrive::QueueName;

/// A stack, and how to reach it.
#[derive(Debug, Clone)]
pub struct Connection {
    config: SdkConfig,
    stack: String,
    outputs: BTreeMap<String, String>,
}

impl Connection {
    /// Connects to the stack that a command names.
    ///
    /// # Errors
    /// [`CliError`] if there is no such stack.
    pub async fn to(target: &Target) -> Result<Self, CliError> {
        match &target.stack {
            None => {
                let stack = bellhop_local::standing().await?.ok_or(CliError::NoLocalStack)?;
                Ok(Self::to_local(&stack))
            }
            Some(stack) => Self::describe(bellhop::platform::aws::load().await, stack).await,
        }
    }

    /// Connects to a local stack.
    pub fn to_local(stack: &LocalStack) -> Self {
        Self {
            config: stack.sdk_config(),
            stack: bellhop_local::STACK.to_owned(),
            outputs: stack.outputs.clone(),
        }
    }

    /// Connects to a stack by its name.
    ///
    /// # Errors
    /// [`CliError::Stack`].
    pub async fn describe(config: SdkConfig, stack: &str) -> Result<Self, CliError> {
        let problem = |problem: &str| CliError::Stack {
            stack: stack.to_owned(),
            problem: problem.to_owned(),
        };
        let described = CloudFormation::new(&config)
            .describe_stack(stack)
            .await
            .map_err(|error| problem(in_words(&error)))?;
        let outputs = described.ok_or_else(|| problem("no such stack"))?.outputs;
        Ok(Self { config, stack: stack.to_owned(), outputs })
    }

    /// How its services are reached.
    pub(crate) fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The stack's name.
    pub(crate) fn stack(&self) -> &str {
        &self.stack
    }

    /// One of the stack's outputs.
    ///
    /// # Errors
    /// [`CliError::NoOutput`].
    pub fn output(&self, output: &'static str) -> Result<&str, CliError> {
        let found = self.outputs.get(output).map(String::as_str);
        found.ok_or_else(|| CliError::NoOutput { stack: self.stack.clone(), output })
    }

    /// The stack's queues.
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.config)
    }

    /// The queues of the stack's deliveries.
    ///
    /// # Errors
    /// [`CliError::NoOutput`].
    pub fn jobs(&self) -> Result<SqsJobs, CliError> {
        let mut urls = BTreeMap::new();
        for queue in QueueName::ALL {
            if let QueueName::Jobs(channel, class) = queue {
                urls.insert((channel, class), self.output(queue.output())?.to_owned());
            }
        }
        Ok(SqsJobs::new(self.sqs(), QueueUrls::new(urls)))
    }

    /// The stack's ledger, with the keys that its personal data is sealed under.
    ///
    /// # Errors
    /// [`CliError::NoOutput`], or [`CliError::LedgerKeys`] if the keys can't be read.
    pub async fn ledger(&self) -> Result<SealedLedger, CliError> {
        let keys = self.secret("LedgerKeysArn").await?.map_err(CliError::LedgerKeys)?;
        let keys = KeyRing::parse(&keys);
        let keys = keys.map_err(|problem| CliError::LedgerKeys(format!("it {problem}")))?;
        let client = aws_sdk_dynamodb::Client::new(&self.config);
        let days = self.output("RetentionDays")?;
        let retention = Retention::parse(days).map_err(|problem| CliError::Stack {
            stack: self.stack.clone(),
            problem: format!("its output RetentionDays {problem}"),
        })?;
        let ledger = DynamoLedger::new(client, self.output("LedgerTableName")?, retention);
        Ok(ledger.with(Vault::new(keys, self.profiles()?)))
    }

    /// The secret whose ARN is this output; else why it can't be read.
    ///
    /// # Errors
    /// [`CliError::NoOutput`].
    pub(crate) async fn secret(
        &self,
        output: &'static str,
    ) -> Result<Result<String, String>, CliError> {
        let arn = self.output(output)?;
        let client = aws_sdk_secretsmanager::Client::new(&self.config);
        let answer = client.get_secret_value().secret_id(arn).send().await;
        let code = |error| bellhop::platform::aws::fault(&error).reason().code().into_owned();
        Ok(answer.map(|answer| answer.secret_string.unwrap_or_default()).map_err(code))
    }

    /// The stack's profiles.
    ///
    /// # Errors
    /// [`CliError::NoOutput`].
    pub fn profiles(&self) -> Result<DynamoProfiles, CliError> {
        let client = aws_sdk_dynamodb::Client::new(&self.config);
        Ok(DynamoProfiles::new(client, self.output("ProfilesTableName")?))
    }

    /// The key by which the stack's functions hash contact points.
    ///
    /// # Errors
    /// [`CliError::NoOutput`]; [`CliError::ContactKey`] if it can't be read.
    pub async fn contact_key(&self) -> Result<ContactKey, CliError> {
        let arn = self.output("ContactKeyArn")?;
        let client = aws_sdk_secretsmanager::Client::new(&self.config);
        let answer = client.get_secret_value().secret_id(arn).send().await.map_err(|error| {
            let code = bellhop::platform::aws::fault(&error).reason().code().into_owned();
            CliError::ContactKey(code)
        })?;
        let text = answer.secret_string.unwrap_or_default();
        ContactKey::parse(&text).map_err(|problem| CliError::ContactKey(format!("it {problem}")))
    }
}

/// Why CloudFormation could not be asked, or what it says.
pub(crate) fn in_words(error: &ApiError) -> &str {
    match error {
        // So CloudFormation answers for a stack that does not exist.
        ApiError::Answered { code, .. } if code == "ValidationError" => {
            "no such stack in the region"
        }
        ApiError::Answered { code, .. } => code,
        ApiError::Unconfigured("region") => "no region is set",
        ApiError::Unconfigured(_) | ApiError::Credentials(_) => "no AWS credentials were found",
        _ => "CloudFormation does not answer",
    }
}
