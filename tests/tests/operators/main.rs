//! What operators do besides looking: suppressions are lifted and set. With the real clients,
//! on an AWS that follows a script and keeps what it was asked.

mod suppressions;
