//! The few calls of CloudFormation that Bellhop makes.

mod answer;

use aws_config::SdkConfig;

use crate::api::{ApiError, QueryApi, query};

pub(crate) use answer::StackEvent;
pub use answer::{Resource, Stack};

/// CloudFormation in the region of a configuration.
#[derive(Debug)]
pub struct CloudFormation<'a> {
    config: &'a SdkConfig,
}

impl<'a> CloudFormation<'a> {
    /// Calls CloudFormation as this configuration says.
    pub fn new(config: &'a SdkConfig) -> Self {
        Self { config }
    }

    /// The stack of this name.
    ///
    /// # Errors
    /// [`ApiError`]; a stack that does not exist is one too.
    pub async fn describe_stack(&self, name: &str) -> Result<Option<Stack>, ApiError> {
        let answer = self.call("DescribeStacks", &[("StackName", name)]).await?;
        Ok(answer::stack(&answer)?)
    }

    /// All resources of the stack of this name.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn stack_resources(&self, name: &str) -> Result<Vec<Resource>, ApiError> {
        let mut resources = Vec::new();
        let mut parameters = vec![("StackName", name.to_owned())];
        loop {
            let answer = self.call("ListStackResources", &parameters).await?;
            let (page, next) = answer::resources(&answer)?;
            resources.extend(page);
            let Some(next) = next else { return Ok(resources) };
            parameters.truncate(1);
            parameters.push(("NextToken", next));
        }
    }

    /// Starts to create a stack with resources of any kind, from a template in S3: one
    /// that comes with the call may have 51 200 bytes only.
    pub(crate) async fn create_stack(
        &self,
        name: &str,
        template_url: &str,
        values: &[(String, String)],
    ) -> Result<(), ApiError> {
        const CAPABILITIES: [&str; 3] =
            ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];
        let mut parameters = vec![
            ("StackName".to_owned(), name.to_owned()),
            ("TemplateURL".to_owned(), template_url.to_owned()),
        ];
        for (index, (key, value)) in values.iter().enumerate() {
            let member = format!("Parameters.member.{}", index + 1);
            parameters.push((format!("{member}.ParameterKey"), key.clone()));
            parameters.push((format!("{member}.ParameterValue"), value.clone()));
        }
        for (index, capability) in CAPABILITIES.into_iter().enumerate() {
            parameters.push((format!("Capabilities.member.{}", index + 1), capability.to_owned()));
        }
        self.call("CreateStack", &parameters).await?;
        Ok(())
    }

    /// What has happened to the stack of this name.
    pub(crate) async fn stack_events(&self, name: &str) -> Result<Vec<StackEvent>, ApiError> {
        let answer = self.call("DescribeStackEvents", &[("StackName", name)]).await?;
        Ok(answer::events(&answer)?)
    }

    async fn call<N: AsRef<str>, V: AsRef<str>>(
        &self,
        action: &'static str,
        parameters: &[(N, V)],
    ) -> Result<Vec<u8>, ApiError> {
        query(self.config, QueryApi::CLOUDFORMATION, action, parameters).await
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::post;
    use tokio::net::TcpListener;

    use super::*;

    /// A configuration for a CloudFormation that answers by what it was sent.
    async fn before(answer: fn(HeaderMap, String) -> (StatusCode, &'static str)) -> SdkConfig {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let answer =
            post(move |headers: HeaderMap, body: String| async move { answer(headers, body) });
        tokio::spawn(async { axum::serve(listener, Router::new().route("/", answer)).await });
        crate::sdk_config(&endpoint)
    }

    #[tokio::test]
    async fn a_call_is_a_signed_form_and_its_answer_is_read() {
        let config = before(|headers, body| {
            let signature = headers["authorization"].to_str().unwrap();
            assert!(signature.contains("/eu-west-1/cloudformation/aws4_request"), "{signature}");
            assert_eq!(body, "Action=DescribeStacks&Version=2010-05-15&StackName=a%2Fb%20%C3%A4");
            (
                StatusCode::OK,
                "<DescribeStacksResponse><DescribeStacksResult><Stacks><member>\
                 <StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>\
                 </DescribeStacksResult></DescribeStacksResponse>",
            )
        })
        .await;
        let stack = CloudFormation::new(&config).describe_stack("a/b ä").await.unwrap().unwrap();
        assert_eq!(stack.status, "CREATE_COMPLETE");
    }

    #[tokio::test]
    async fn an_error_is_known_by_its_code_and_silence_has_none() {
        let config = before(|_, _| {
            let answer = "<ErrorResponse><Error><Code>ValidationError</Code>\
                <Message>no stack</Message></Error></ErrorResponse>";
            (StatusCode::BAD_REQUEST, answer)
        })
        .await;
        let error = CloudFormation::new(&config).describe_stack("x").await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationError"));
        assert_eq!(error.to_string(), "ValidationError: no stack");

        let config = crate::sdk_config("http://127.0.0.1:1");
        let error = CloudFormation::new(&config).describe_stack("x").await.unwrap_err();
        assert_eq!(error.code(), None);
        assert!(error.to_string().contains("refused"), "{error}");
    }
}
