//! Where browsers may find this server: the names it answers to.
//!
//! A page of another site can make a browser send requests here, and with DNS rebinding even under its own name. Both
//! show in what the browser says about the request, which a page cannot change.

use crate::error::StartError;
use axum::http::{HeaderMap, Uri, header};
use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU16,
};

/// A scheme and an authority, as browsers write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: &'static str,
    authority: String,
}

impl Origin {
    /// The two names of a loopback address.
    pub(crate) fn of_loopback(address: SocketAddr) -> [Self; 2] {
        let local = format!("localhost:{}", address.port());
        [address.to_string(), local].map(|authority| Self::new("http", &authority))
    }

    /// The origin of a name given in the settings.
    pub(crate) fn of_name(name: &str) -> Result<Self, StartError> {
        let bad = || StartError::BadName(name.escape_debug().to_string());
        let (host, port) = host_and_port(name).ok_or_else(bad)?;
        let scheme = if is_loopback(&host) { "http" } else { "https" };
        let authority = port.map_or(host.clone(), |port| format!("{host}:{port}"));
        Ok(Self::new(scheme, &authority))
    }

    fn new(scheme: &'static str, authority: &str) -> Self {
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        Self {
            scheme,
            authority: authority.to_ascii_lowercase(),
        }
    }

    /// Whether browsers reach it over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// The origin as browsers write it, which is also the URL without a path.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    fn is_named_by(&self, host: &str) -> bool {
        self.authority.eq_ignore_ascii_case(host)
    }
}

/// Both as browsers write them.
fn host_and_port(name: &str) -> Option<(String, Option<NonZeroU16>)> {
    let (host, rest) = if let Some(bracketed) = name.strip_prefix('[') {
        let (address, rest) = bracketed.split_once(']')?;
        (format!("[{}]", address.parse::<Ipv6Addr>().ok()?), rest)
    } else {
        let (host, rest) = name.split_at(name.find(':').unwrap_or(name.len()));
        (is_name(host).then(|| host.to_owned())?, rest)
    };
    if rest.is_empty() {
        return Some((host, None));
    }
    let digits = rest.strip_prefix(':')?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.parse().ok().filter(|_| is_number)?;
    Some((host, Some(port)))
}

fn is_name(host: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !host.is_empty() && host.bytes().all(fits)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The one of these origins that a request was sent to.
pub(crate) fn addressed<'a>(
    origins: &'a [Origin],
    headers: &HeaderMap,
    uri: &Uri,
) -> Option<&'a Origin> {
    let host = only(headers, header::HOST)?;
    if uri
        .authority()
        .is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(host))
    {
        return None;
    }
    origins.iter().find(|origin| origin.is_named_by(host))
}

/// Whether a request is not one of the page at `origin`.
pub(crate) fn is_foreign(origin: &Origin, headers: &HeaderMap) -> bool {
    // Old browsers do not send it, so only a wrong value says something.
    let fetched_elsewhere = headers.contains_key("sec-fetch-site")
        && only(headers, "sec-fetch-site") != Some("same-origin");
    fetched_elsewhere || only(headers, header::ORIGIN) != Some(origin.url().as_str())
}

/// Whether the content type is one that a page may not send elsewhere without a preflight.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    only(headers, header::CONTENT_TYPE).is_some_and(|text| {
        let essence = text.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    })
}

/// The value of a header that is there exactly once.
fn only(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
