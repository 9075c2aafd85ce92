//! CloudFormation's answers.
//! Source: AWS CloudFormation API Reference, version 2010-05-15.

use std::collections::BTreeMap;

use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};
use jiff::Timestamp;

use super::CloudFormationError;

/// A stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack {
    /// How far it is: `CREATE_COMPLETE`.
    pub status: String,
    /// What its template puts out.
    pub outputs: BTreeMap<String, String>,
}

/// Something that happened to one of a stack's resources.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StackEvent {
    pub(crate) at: Option<Timestamp>,
    /// The resource's logical id.
    pub(crate) resource: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) reason: String,
}

/// The first stack of an answer to `DescribeStacks`.
pub(super) fn stack(answer: &[u8]) -> Result<Option<Stack>, XmlDecodeError> {
    let mut found = None;
    let path = ["DescribeStacksResult", "Stacks", "member"];
    visit(&mut Document::try_from(answer)?.root_element()?, &path, &mut |member| {
        let mut stack = Stack::default();
        while let Some(mut child) = member.next_tag() {
            match child.start_el().local() {
                "StackStatus" => stack.status = try_data(&mut child)?.into_owned(),
                "Outputs" => visit(&mut child, &["member"], &mut |output| {
                    let mut texts = texts(output);
                    if let (Some(key), Some(value)) =
                        (texts.remove("OutputKey"), texts.remove("OutputValue"))
                    {
                        stack.outputs.insert(key, value);
                    }
                    Ok(())
                })?,
                _ => {}
            }
        }
        found.get_or_insert(stack);
        Ok(())
    })?;
    Ok(found)
}

/// The events of an answer to `DescribeStackEvents`.
pub(super) fn events(answer: &[u8]) -> Result<Vec<StackEvent>, XmlDecodeError> {
    let mut events = Vec::new();
    let path = ["DescribeStackEventsResult", "StackEvents", "member"];
    visit(&mut Document::try_from(answer)?.root_element()?, &path, &mut |member| {
        let mut texts = texts(member);
        let mut text = |name| texts.remove(name).unwrap_or_default();
        events.push(StackEvent {
            at: text("Timestamp").parse().ok(),
            resource: text("LogicalResourceId"),
            kind: text("ResourceType"),
            status: text("ResourceStatus"),
            reason: text("ResourceStatusReason"),
        });
        Ok(())
    })?;
    Ok(events)
}

/// What an answer says that is an error; none if it does not say.
pub(super) fn error(answer: &[u8]) -> Option<CloudFormationError> {
    let mut found = None;
    visit(&mut Document::try_from(answer).ok()?.root_element().ok()?, &["Error"], &mut |error| {
        let mut texts = texts(error);
        found = texts.remove("Code").map(|code| CloudFormationError::Answered {
            code,
            message: texts.remove("Message").unwrap_or_default(),
        });
        Ok(())
    })
    .ok()?;
    found
}

/// Acts on every element at this path below another.
fn visit(
    parent: &mut ScopedDecoder<'_, '_>,
    path: &[&str],
    act: &mut dyn FnMut(&mut ScopedDecoder<'_, '_>) -> Result<(), XmlDecodeError>,
) -> Result<(), XmlDecodeError> {
    let Some((name, rest)) = path.split_first() else { return act(parent) };
    while let Some(mut child) = parent.next_tag() {
        if child.start_el().local() == *name {
            visit(&mut child, rest, act)?;
        }
    }
    Ok(())
}

/// The texts of an element's children by their names. Children that hold no text but
/// elements are left out.
fn texts(parent: &mut ScopedDecoder<'_, '_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    while let Some(mut child) = parent.next_tag() {
        let name = child.start_el().local().to_owned();
        if let Ok(text) = try_data(&mut child) {
            texts.insert(name, text.into_owned());
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_read_with_its_outputs_unescaped() {
        let answer = r#"<?xml version="1.0"?>
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <DescribeStacksResult><Stacks><member>
                <StackName>shop</StackName>
                <Outputs>
                  <member>
                    <Description>A &lt;queue&gt;</Description>
                    <OutputKey>QueueUrl</OutputKey>
                    <OutputValue>https://sqs.example/?a=1&amp;b=&quot;2&quot;&#x20;&#228;</OutputValue>
                  </member>
                  <member><OutputKey>Empty</OutputKey><OutputValue/></member>
                  <member><OutputKey>Without value</OutputKey></member>
                </Outputs>
                <Tags><member><Key>OutputKey</Key><Value>x</Value></member></Tags>
                <StackStatus>UPDATE_COMPLETE</StackStatus>
              </member></Stacks></DescribeStacksResult>
              <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
            </DescribeStacksResponse>"#;
        let stack = stack(answer.as_bytes()).unwrap().unwrap();
        assert_eq!(stack.status, "UPDATE_COMPLETE");
        let outputs: Vec<_> = stack.outputs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(outputs, [("Empty", ""), ("QueueUrl", "https://sqs.example/?a=1&b=\"2\" ä")]);
    }

    #[test]
    fn an_answer_without_a_stack_has_none_and_what_is_no_xml_is_an_error() {
        let none = b"<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>";
        assert_eq!(stack(none).unwrap(), None);
        assert!(stack(b"not XML").is_err());
        assert!(stack(b"").is_err());
        assert!(stack(b"\xff").is_err());
    }

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

    #[test]
    fn events_are_read_with_their_times() {
        let answer = br#"<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>
            <member><Timestamp>2026-01-02T03:04:05.678Z</Timestamp>
              <LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType>
              <ResourceStatus>CREATE_FAILED</ResourceStatus>
              <ResourceStatusReason>it&apos;s taken</ResourceStatusReason></member>
            <member><LogicalResourceId>shop</LogicalResourceId></member>
            </StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>"#;
        let events = events(answer).unwrap();
        let [failed, bare] = &events[..] else { panic!("{events:?}") };
        assert_eq!(failed.at, Some("2026-01-02T03:04:05.678Z".parse().unwrap()));
        assert_eq!((&*failed.resource, &*failed.kind), ("Queue", "AWS::SQS::Queue"));
        assert_eq!((&*failed.status, &*failed.reason), ("CREATE_FAILED", "it's taken"));
        assert_eq!((bare.at, &*bare.resource, &*bare.status), (None, "shop", ""));
    }
}
