//! What was typed together with the environment, checked.

use super::{
    args::Connection,
    console::Console,
    failure::{Exit, Failure},
    text::BYTE_ORDER_MARK,
};
use netskope_blocking::{
    Client, ClientBuilder,
    model::{Error, Tenant, V1Token, V2Token},
};
use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// Which token a command needs.
#[derive(Debug)]
pub(super) struct TokenKind {
    /// Where it stands in the environment.
    variable: &'static str,
    /// Another variable, that of a token which does not serve, and what to say where only that one is set.
    mistaken: &'static str,
    missing: &'static str,
    hint: &'static str,
    read: fn(String) -> Result<Token, Error>,
}

/// A token, which never shows itself.
#[derive(Debug)]
enum Token {
    V1(V1Token),
    V2(V2Token),
}

pub(super) const V1: TokenKind = TokenKind {
    variable: "NETSKOPE_V1_TOKEN",
    mistaken: "NETSKOPE_API_TOKEN",
    missing: "device lookups need a REST API v1 token; the v2 token in NETSKOPE_API_TOKEN does not work for them",
    hint: "set NETSKOPE_V1_TOKEN, or give --token-file FILE with a file that holds the token",
    read: |text| V1Token::new(text).map(Token::V1),
};

pub(super) const V2: TokenKind = TokenKind {
    variable: "NETSKOPE_V2_TOKEN",
    mistaken: "NETSKOPE_V1_TOKEN",
    missing: "log streams need a REST API v2 token; the v1 token in NETSKOPE_V1_TOKEN does not work for them",
    hint: "set NETSKOPE_V2_TOKEN, or give --token-file FILE with a file that holds the token; it needs a scope for each stream (Settings > Tools > REST API v2)",
    read: |text| V2Token::new(text).map(Token::V2),
};

/// How to reach the tenant.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) tenant: Tenant,
    token: Token,
    timeout: Duration,
    ca_file: Option<PathBuf>,
}

impl Settings {
    pub(super) fn resolve(
        connection: &Connection,
        kind: &TokenKind,
        environment: impl Fn(&str) -> Option<OsString>,
        console: Console,
    ) -> Result<Self, Failure> {
        Ok(Self {
            tenant: tenant(connection, &environment)?,
            token: token(connection, kind, &environment, console)?,
            timeout: Duration::from_secs(connection.timeout),
            ca_file: connection.ca_file.clone(),
        })
    }

    /// A client that tells of each request.
    pub(super) fn client(self, console: Console) -> ClientBuilder {
        let builder = Client::builder(self.tenant)
            .timeout(self.timeout)
            .on_round_trip(move |trip| console.round_trip(trip));
        let builder = match self.token {
            Token::V1(token) => builder.v1_token(token),
            Token::V2(token) => builder.v2_token(token),
        };
        match self.ca_file {
            Some(ca_file) => builder.ca_file(ca_file),
            None => builder,
        }
    }
}

fn tenant(
    connection: &Connection,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Tenant, Failure> {
    if let Some(typed) = &connection.tenant {
        return Ok(Tenant::parse(typed)?);
    }
    match variable("NETSKOPE_TENANT", environment)? {
        Some(text) => {
            Tenant::parse(&text).map_err(|error| Failure::from(error).about("NETSKOPE_TENANT"))
        }
        None => Err(Failure::new(Exit::Usage, "no tenant given")
            .hint("give --tenant HOST, such as --tenant acme.goskope.com, or set NETSKOPE_TENANT")),
    }
}

fn token(
    connection: &Connection,
    kind: &TokenKind,
    environment: impl Fn(&str) -> Option<OsString>,
    console: Console,
) -> Result<Token, Failure> {
    if let Some(path) = &connection.token_file {
        let text = read_token(path, console)?;
        return (kind.read)(text).map_err(|error| Failure::from(error).about("--token-file"));
    }
    if let Some(text) = variable(kind.variable, &environment)? {
        return (kind.read)(text).map_err(|error| Failure::from(error).about(kind.variable));
    }
    let message = match variable(kind.mistaken, &environment) {
        Ok(None) => "no token given",
        _ => kind.missing,
    };
    Err(Failure::new(Exit::Usage, message).hint(kind.hint))
}

/// A variable's text; an empty one counts as not set.
fn variable(
    name: &str,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, Failure> {
    match environment(name)
        .filter(|value| !value.is_empty())
        .map(OsString::into_string)
    {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(_)) => Err(Failure::new(
            Exit::Usage,
            format!("{name} is not valid UTF-8"),
        )),
    }
}

/// The token in a file, whose name is never shown: what was typed in its place may be the token itself.
fn read_token(path: &Path, console: Console) -> Result<String, Failure> {
    const LONGEST: u64 = 64 * 1024;
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData => {
            Failure::new(Exit::Usage, "--token-file: the file does not hold text")
        }
        _ => Failure::new(
            Exit::Local,
            format!("cannot read the file given with --token-file: {error}"),
        ),
    };
    let file = File::open(path).map_err(unreadable)?;
    if is_open_to_others(&file) {
        console.say("warning: other users can read the token file; `chmod 600` closes it to them");
    }
    let mut text = String::new();
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    // In place: a second copy would not be wiped with the token.
    if text.starts_with(BYTE_ORDER_MARK) {
        text.remove(0);
    }
    Ok(text)
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &File) -> bool {
    false
}

#[cfg(test)]
mod tests;
