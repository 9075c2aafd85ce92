//! What operators do besides looking: suppressions are lifted and set, platform
//! applications created and given new credentials, a customer's data read. With the real
//! clients, on an AWS that follows a script and keeps what it was asked; and on the local
//! AWS, with the product deployed.

mod export;
mod keys;
mod local;
mod push_app;
mod suppressions;
