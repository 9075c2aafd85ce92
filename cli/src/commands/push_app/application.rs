//! The platform application at SNS: found by its name, else created.

use aws_sdk_sns::Client;
use bellhop::platform::aws::fault;

use super::credentials::Credentials;
use crate::CliError;

/// The application as it stands now.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) arn: String,
    pub(super) was: Was,
}

/// Whether it was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Was {
    /// It was not.
    Created,
    /// It was, and has new credentials.
    Rotated,
}

/// Creates the application of this name, or gives it these credentials.
///
/// # Errors
/// [`CliError::PushApplication`]; what SNS says besides its code is never shown, as it may
/// quote a credential.
pub(super) async fn keep(
    sns: &Client,
    credentials: &Credentials,
    name: &str,
) -> Result<Kept, CliError> {
    let platform = credentials.service().platform();
    let refused = |operation: &'static str, code: String| CliError::PushApplication {
        operation,
        name: name.to_owned(),
        code,
    };
    let Some(arn) = find(sns, platform, name).await? else {
        let mut create = sns.create_platform_application().name(name).platform(platform);
        for (attribute, value) in credentials.attributes() {
            create = create.attributes(attribute, value);
        }
        let created = create.send().await.map_err(|error| {
            refused("sns:CreatePlatformApplication", fault(&error).reason().code().into_owned())
        })?;
        let arn = created.platform_application_arn;
        let arn =
            arn.ok_or_else(|| refused("sns:CreatePlatformApplication", "no ARN".to_owned()))?;
        return Ok(Kept { arn, was: Was::Created });
    };
    let mut set = sns.set_platform_application_attributes().platform_application_arn(&arn);
    for (attribute, value) in credentials.attributes() {
        set = set.attributes(attribute, value);
    }
    // SNS disables an application whose credentials were refused, and leaves it so.
    set.attributes("Enabled", "true").send().await.map_err(|error| {
        refused("sns:SetPlatformApplicationAttributes", fault(&error).reason().code().into_owned())
    })?;
    Ok(Kept { arn, was: Was::Rotated })
}

/// The ARN of the application of this name; none if there is none.
async fn find(sns: &Client, platform: &str, name: &str) -> Result<Option<String>, CliError> {
    let end = format!("/{platform}/{name}");
    let mut pages = sns.list_platform_applications().into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| CliError::PushApplication {
            operation: "sns:ListPlatformApplications",
            name: name.to_owned(),
            code: fault(&error).reason().code().into_owned(),
        })?;
        let arns = page.platform_applications().iter().filter_map(|a| a.platform_application_arn());
        if let Some(arn) = arns.into_iter().find(|arn| arn.ends_with(&end)) {
            return Ok(Some(arn.to_owned()));
        }
    }
    Ok(None)
}
