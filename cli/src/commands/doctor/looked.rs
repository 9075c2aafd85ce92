//! A look at AWS, and what kept it from seeing anything.

use std::error::Error;

use aws_sdk_sqs::config::http::HttpResponse;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use bellhop::model::failure::Stage;
use bellhop::platform::aws::fault;
use bellhop_local::api::ApiError;

use super::finding::{Code, Finding, Subject};

/// What was seen, or why nothing was.
pub(in crate::commands) type Looked<T> = Result<T, Blind>;

/// Why something could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands) struct Blind {
    /// The permission that the look needs, such as `ses:GetAccount`.
    pub(in crate::commands) needs: &'static str,
    pub(in crate::commands) cause: Cause,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands) enum Cause {
    /// It is not allowed.
    Denied,
    /// The service answered with this code.
    Answered(String),
    /// No answer came.
    NoAnswer,
}

/// Codes by which AWS says that something may not be done.
const DENIED: [&str; 4] =
    ["AccessDenied", "AuthorizationError", "UnauthorizedOperation", "NotAuthorized"];

/// Codes by which AWS says that something is not there.
const NOT_THERE: [&str; 7] = [
    "NotFoundException",
    "NotFound",
    "ResourceNotFoundException",
    "ResourceNotFound",
    "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
    "NoSuchEntity",
];

/// Codes by which a service says that it has no such call, as in some regions.
const UNSUPPORTED: [&str; 3] = ["InvalidAction", "UnknownOperationException", "OptInRequired"];

impl Cause {
    fn of(code: Option<&str>) -> Self {
        match code {
            Some(code) if DENIED.iter().any(|denied| code.contains(denied)) => Self::Denied,
            Some(code) => Self::Answered(code.to_owned()),
            None => Self::NoAnswer,
        }
    }
}

impl Blind {
    /// Whether the service has no such call, as in some regions.
    pub(in crate::commands) fn is_unsupported(&self) -> bool {
        matches!(&self.cause, Cause::Answered(code) if UNSUPPORTED.contains(&code.as_str()))
    }

    /// Why nothing came of it, in words.
    pub(in crate::commands) fn why(&self) -> String {
        let needs = self.needs;
        match &self.cause {
            Cause::Denied => format!("needs {needs}"),
            Cause::Answered(code) => format!("{needs} answered {code}"),
            Cause::NoAnswer => format!("{needs} got no answer"),
        }
    }

    /// Not being allowed to look is what somebody decided; anything else leaves open
    /// whether all is well.
    pub(in crate::commands) fn finding(&self, subject: Subject) -> Finding {
        let needs = self.needs;
        match &self.cause {
            Cause::Denied => Finding::warning(
                subject,
                Code::NotLooked,
                format!("could not look: needs {needs}"),
                format!("allow {needs} to who runs this, or look in the console"),
            ),
            Cause::Answered(code) if self.is_unsupported() => Finding::warning(
                subject,
                Code::NotLooked,
                format!("could not look: there is no {needs} here ({code})"),
                "look in the console",
            ),
            Cause::Answered(code) => Finding::error(
                subject,
                Code::NotLooked,
                format!("could not look: {needs} answered {code}"),
                "try again; if it stays so, look in the console",
            ),
            Cause::NoAnswer => Finding::error(
                subject,
                Code::NotLooked,
                format!("could not look: {needs} got no answer"),
                "check the network between here and AWS, and try again",
            ),
        }
    }
}

/// What a call by an SDK has seen.
pub(in crate::commands) fn sdk<T, E>(
    needs: &'static str,
    answer: Result<T, SdkError<E, HttpResponse>>,
) -> Looked<T>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    answer.map_err(|error| {
        let fault = fault(&error);
        let cause = match (fault.code.as_deref(), fault.stage) {
            (None, Stage::Answered(status)) => Cause::Answered(format!("HTTP {status}")),
            (code, _) => Cause::of(code),
        };
        Blind { needs, cause }
    })
}

/// What one of our own calls has seen.
pub(in crate::commands) fn api<T>(needs: &'static str, answer: Result<T, ApiError>) -> Looked<T> {
    answer.map_err(|error| Blind { needs, cause: Cause::of(error.code()) })
}

/// The same, where the thing itself may not be there.
pub(in crate::commands) fn if_there<T>(looked: Looked<T>) -> Looked<Option<T>> {
    match looked {
        Ok(seen) => Ok(Some(seen)),
        Err(Blind { cause: Cause::Answered(code), .. }) if NOT_THERE.contains(&code.as_str()) => {
            Ok(None)
        }
        Err(blind) => Err(blind),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn a_look_that_is_not_allowed_warns_and_names_the_permission() {
        for (code, level, words) in [
            (Some("AccessDeniedException"), Level::Warning, "needs ses:GetAccount"),
            (Some("AuthorizationError"), Level::Warning, "needs ses:GetAccount"),
            (Some("InvalidAction"), Level::Warning, "no ses:GetAccount here (InvalidAction)"),
            (Some("Throttling"), Level::Error, "ses:GetAccount answered Throttling"),
            (None, Level::Error, "ses:GetAccount got no answer"),
        ] {
            let blind = Blind { needs: "ses:GetAccount", cause: Cause::of(code) };
            let finding = blind.finding(Subject::Sending);
            assert_eq!((finding.level, finding.code), (level, Code::NotLooked), "{code:?}");
            assert!(finding.what.ends_with(words), "{}", finding.what);
            assert!(finding.todo.is_some());
        }
    }

    #[test]
    fn what_is_not_there_was_looked_at() {
        let answered = |code: &str| {
            Err::<(), _>(Blind { needs: "x:Get", cause: Cause::Answered(code.to_owned()) })
        };
        assert_eq!(if_there(answered("NoSuchEntity")), Ok(None));
        assert_eq!(if_there(Ok(7)), Ok(Some(7)));
        assert!(if_there(answered("InternalError")).is_err());
    }
}
