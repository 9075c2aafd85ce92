//! Who may publish events.

use aws_config::SdkConfig;
use bellhop_local::api::{QueryApi, members, query};

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, api, if_there};

const SUBJECT: Subject = Subject::Producers;

/// Asks who has the policy: users, groups and roles, by name. None if the policy is gone.
pub(super) async fn look(config: &SdkConfig, policy: &str) -> Looked<Option<Vec<String>>> {
    const NEEDS: &str = "iam:ListEntitiesForPolicy";
    let answer =
        query(config, QueryApi::IAM, "ListEntitiesForPolicy", &[("PolicyArn", policy)]).await;
    let Some(answer) = if_there(api(NEEDS, answer))? else { return Ok(None) };
    let mut names = Vec::new();
    for (list, name) in
        [("PolicyRoles", "RoleName"), ("PolicyUsers", "UserName"), ("PolicyGroups", "GroupName")]
    {
        let path = ["ListEntitiesForPolicyResult", list, "member"];
        let found = api(NEEDS, members(&answer, &path, &[]).map_err(Into::into))?;
        names.extend(found.iter().map(|fields| fields.text(name).to_owned()));
    }
    Ok(Some(names))
}

/// What there is to say about who has the policy.
pub(super) fn judge(policy: &str, producers: Option<&[String]>) -> Finding {
    let code = Code::Producers;
    match producers {
        None => {
            let what = format!("the policy of producers, {policy}, is gone");
            Finding::error(SUBJECT, code, what, "deploy again")
        }
        Some([]) => Finding::warning(
            SUBJECT,
            code,
            "nobody has the policy to publish events, unless by a policy of their own",
            format!(
                "`aws iam attach-role-policy --policy-arn {policy} --role-name` with your system's role"
            ),
        ),
        Some(names) => {
            Finding::ok(SUBJECT, code, format!("events may be published by {}", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{Error, Ok, Warning};
    use super::*;

    #[test]
    fn somebody_must_have_the_policy() {
        assert_eq!(judge("arn:policy", Some(&["shop".to_owned()])).level, Ok);
        assert_eq!(judge("arn:policy", None).level, Error);
        let found = judge("arn:policy", Some(&[]));
        assert_eq!(found.level, Warning);
        assert!(found.todo.unwrap().contains("attach-role-policy --policy-arn arn:policy"));
    }
}
