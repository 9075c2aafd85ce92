//! Files of credentials that are built as those of push services are.

/// A file that is built as a private key on the curve of APNs is, and opens nothing.
pub fn key_file() -> String {
    let zeros = "A".repeat(145);
    let body = format!("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0{zeros}");
    pem(&body)
}

/// The same for FCM, with an RSA key.
pub fn fcm_file() -> String {
    let zeros = "A".repeat(101);
    let body = format!("MGACAQAwDQYJKoZIhvcNAQEBBQAETA{zeros}=");
    serde_json::json!({
        "type": "service_account", "project_id": "shop", "private_key": pem(&body),
        "client_email": "push@shop.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    })
    .to_string()
}

fn pem(body: &str) -> String {
    let marker = |word: &str| format!("-----{word} {}-----", "PRIVATE KEY");
    format!("{}\n{body}\n{}\n", marker("BEGIN"), marker("END"))
}
