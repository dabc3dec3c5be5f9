//! The one file that knows the HTTP library.

use netskope_model::flow::{FailureKind, TransportFailure};
use std::{
    io::{self, Read},
    time::Duration,
};
use ureq::{
    Agent, AsSendBody, Body,
    config::Config,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// The largest answer that is taken, as it is once decompressed: some fifty times a page of 5,000 devices.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The longest timeout: the library adds it to the present moment, which has room for so much only.
const LONGEST_TIMEOUT: Duration = Duration::from_hours(24);

/// What a connection needs to know.
pub(crate) struct Options<'a> {
    /// The longest that one request may take, from the name's look-up to the answer's last byte.
    pub(crate) timeout: Duration,
    /// The certificate authorities to trust, in PEM, instead of the platform's.
    pub(crate) authorities: Option<&'a [u8]>,
    /// Whether the proxy that the environment names is used.
    pub(crate) proxied: bool,
}

/// Sends requests and takes answers; judges neither.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    agent: Agent,
    timeout: Duration,
    most_bytes: u64,
}

/// A text without one certificate in PEM.
#[derive(Debug)]
pub(crate) struct NoCertificate;

impl Transport {
    pub(crate) fn new(options: &Options<'_>) -> Result<Self, NoCertificate> {
        // The roots are loaded at the first https connection, so that plain http works on a machine without any.
        let roots = match options.authorities {
            Some(pem) => RootCerts::from(certificates(pem)?),
            None => RootCerts::PlatformVerifier,
        };
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!(
                env!("CARGO_PKG_NAME"),
                "/",
                env!("CARGO_PKG_VERSION")
            ))
            .tls_config(TlsConfig::builder().root_certs(roots).build());
        if !options.proxied {
            config = config.proxy(None);
        }
        Ok(Self {
            agent: Agent::with_parts(
                config.build(),
                DefaultConnector::default(),
                Names(DefaultResolver::default()),
            ),
            timeout: options.timeout.min(LONGEST_TIMEOUT),
            most_bytes: MOST_BYTES,
        })
    }

    /// The same connections for requests that may take no longer than this.
    pub(crate) fn within(self, timeout: Duration) -> Self {
        Self {
            timeout: self.timeout.min(timeout),
            ..self
        }
    }

    pub(crate) fn round_trip(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, TransportFailure> {
        let (parts, mut body) = if request.body().is_empty() {
            self.send(request.map(drop))?
        } else {
            self.send(request)?
        }
        .into_parts();
        let body = self.read(body.as_reader())?;
        Ok(http::Response::from_parts(parts, body))
    }

    fn send(
        &self,
        request: http::Request<impl AsSendBody>,
    ) -> Result<http::Response<Body>, TransportFailure> {
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(self.timeout))
            .build();
        self.agent.run(request).map_err(failure)
    }

    /// The body as it is decompressed: the library's own limit is on what travels, and a small body can become a huge one.
    fn read(&self, body: impl Read) -> Result<Vec<u8>, TransportFailure> {
        let mut bytes = Vec::new();
        let read = body.take(self.most_bytes + 1).read_to_end(&mut bytes);
        let length = read.map_err(|error| failure(error.into()))?;
        if u64::try_from(length).is_ok_and(|length| length <= self.most_bytes) {
            return Ok(bytes);
        }
        Err(TransportFailure::new(
            FailureKind::TooLarge,
            format!("more than {} bytes", self.most_bytes),
        ))
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, NoCertificate> {
    let certificates: Vec<_> = parse_pem(pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(NoCertificate);
    }
    Ok(certificates)
}

/// Marks a failed look-up as one; the library reports it like any other I/O error.
#[derive(Debug)]
struct Names(DefaultResolver);

/// A host that could not be looked up, with what the system said.
#[derive(Debug, thiserror::Error)]
#[error("{host}: {reason}")]
struct NoAddress {
    host: String,
    reason: String,
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.0
            .resolve(uri, config, timeout)
            .map_err(|error| match error {
                ureq::Error::Io(_) | ureq::Error::HostNotFound => {
                    ureq::Error::Other(Box::new(NoAddress {
                        host: uri.host().unwrap_or_default().to_owned(),
                        reason: words(error),
                    }))
                }
                other => other,
            })
    }
}

fn failure(error: ureq::Error) -> TransportFailure {
    let kind = match &error {
        ureq::Error::Other(error) if error.is::<NoAddress>() => FailureKind::Resolve,
        ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::InvalidProxyUrl => FailureKind::Connect,
        ureq::Error::Tls(_)
        | ureq::Error::TlsRequired
        | ureq::Error::Rustls(_)
        | ureq::Error::Pem(_) => FailureKind::Tls,
        ureq::Error::Timeout(_) => FailureKind::Timeout,
        ureq::Error::LargeResponseHeader(..) => FailureKind::TooLarge,
        ureq::Error::BodyStalled => FailureKind::Cut,
        ureq::Error::Io(error) | ureq::Error::Decompress(_, error) => io_failure(error),
        _ => FailureKind::Other,
    };
    TransportFailure::new(kind, words(error))
}

fn io_failure(error: &io::Error) -> FailureKind {
    if is_inside(error, ureq::Error::Rustls) {
        return FailureKind::Tls;
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => FailureKind::Cut,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => FailureKind::Timeout,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::PermissionDenied => FailureKind::Connect,
        _ => FailureKind::Other,
    }
}

/// Whether the error wraps what the variant wraps, a type that this crate cannot name.
fn is_inside<T: std::error::Error + 'static>(error: &io::Error, _: fn(T) -> ureq::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<T>)
}

/// The error's own words, without the library's name for the layer it arose in.
fn words(error: ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::Rustls(error) => error.to_string().replacen("unexpected error: ", "", 1),
        ureq::Error::Other(error) => error.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
