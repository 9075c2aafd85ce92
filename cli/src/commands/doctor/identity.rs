//! Who e-mail is from: the sender's identity, its signature and its bounces' domain.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::types::{BehaviorOnMxFailure, DkimAttributes};

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, if_there, sdk};

const SUBJECT: Subject = Subject::Identity;

/// An identity of SES.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// The address, its domain, or a domain above that.
    name: String,
    verified: bool,
    dkim: Dkim,
    /// What DNS must say for that.
    dkim_records: Vec<String>,
    mail_from: Option<MailFrom>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Dkim {
    Off,
    /// On, with SES's word for how far the keys are.
    On(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct MailFrom {
    domain: String,
    status: String,
    without_mx: WithoutMx,
}

/// What SES does with mail while the domain's MX record is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WithoutMx {
    SendAnyway,
    Reject,
}

/// The identity that mail from this address is sent by: the most specific one that SES
/// has.
pub(super) async fn look(ses: &Client, from: &str) -> Looked<Option<Identity>> {
    for name in candidates(from) {
        let answer = ses.get_email_identity().email_identity(name).send().await;
        if let Some(found) = if_there(sdk("ses:GetEmailIdentity", answer))? {
            let dkim = found.dkim_attributes;
            let mail_from = found.mail_from_attributes.filter(|m| !m.mail_from_domain.is_empty());
            return Ok(Some(Identity {
                name: name.to_owned(),
                verified: found.verified_for_sending_status,
                dkim_records: dkim.as_ref().map_or_else(Vec::new, |dkim| records(name, dkim)),
                dkim: dkim.map_or(Dkim::Off, signing),
                mail_from: mail_from.map(|mail_from| MailFrom {
                    domain: mail_from.mail_from_domain,
                    status: mail_from.mail_from_domain_status.as_str().to_owned(),
                    without_mx: match mail_from.behavior_on_mx_failure {
                        BehaviorOnMxFailure::RejectMessage => WithoutMx::Reject,
                        _ => WithoutMx::SendAnyway,
                    },
                }),
            }));
        }
    }
    Ok(None)
}

fn signing(dkim: DkimAttributes) -> Dkim {
    if !dkim.signing_enabled {
        return Dkim::Off;
    }
    Dkim::On(dkim.status.map_or(String::new(), |status| status.as_str().to_owned()))
}

fn records(name: &str, dkim: &DkimAttributes) -> Vec<String> {
    let zone = dkim.signing_hosted_zone().unwrap_or("dkim.amazonses.com");
    let record = |token: &String| format!("{token}._domainkey.{name} CNAME {token}.{zone}");
    dkim.tokens().iter().map(record).collect()
}

/// The address, its domain, and the domains above that: a domain's identity holds for
/// what is below it too.
fn candidates(from: &str) -> impl Iterator<Item = &str> {
    std::iter::once(from).chain(std::iter::successors(Some(domain(from)), |domain| above(domain)))
}

/// The domain above; none where that is a top-level one.
fn above(domain: &str) -> Option<&str> {
    let (_, above) = domain.split_once('.')?;
    above.contains('.').then_some(above)
}

fn domain(from: &str) -> &str {
    from.rsplit_once('@').map_or(from, |(_, domain)| domain)
}

/// What there is to say about the sender.
pub(super) fn judge(from: &str, identity: Option<&Identity>) -> Vec<Finding> {
    let domain = domain(from);
    let Some(identity) = identity else {
        return vec![Finding::error(
            SUBJECT,
            Code::IdentityVerified,
            format!("SES has no identity for {from}: every e-mail is refused"),
            format!(
                "`aws sesv2 create-email-identity --email-identity {domain}`, then publish the DNS \
                 records that it prints"
            ),
        )];
    };
    vec![verified(identity), dkim(identity), mail_from(identity), dmarc(domain)]
}

fn verified(identity: &Identity) -> Finding {
    let name = &identity.name;
    if identity.verified {
        return Finding::ok(SUBJECT, Code::IdentityVerified, format!("{name} is verified"));
    }
    let todo = if name.contains('@') {
        "open the link in the mail that SES sent there; a new one comes after deleting and creating \
         the identity"
            .to_owned()
    } else {
        publish(identity)
    };
    let what = format!("{name} is not verified: every e-mail is refused");
    Finding::error(SUBJECT, Code::IdentityVerified, what, todo)
}

fn dkim(identity: &Identity) -> Finding {
    let name = &identity.name;
    match &identity.dkim {
        Dkim::On(status) if status == "SUCCESS" => {
            Finding::ok(SUBJECT, Code::Dkim, format!("{name} signs with DKIM"))
        }
        Dkim::On(status) => Finding::warning(
            SUBJECT,
            Code::Dkim,
            format!(
                "{name}'s DKIM keys are {status}: mail is not signed and likely to end as spam"
            ),
            publish(identity),
        ),
        Dkim::Off => Finding::warning(
            SUBJECT,
            Code::Dkim,
            format!("{name} does not sign with DKIM: mail is likely to end as spam"),
            format!(
                "`aws sesv2 put-email-identity-dkim-attributes --email-identity {name} \
                 --signing-enabled`, and {}",
                publish(identity)
            ),
        ),
    }
}

/// A domain's records; an address signs by its domain's.
fn publish(Identity { name, dkim_records, .. }: &Identity) -> String {
    if dkim_records.is_empty() {
        return format!("verify the domain of {name} instead, whose keys then sign");
    }
    format!("publish in DNS: {}", dkim_records.join(", "))
}

fn mail_from(identity: &Identity) -> Finding {
    let Identity { name, mail_from, .. } = identity;
    let domain = domain(name);
    let Some(mail_from) = mail_from else {
        return Finding::warning(
            SUBJECT,
            Code::MailFrom,
            format!("{name} has no MAIL FROM domain of its own: SPF speaks for amazonses.com"),
            format!(
                "`aws sesv2 put-email-identity-mail-from-attributes --email-identity {name} \
                 --mail-from-domain bounce.{domain}`, then publish its MX and SPF records"
            ),
        );
    };
    let MailFrom { domain, status, without_mx } = mail_from;
    let todo = format!(
        "publish for {domain} an MX record `10 feedback-smtp.<region>.amazonses.com` and a TXT \
         record `v=spf1 include:amazonses.com ~all`"
    );
    let what = format!("MAIL FROM {domain} is {status}");
    match without_mx {
        _ if status == "SUCCESS" => {
            Finding::ok(SUBJECT, Code::MailFrom, format!("MAIL FROM is {domain}"))
        }
        WithoutMx::SendAnyway => {
            let what = format!("{what}: SPF speaks for amazonses.com meanwhile");
            Finding::warning(SUBJECT, Code::MailFrom, what, todo)
        }
        WithoutMx::Reject => {
            let what = format!("{what}: every e-mail is refused meanwhile");
            Finding::error(SUBJECT, Code::MailFrom, what, todo)
        }
    }
}

/// SES does not know it, and mailbox providers ask for it.
fn dmarc(domain: &str) -> Finding {
    Finding::hint(
        SUBJECT,
        Code::Dmarc,
        format!("whether {domain} has a DMARC record, AWS does not know"),
        format!("`dig +short TXT _dmarc.{domain}` should print one that begins with v=DMARC1"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    fn healthy() -> Identity {
        Identity {
            name: "example.com".to_owned(),
            verified: true,
            dkim: Dkim::On("SUCCESS".to_owned()),
            dkim_records: vec!["t._domainkey.example.com CNAME t.dkim.amazonses.com".to_owned()],
            mail_from: Some(MailFrom {
                domain: "bounce.example.com".to_owned(),
                status: "SUCCESS".to_owned(),
                without_mx: WithoutMx::SendAnyway,
            }),
        }
    }

    fn levels(identity: &Identity) -> Vec<(Code, Level)> {
        let found = judge("orders@example.com", Some(identity));
        found.into_iter().map(|finding| (finding.code, finding.level)).collect()
    }

    #[test]
    fn each_fault_of_an_identity_is_a_finding_of_its_own() {
        let mail_from = |status: &str, without_mx| {
            let domain = "bounce.example.com".to_owned();
            Some(MailFrom { domain, status: status.to_owned(), without_mx })
        };
        let pending = Dkim::On("PENDING".to_owned());
        for (identity, expected) in [
            (healthy(), [Ok, Ok, Ok, Ok]),
            (Identity { verified: false, ..healthy() }, [Error, Ok, Ok, Ok]),
            (Identity { dkim: Dkim::Off, ..healthy() }, [Ok, Warning, Ok, Ok]),
            (Identity { dkim: pending, ..healthy() }, [Ok, Warning, Ok, Ok]),
            (Identity { mail_from: None, ..healthy() }, [Ok, Ok, Warning, Ok]),
            (
                Identity { mail_from: mail_from("FAILED", WithoutMx::SendAnyway), ..healthy() },
                [Ok, Ok, Warning, Ok],
            ),
            (
                Identity { mail_from: mail_from("PENDING", WithoutMx::Reject), ..healthy() },
                [Ok, Ok, Error, Ok],
            ),
        ] {
            let codes = [Code::IdentityVerified, Code::Dkim, Code::MailFrom, Code::Dmarc];
            let expected: Vec<_> = codes.into_iter().zip(expected).collect();
            assert_eq!(levels(&identity), expected, "{identity:?}");
        }
    }

    #[test]
    fn what_dns_must_say_is_told_as_ses_has_it() {
        let dkim = DkimAttributes::builder().tokens("t1").signing_hosted_zone("dkim.r.example");
        let records = records("example.com", &dkim.build());
        assert_eq!(records, ["t1._domainkey.example.com CNAME t1.dkim.r.example"]);
        let unverified = Identity { verified: false, dkim_records: records, ..healthy() };
        let todo = verified(&unverified).todo.unwrap();
        assert!(todo.contains("t1._domainkey.example.com CNAME t1.dkim.r.example"), "{todo}");
    }

    #[test]
    fn a_sender_without_identity_is_an_error_with_the_command_that_makes_one() {
        let [finding] = &judge("orders@mail.example.com", None)[..] else { panic!() };
        assert_eq!((finding.code, finding.level), (Code::IdentityVerified, Error));
        let todo = finding.todo.as_deref().unwrap();
        assert!(todo.contains("create-email-identity --email-identity mail.example.com"), "{todo}");
    }

    #[test]
    fn the_address_is_asked_for_first_then_its_domain_and_those_above() {
        let asked: Vec<_> = candidates("orders@mail.example.com").collect();
        assert_eq!(asked, ["orders@mail.example.com", "mail.example.com", "example.com"]);
    }
}
