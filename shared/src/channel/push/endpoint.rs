//! SNS platform endpoints: a device's token becomes something to publish to.

use std::future::Future;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::ProvideErrorMetadata;

use super::errors::names_no_endpoint;
use crate::model::failure::{CallError, Fault, is_throttle};
use crate::model::id::EndpointArn;
use crate::model::{Platform, Reason};
use crate::platform::aws::fault;

/// The shop's platform applications; none for a platform the shop has no app
/// for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applications {
    /// For Firebase Cloud Messaging.
    pub fcm: Option<String>,
    /// For the Apple Push Notification service.
    pub apns: Option<String>,
    /// For its sandbox.
    pub apns_sandbox: Option<String>,
}

impl Applications {
    /// The platform's application.
    pub fn of(&self, platform: Platform) -> Option<&str> {
        match platform {
            Platform::Fcm => self.fcm.as_deref(),
            Platform::Apns => self.apns.as_deref(),
            Platform::ApnsSandbox => self.apns_sandbox.as_deref(),
        }
    }
}

/// A token that did not become an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndpointError {
    /// The service rejects the token, now and later.
    Rejected(Reason),
    /// The call failed; it may be made again.
    Call(CallError),
}

/// Makes endpoints.
pub trait PushEndpoints: Sync {
    /// The enabled endpoint of this token; none if the shop has no application
    /// for the platform. Calling again gives the same endpoint.
    ///
    /// # Errors
    /// [`EndpointError`].
    fn ensure(
        &self,
        platform: Platform,
        token: &str,
    ) -> impl Future<Output = Result<Option<EndpointArn>, EndpointError>> + Send;

    /// Deletes an endpoint, and with it the token that SNS keeps; one that is not there is
    /// deleted already.
    ///
    /// # Errors
    /// [`CallError`] if it is not known to be deleted.
    fn delete(
        &self,
        endpoint_arn: &EndpointArn,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Endpoints on SNS.
#[derive(Debug, Clone)]
pub struct SnsEndpoints {
    client: Client,
    applications: Applications,
}

impl SnsEndpoints {
    /// Endpoints of these applications. The client may retry: creating and
    /// setting are idempotent.
    pub fn new(client: Client, applications: Applications) -> Self {
        Self { client, applications }
    }

    /// Creating does not re-enable an endpoint that SNS has disabled, nor renew
    /// its token, so both are set where they differ.
    async fn repair(&self, arn: &str, token: &str) -> Result<(), EndpointError> {
        let attributes = self.client.get_endpoint_attributes().endpoint_arn(arn).send().await;
        let attributes = attributes
            .map_err(|e| call("sns:GetEndpointAttributes", &fault(&e)))?
            .attributes
            .unwrap_or_default();
        let is = |name: &str, value: &str| attributes.get(name).is_some_and(|v| v == value);
        if is("Token", token) && is("Enabled", "true") {
            return Ok(());
        }
        self.client
            .set_endpoint_attributes()
            .endpoint_arn(arn)
            .attributes("Token", token)
            .attributes("Enabled", "true")
            .send()
            .await
            .map(drop)
            .map_err(|e| call("sns:SetEndpointAttributes", &fault(&e)))
    }
}

impl PushEndpoints for SnsEndpoints {
    async fn ensure(
        &self,
        platform: Platform,
        token: &str,
    ) -> Result<Option<EndpointArn>, EndpointError> {
        let Some(application) = self.applications.of(platform) else {
            return Ok(None);
        };
        let created = self
            .client
            .create_platform_endpoint()
            .platform_application_arn(application)
            .token(token)
            .send()
            .await;
        let arn = match created {
            Ok(answer) => answer.endpoint_arn.unwrap_or_default(),
            Err(e) => match e.message().and_then(existing_endpoint) {
                Some(arn) => arn.to_owned(),
                None => return Err(call("sns:CreatePlatformEndpoint", &fault(&e))),
            },
        };
        self.repair(&arn, token).await?;
        Ok(Some(arn.into()))
    }

    async fn delete(&self, endpoint_arn: &EndpointArn) -> Result<(), CallError> {
        let deleted = self.client.delete_endpoint().endpoint_arn(endpoint_arn.as_str());
        match deleted.send().await {
            Ok(_) => Ok(()),
            Err(e) if names_no_endpoint(&fault(&e)) => Ok(()),
            Err(e) => Err(CallError::new("sns:DeleteEndpoint", &fault(&e))),
        }
    }
}

/// The ARN in SNS's "Endpoint arn:… already exists with the same Token, but
/// different attributes", which is the only way to learn it.
fn existing_endpoint(message: &str) -> Option<&str> {
    let (before, _) = message.split_once(" already exists with the same")?;
    let arn = before.rsplit(' ').next()?;
    arn.starts_with("arn:").then_some(arn)
}

fn call(operation: &'static str, fault: &Fault) -> EndpointError {
    match fault.code.as_deref() {
        // Deleted just after it was created; creating it again mends that.
        _ if names_no_endpoint(fault) => EndpointError::Call(CallError::new(operation, fault)),
        Some(code) if !is_throttle(code) && code.starts_with("InvalidParameter") => {
            EndpointError::Rejected(Reason::Provider(code.to_owned()))
        }
        _ => EndpointError::Call(CallError::new(operation, fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::existing_endpoint;

    #[test]
    fn the_existing_endpoint_is_read_from_snss_sentence() {
        let arn = "arn:aws:sns:eu-west-1:210987654321:endpoint/GCM/shop/3c5f";
        let message = format!(
            "Invalid parameter: Token Reason: Endpoint {arn} already exists with the same Token, \
             but different attributes."
        );
        assert_eq!(existing_endpoint(&message), Some(arn));
        assert_eq!(existing_endpoint("Invalid parameter: Token"), None);
    }
}
