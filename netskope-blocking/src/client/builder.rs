//! Setting a client up.

#[cfg(feature = "drain")]
use super::Patience;
use super::{Client, Hooks, RoundTrip};
use crate::transport::{NoCertificate, Options, Transport};
use netskope_model::{Session, Tenant, Tokens, V1Token, V2Token, flow::Wait, retry::RetryPolicy};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    process,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// A [`Client`] being set up.
#[must_use]
pub struct ClientBuilder {
    tenant: Tenant,
    tokens: Tokens,
    seed: u64,
    retries: Option<u32>,
    timeout: Duration,
    ca_file: Option<PathBuf>,
    hooks: Hooks,
}

/// Why a client could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The file of certificate authorities cannot be read.
    #[error("cannot read the certificate authorities in '{}': {source}", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file of certificate authorities holds none.
    #[error("'{}' holds no certificate in PEM form", path.display())]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
}

impl ClientBuilder {
    pub(super) fn new(tenant: Tenant) -> Self {
        Self {
            tenant,
            tokens: Tokens::default(),
            seed: seed(),
            retries: None,
            timeout: Duration::from_mins(1),
            ca_file: None,
            hooks: Hooks::default(),
        }
    }

    /// The token to send with device lookups. Without one the client suits a proxy that adds it.
    pub fn v1_token(mut self, token: V1Token) -> Self {
        self.tokens.v1 = Some(token);
        self
    }

    /// The token to send to log streams. Without one the client suits a proxy that adds it.
    pub fn v2_token(mut self, token: V2Token) -> Self {
        self.tokens.v2 = Some(token);
        self
    }

    /// How often a failed request is repeated, 3 times unless told; for a log stream see `Client::drain_into`.
    pub fn retries(self, retries: u32) -> Self {
        Self {
            retries: Some(retries),
            ..self
        }
    }

    /// The longest that one request may take, 60 seconds unless told; more than a day is a day.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// A PEM file with the certificate authorities to trust, in place of the platform's own.
    pub fn ca_file(self, path: impl Into<PathBuf>) -> Self {
        Self {
            ca_file: Some(path.into()),
            ..self
        }
    }

    /// Told before each wait, how long it is and why.
    pub fn on_wait(mut self, hook: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.hooks.wait = Some(Arc::new(hook));
        self
    }

    /// Told after each request, what came back.
    pub fn on_round_trip(mut self, hook: impl Fn(&RoundTrip<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.round_trip = Some(Arc::new(hook));
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`BuildError`] where the file of certificate authorities is of no use.
    pub fn build(self) -> Result<Client, BuildError> {
        let authorities = self.ca_file.as_deref().map(read).transpose()?;
        let transport = Transport::new(&Options {
            timeout: self.timeout,
            authorities: authorities.as_deref(),
            // Plain http is for this machine only, and a proxy would carry the token off it.
            proxied: !self.tenant.is_loopback(),
        });
        let path = self.ca_file.unwrap_or_default();
        let retry = RetryPolicy::new(self.seed);
        let retry = match self.retries {
            Some(retries) => retry.retries(retries),
            None => retry,
        };
        Ok(Client {
            session: Session::new(self.tenant, self.tokens, retry),
            #[cfg(feature = "drain")]
            patience: Patience {
                seed: self.seed,
                retries: self.retries,
            },
            transport: transport.map_err(|NoCertificate| BuildError::NoCertificate { path })?,
            started: Instant::now(),
            hooks: self.hooks,
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    fs::read(path).map_err(|source| BuildError::CaFile {
        path: path.to_owned(),
        source,
    })
}

/// Differs between clients, so that those that failed together do not come back together.
fn seed() -> u64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::from(process::id()) << 32 | u64::from(now.subsec_nanos())
}
