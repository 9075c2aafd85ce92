use super::*;

/// An element of DER.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match u8::try_from(length) {
        Ok(short) if short < 0x80 => vec![tag, short],
        Ok(long) => vec![tag, 0x81, long],
        Err(_) => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [&head[..], content].concat()
}

/// A file of a key of this kind, whose secret is `length` zeros.
fn key(kind: &[&[u8]], length: usize) -> String {
    let algorithm =
        kind.iter().flat_map(|identifier| element(0x06, identifier)).collect::<Vec<_>>();
    let parts = [element(0x02, &[0]), element(0x30, &algorithm), element(0x04, &vec![0; length])];
    let body = STANDARD.encode(element(0x30, &parts.concat()));
    let lines = body.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
    let lines: Vec<_> = lines.collect();
    format!("-----BEGIN {LABEL}-----\n{}\n-----END {LABEL}-----\n", lines.join("\n"))
}

fn apns_key() -> String {
    key(der::P256, 109)
}

fn rsa_key() -> String {
    key(der::RSA, 1_190)
}

/// On the curve P-384.
fn other_curve() -> String {
    key(&[der::P256[0], &[0x2b, 0x81, 0x04, 0x00, 0x22]], 158)
}

fn service_account(change: impl FnOnce(&mut Value)) -> String {
    let mut file = serde_json::json!({
        "type": "service_account", "project_id": "shop", "private_key_id": "1",
        "private_key": rsa_key(), "client_email": "push@shop.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    });
    change(&mut file);
    file.to_string()
}

fn of_apns(text: &str) -> Result<Credentials, CredentialsError> {
    let [key, team] = ["ABC123DEFG", "DEF123GHIJ"];
    let (key, team) = (key.parse().unwrap(), team.parse().unwrap());
    let bundle = "com.example.shop".parse().unwrap();
    Credentials::of_apns(text, Service::ApnsSandbox, &key, &team, &bundle)
}

#[test]
fn a_service_accounts_file_is_taken_and_other_files_are_told_apart() {
    use CredentialsError::*;
    let known = Credentials::of_fcm(&service_account(|_| {})).unwrap();
    assert_eq!(
        known.attributes().map(|(name, _)| name).collect::<Vec<_>>(),
        ["PlatformCredential"]
    );
    for (text, problem) in [
        ("not JSON".to_owned(), NotJson),
        (r#"{"project_info": {}}"#.to_owned(), AppConfiguration),
        (r#"{"type": "authorized_user"}"#.to_owned(), NotServiceAccount),
        ("[]".to_owned(), NotServiceAccount),
        (service_account(|file| file["client_email"] = "".into()), Missing("client_email")),
        (service_account(|file| file["private_key"] = Value::Null), Missing("private_key")),
        (service_account(|file| file["private_key"] = "a key".into()), PrivateKey),
        (service_account(|file| file["private_key"] = apns_key().into()), PrivateKey),
    ] {
        assert_eq!(Credentials::of_fcm(&text), Err(problem), "{text}");
    }
}

#[test]
fn an_apns_key_is_taken_and_other_files_are_told_apart() {
    use CredentialsError::*;
    let known = of_apns(&format!("\n{}\n", apns_key().replace('\n', "\r\n"))).unwrap();
    let found: BTreeMap<_, _> = known.attributes().collect();
    assert_eq!(found["PlatformPrincipal"], "ABC123DEFG");
    assert_eq!(found["ApplePlatformTeamID"], "DEF123GHIJ");
    assert_eq!(found["ApplePlatformBundleID"], "com.example.shop");
    assert!(found["PlatformCredential"].starts_with("-----BEGIN"));
    let renamed = |label| apns_key().replace(LABEL, label);
    for (text, problem) in [
        (String::new(), NotPem),
        (apns_key().replace("-----END", ""), NotPem),
        (renamed("CERTIFICATE"), Certificate),
        (renamed("EC PRIVATE KEY"), Encoding("EC PRIVATE KEY".to_owned())),
        (renamed("ENCRYPTED PRIVATE KEY"), Encoding("ENCRYPTED PRIVATE KEY".to_owned())),
        (rsa_key(), NotApnsKey),
        (other_curve(), NotApnsKey),
    ] {
        assert_eq!(of_apns(&text), Err(problem), "{text}");
    }
}

#[test]
fn a_key_that_was_cut_off_is_none() {
    let whole = pem(&apns_key()).unwrap();
    assert!(der::is_key_of(&whole, der::P256));
    for length in 0..whole.len() {
        assert!(!der::is_key_of(&whole[..length], der::P256), "{length} bytes");
    }
    assert!(!der::is_key_of(&[&whole[..], &[0]].concat(), der::P256));
}

#[test]
fn credentials_show_nothing_of_themselves_and_no_error_quotes_a_file() {
    let shown =
        format!("{:?} {:?}", Credentials::of_fcm(&service_account(|_| {})), of_apns(&apns_key()));
    let key = apns_key();
    for secret in ["PRIVATE", "gserviceaccount", "ABC123DEFG", &key[60..80]] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let error = Credentials::of_fcm("s3cret").unwrap_err().to_string();
    assert!(!error.contains("s3cret"), "{error}");
}

#[test]
fn apples_ids_are_what_they_look_like() {
    for (text, is_id) in
        [("ABC123DEFG", true), ("abc123defg", false), ("ABC123DEF", false), ("ABC-23DEFG", false)]
    {
        assert_eq!(text.parse::<KeyId>().is_ok(), is_id, "{text}");
        assert_eq!(text.parse::<TeamId>().is_ok(), is_id, "{text}");
    }
    for (text, is_id) in [
        ("com.example.shop-app", true),
        ("shop", false),
        ("com..shop", false),
        ("com.ex_ample", false),
    ] {
        assert_eq!(text.parse::<BundleId>().is_ok(), is_id, "{text}");
    }
}
