//! What a server needs to know before it starts.

use netskope_model::{Tenant, V1Token};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// Whom a server asks, what it serves, and who may reach it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The tenant that lookups go to.
    pub tenant: Tenant,
    /// The token added to every lookup; it never leaves the server in any other direction.
    pub token: V1Token,
    /// The certificate authorities to trust for the tenant in place of the platform's own, as a PEM file.
    pub ca_file: Option<PathBuf>,
    /// How long the tenant may take for one lookup.
    pub timeout: Duration,
    /// The directory of the built page.
    pub app: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether `listen` may be reachable from other machines.
    pub public: bool,
    /// More names, each with an optional port, under which browsers reach this server.
    ///
    /// Loopback names (`localhost`, `127.0.0.1`, `[::1]`) are taken to be reached over http, such as through a tunnel;
    /// all others over https, through a proxy that ends TLS.
    pub allow_hosts: Vec<String>,
}

impl Settings {
    /// A server of the page in `app` that listens on a free port, for this machine only, and gives the tenant 15 seconds.
    pub fn new(tenant: Tenant, token: V1Token, app: impl Into<PathBuf>) -> Self {
        Self {
            tenant,
            token,
            ca_file: None,
            timeout: Duration::from_secs(15),
            app: app.into(),
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            public: false,
            allow_hosts: Vec::new(),
        }
    }
}
