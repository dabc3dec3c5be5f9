//! Where browsers may find this server: the names it answers to.
//!
//! A page of another site can make a browser send requests here, and with DNS rebinding even under its own name. Both
//! show in what the browser says about the request, which a page cannot change.

use crate::error::StartError;
use axum::http::{HeaderMap, Uri, header, uri::Authority};
use std::net::{IpAddr, SocketAddr};

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
        let authority: Authority = name.parse().map_err(|_| bad())?;
        let host = authority.host();
        let is_address = host.starts_with('[');
        let is_name = !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        let is_port = |text: &str| {
            text.strip_prefix(':')
                .is_some_and(|port| port.parse::<u16>().is_ok())
        };
        let ends_well = name
            .strip_prefix(host)
            .is_some_and(|rest| rest.is_empty() || is_port(rest));
        if !(is_address || is_name) || !ends_well {
            return Err(bad());
        }
        let scheme = if is_loopback(host) { "http" } else { "https" };
        Ok(Self::new(scheme, name))
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
