//! The Query API: a form goes out, XML comes back.

use aws_config::SdkConfig;
use axum::http::Method;

use super::{ApiError, Call, Scope, Service, escape, members, send};

const FORM: &str = "application/x-www-form-urlencoded";

/// A service with a Query API, in one version.
#[derive(Debug, Clone, Copy)]
pub struct QueryApi {
    pub(super) service: Service,
    version: &'static str,
}

impl QueryApi {
    /// AWS CloudFormation.
    pub const CLOUDFORMATION: Self = Self {
        service: Service { name: "cloudformation", id: "CloudFormation", scope: Scope::Region },
        version: "2010-05-15",
    };

    /// Amazon CloudWatch.
    pub const CLOUDWATCH: Self = Self {
        service: Service { name: "monitoring", id: "CloudWatch", scope: Scope::Region },
        version: "2010-08-01",
    };

    /// AWS Identity and Access Management.
    pub const IAM: Self = Self {
        service: Service { name: "iam", id: "IAM", scope: Scope::Partition },
        version: "2010-05-08",
    };
}

/// Makes one call of a Query API; the XML of a good answer.
///
/// # Errors
/// [`ApiError`].
pub async fn query<N: AsRef<str>, V: AsRef<str>>(
    config: &SdkConfig,
    api: QueryApi,
    action: &'static str,
    parameters: &[(N, V)],
) -> Result<Vec<u8>, ApiError> {
    let mut body = format!("Action={action}&Version={}", api.version);
    for (name, value) in parameters {
        body.push_str(&format!("&{}={}", name.as_ref(), escape(value.as_ref())));
    }
    let call = Call {
        service: api.service,
        operation: action,
        method: Method::POST,
        path: "/".to_owned(),
        content_type: Some(FORM),
        body,
        error: |response| error(response.body().bytes().unwrap_or_default()),
    };
    send(config, call).await
}

/// What an answer says that is an error; none if it does not say.
fn error(answer: &[u8]) -> Option<ApiError> {
    let error = members(answer, &["Error"], &[]).ok()?.into_iter().next()?;
    let code = error.text("Code");
    (!code.is_empty()).then(|| ApiError::Answered {
        code: code.to_owned(),
        message: error.text("Message").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_with_its_code_and_message() {
        let answer =
            br#"<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
            <Error><Type>Sender</Type><Code>ValidationError</Code>
            <Message>Stack with id a&amp;b &lt;shop&gt; does not exist</Message></Error>
            <RequestId>r-1</RequestId></ErrorResponse>"#;
        let error = error(answer).unwrap();
        assert_eq!(error.code(), Some("ValidationError"));
        assert_eq!(error.to_string(), "ValidationError: Stack with id a&b <shop> does not exist");
        assert!(super::error(b"<html><body>Bad gateway</body></html>").is_none());
        assert!(super::error(b"bad gateway").is_none());
    }
}
