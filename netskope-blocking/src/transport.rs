//! The one file that knows the HTTP library.

mod gzip;
mod room;

pub(crate) use room::Room;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use netskope_model::flow::{FailureKind, TransportFailure};
use rustls::{AlertDescription, Error as TlsError};
use std::{
    io::{self, Read},
    mem,
    time::Duration,
};
use ureq::{
    Agent, AsSendBody, Body,
    config::Config,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{ConnectionDetails, Connector, DefaultConnector, NextTimeout},
    },
};

/// The largest answer that is taken, as it is once decompressed: some twenty times a page of 10,000 log records.
const MOST_BYTES: usize = 512 * 1024 * 1024;

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
    most_bytes: usize,
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
            .accept_encoding("gzip")
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
            agent: Agent::with_parts(config.build(), Connections::default(), Names::default()),
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
        room: &mut Room,
    ) -> Result<http::Response<Vec<u8>>, TransportFailure> {
        let (mut parts, mut body) = if request.body().is_empty() {
            self.send(request.map(drop))?
        } else {
            self.send(request)?
        }
        .into_parts();
        let announced = body.content_length();
        if !is_compressed(&parts.headers) {
            let bytes = self.read(body.as_reader(), announced, &mut room.body)?;
            return Ok(http::Response::from_parts(parts, bytes));
        }
        parts.headers.remove(CONTENT_ENCODING);
        parts.headers.remove(CONTENT_LENGTH);
        room.compressed = self.read(body.as_reader(), announced, &mut room.compressed)?;
        let bytes = self.decompressed(&room.compressed, mem::take(&mut room.body))?;
        Ok(http::Response::from_parts(parts, bytes))
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

    /// The body as it travelled.
    fn read(
        &self,
        mut body: impl Read,
        announced: Option<u64>,
        spare: &mut Vec<u8>,
    ) -> Result<Vec<u8>, TransportFailure> {
        let spare = mem::take(spare);
        let Some(length) = announced else {
            return self.read_to_end(body, spare);
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > self.most_bytes {
            return Err(self.too_large());
        }
        let mut bytes = room::sized(spare, length);
        body.read_exact(&mut bytes)
            .map_err(|error| failure(error.into()))?;
        Ok(bytes)
    }

    fn read_to_end(
        &self,
        body: impl Read,
        mut bytes: Vec<u8>,
    ) -> Result<Vec<u8>, TransportFailure> {
        bytes.clear();
        let limit = u64::try_from(self.most_bytes).unwrap_or(u64::MAX);
        let mut body = body.take(limit.saturating_add(1));
        body.read_to_end(&mut bytes)
            .map_err(|error| failure(error.into()))?;
        if bytes.len() > self.most_bytes {
            return Err(self.too_large());
        }
        Ok(bytes)
    }

    /// The body as it was before it was compressed: a small one can become a huge one.
    fn decompressed(&self, body: &[u8], spare: Vec<u8>) -> Result<Vec<u8>, TransportFailure> {
        gzip::decompressed(body, self.most_bytes, spare)
            .map_err(|error| {
                let words = format!("gzip decompression failed: {error}");
                TransportFailure::new(io_failure(&error), words)
            })?
            .ok_or_else(|| self.too_large())
    }

    fn too_large(&self) -> TransportFailure {
        TransportFailure::new(
            FailureKind::TooLarge,
            format!("more than {} bytes", self.most_bytes),
        )
    }
}

fn is_compressed(headers: &http::HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING);
    encoding.is_some_and(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"gzip"))
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

/// A failure before the request was sent. The library reports it like one of a request that was, which a tenant may have
/// answered by moving its index.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.detail)]
struct Unsent(TransportFailure);

impl Unsent {
    fn mark(kind: FailureKind, words: String) -> ureq::Error {
        ureq::Error::Other(Box::new(Self(TransportFailure::new(kind, words))))
    }
}

/// Looks names up.
#[derive(Debug, Default)]
struct Names(DefaultResolver);

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
                    let host = uri.host().unwrap_or_default();
                    Unsent::mark(FailureKind::Resolve, format!("{host}: {}", words(error)))
                }
                other => Unsent::mark(FailureKind::Connect, words(other)),
            })
    }
}

/// Makes connections, TLS handshake included.
#[derive(Debug, Default)]
struct Connections(DefaultConnector);

impl Connector<()> for Connections {
    type Out = Box<dyn ureq::unversioned::transport::Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0
            .connect(details, chained)
            .map_err(|error| match error {
                // Of the name, or of the connection to the proxy on the way.
                marked @ ureq::Error::Other(_) => marked,
                error => Unsent::mark(connect_failure(&error), words(error)),
            })
    }
}

fn failure(error: ureq::Error) -> TransportFailure {
    let kind = match error {
        ureq::Error::Other(error) => {
            return match error.downcast::<Unsent>() {
                Ok(unsent) => unsent.0,
                Err(error) => TransportFailure::new(FailureKind::Other, error.to_string()),
            };
        }
        ureq::Error::Timeout(_) => FailureKind::Timeout,
        ureq::Error::LargeResponseHeader(..) => FailureKind::LargeHeaders,
        ureq::Error::BodyStalled => FailureKind::Cut,
        ref error if let Some(error) = tls_error(error) => established_failure(error),
        ureq::Error::Io(ref error) => io_failure(error),
        _ => FailureKind::Other,
    };
    TransportFailure::new(kind, words(error))
}

/// Of a request that was sent, whatever it is: what is not, is [`Unsent`].
fn io_failure(error: &io::Error) -> FailureKind {
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => FailureKind::Cut,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => FailureKind::Timeout,
        _ => FailureKind::Other,
    }
}

/// Of a connection that did not come about.
fn connect_failure(error: &ureq::Error) -> FailureKind {
    match (error, tls_error(error)) {
        (_, Some(error)) => handshake_failure(error),
        (ureq::Error::Tls(_) | ureq::Error::Pem(_), _) => FailureKind::Tls,
        _ => FailureKind::Connect,
    }
}

fn tls_error(error: &ureq::Error) -> Option<&TlsError> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

/// What the other end did or could not do has nothing to do with trust; all else may have.
fn handshake_failure(error: &TlsError) -> FailureKind {
    match error {
        TlsError::AlertReceived(_)
        | TlsError::PeerIncompatible(_)
        | TlsError::PeerMisbehaved(_)
        | TlsError::InvalidMessage(_)
        | TlsError::InappropriateMessage { .. }
        | TlsError::InappropriateHandshakeMessage { .. } => FailureKind::Handshake,
        _ => FailureKind::Tls,
    }
}

/// With TLS 1.3 a server that misses a certificate says so after the handshake, and reads no request.
fn established_failure(error: &TlsError) -> FailureKind {
    match error {
        TlsError::AlertReceived(AlertDescription::CertificateRequired) => FailureKind::Handshake,
        _ => FailureKind::Cut,
    }
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
