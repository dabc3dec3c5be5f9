//! What was typed together with the environment, checked.

use super::{
    args::Connection,
    console::Console,
    failure::{Exit, Failure},
    text::BYTE_ORDER_MARK,
};
use netskope_blocking::{
    Client,
    model::{Tenant, V1Token},
};
use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

pub(super) const TOKEN_HINT: &str =
    "set NETSKOPE_V1_TOKEN, or give --token-file FILE with a file that holds the token";

/// How to reach the tenant.
#[derive(Debug)]
pub(super) struct Settings {
    tenant: Tenant,
    token: V1Token,
    retries: u32,
    timeout: Duration,
    ca_file: Option<PathBuf>,
}

impl Settings {
    pub(super) fn resolve(
        connection: &Connection,
        environment: impl Fn(&str) -> Option<OsString>,
        console: Console,
    ) -> Result<Self, Failure> {
        Ok(Self {
            tenant: tenant(connection, &environment)?,
            token: token(connection, &environment, console)?,
            retries: connection.retries,
            timeout: Duration::from_secs(connection.timeout),
            ca_file: connection.ca_file.clone(),
        })
    }

    pub(super) fn client(self, console: Console) -> Result<Client, Failure> {
        let mut builder = Client::builder(self.tenant)
            .v1_token(self.token)
            .retries(self.retries)
            .timeout(self.timeout)
            .on_wait(move |wait| console.waiting(wait))
            .on_round_trip(move |trip| console.round_trip(trip));
        if let Some(ca_file) = self.ca_file {
            builder = builder.ca_file(ca_file);
        }
        Ok(builder.build()?)
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
    environment: impl Fn(&str) -> Option<OsString>,
    console: Console,
) -> Result<V1Token, Failure> {
    if let Some(path) = &connection.token_file {
        let text = read_token(path, console)?;
        return V1Token::new(text).map_err(|error| Failure::from(error).about("--token-file"));
    }
    if let Some(text) = variable("NETSKOPE_V1_TOKEN", &environment)? {
        return V1Token::new(text).map_err(|error| Failure::from(error).about("NETSKOPE_V1_TOKEN"));
    }
    let message = match variable("NETSKOPE_API_TOKEN", &environment) {
        Ok(None) => "no token given",
        _ => {
            "device lookups need a REST API v1 token; the v2 token in NETSKOPE_API_TOKEN does not work for them"
        }
    };
    Err(Failure::new(Exit::Usage, message).hint(TOKEN_HINT))
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
