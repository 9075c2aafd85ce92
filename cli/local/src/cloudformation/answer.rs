//! CloudFormation's answers.
//! Source: AWS CloudFormation API Reference, version 2010-05-15.

use std::collections::BTreeMap;

use aws_smithy_xml::decode::XmlDecodeError;
use jiff::Timestamp;

use crate::api::members;

/// A stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack {
    /// How far it is: `CREATE_COMPLETE`.
    pub status: String,
    /// What its template is given.
    pub parameters: BTreeMap<String, String>,
    /// What its template puts out.
    pub outputs: BTreeMap<String, String>,
}

/// One of a stack's resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its name in the template.
    pub logical: String,
    /// Its name in AWS: what `Ref` gives.
    pub physical: String,
    /// Its type, such as `AWS::SQS::Queue`.
    pub kind: String,
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

/// The stack of an answer to `DescribeStacks` for one name.
pub(super) fn stack(answer: &[u8]) -> Result<Option<Stack>, XmlDecodeError> {
    const STACK: [&str; 3] = ["DescribeStacksResult", "Stacks", "member"];
    let pairs = |list, key, value| {
        let path: Vec<&str> = STACK.into_iter().chain([list, "member"]).collect();
        let pairs = members(answer, &path, &[])?.into_iter();
        let pairs = pairs.filter(|pair| pair.has(value));
        Ok(pairs.map(|pair| (pair.text(key).to_owned(), pair.text(value).to_owned())).collect())
    };
    let Some(stack) = members(answer, &STACK, &[])?.into_iter().next() else { return Ok(None) };
    Ok(Some(Stack {
        status: stack.text("StackStatus").to_owned(),
        parameters: pairs("Parameters", "ParameterKey", "ParameterValue")?,
        outputs: pairs("Outputs", "OutputKey", "OutputValue")?,
    }))
}

/// The resources of an answer to `ListStackResources`, and where the next ones are.
pub(super) fn resources(answer: &[u8]) -> Result<(Vec<Resource>, Option<String>), XmlDecodeError> {
    const RESULT: &str = "ListStackResourcesResult";
    let listed = members(answer, &[RESULT, "StackResourceSummaries", "member"], &[])?;
    let resources = listed.into_iter().map(|resource| Resource {
        logical: resource.text("LogicalResourceId").to_owned(),
        physical: resource.text("PhysicalResourceId").to_owned(),
        kind: resource.text("ResourceType").to_owned(),
    });
    let result = members(answer, &[RESULT], &[])?;
    let next = result.iter().map(|result| result.text("NextToken")).find(|next| !next.is_empty());
    Ok((resources.collect(), next.map(str::to_owned)))
}

/// The events of an answer to `DescribeStackEvents`.
pub(super) fn events(answer: &[u8]) -> Result<Vec<StackEvent>, XmlDecodeError> {
    let path = ["DescribeStackEventsResult", "StackEvents", "member"];
    let event = |event: &crate::api::Fields| StackEvent {
        at: event.text("Timestamp").parse().ok(),
        resource: event.text("LogicalResourceId").to_owned(),
        kind: event.text("ResourceType").to_owned(),
        status: event.text("ResourceStatus").to_owned(),
        reason: event.text("ResourceStatusReason").to_owned(),
    };
    Ok(members(answer, &path, &[])?.iter().map(event).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_read_with_its_parameters_and_outputs_unescaped() {
        let answer = r#"<?xml version="1.0"?>
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <DescribeStacksResult><Stacks><member>
                <StackName>shop</StackName>
                <Parameters><member><ParameterKey>EmailRate</ParameterKey>
                  <ParameterValue>14</ParameterValue></member></Parameters>
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
        assert_eq!(stack.parameters, [("EmailRate".to_owned(), "14".to_owned())].into());
        let outputs: Vec<_> = stack.outputs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(outputs, [("Empty", ""), ("QueueUrl", "https://sqs.example/?a=1&b=\"2\" ä")]);
    }

    #[test]
    fn an_answer_without_a_stack_has_none_and_what_is_no_xml_is_an_error() {
        let none = b"<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>";
        assert_eq!(stack(none).unwrap(), None);
        assert!(stack(b"not XML").is_err());
    }

    #[test]
    fn resources_are_read_with_where_the_next_ones_are() {
        let page = |next: &str| {
            format!(
                "<R><ListStackResourcesResult><StackResourceSummaries><member>\
                 <LogicalResourceId>PushQueue</LogicalResourceId>\
                 <PhysicalResourceId>https://sqs.example/1/push.fifo</PhysicalResourceId>\
                 <ResourceType>AWS::SQS::Queue</ResourceType>\
                 <DriftInformation><StackResourceDriftStatus>x</StackResourceDriftStatus>\
                 </DriftInformation></member></StackResourceSummaries>{next}\
                 </ListStackResourcesResult></R>"
            )
        };
        let (found, next) = resources(page("<NextToken>n-2</NextToken>").as_bytes()).unwrap();
        let expected = Resource {
            logical: "PushQueue".to_owned(),
            physical: "https://sqs.example/1/push.fifo".to_owned(),
            kind: "AWS::SQS::Queue".to_owned(),
        };
        assert_eq!((found, next.as_deref()), (vec![expected], Some("n-2")));
        assert_eq!(resources(page("").as_bytes()).unwrap().1, None);
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
