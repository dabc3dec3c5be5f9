//! Why a server could not start.

use netskope_blocking::BuildError;
use std::{io, net::SocketAddr, path::PathBuf};

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is reachable from other machines, which was not asked for.
    #[error("{0} can be reached from other machines")]
    NotLoopback(SocketAddr),
    /// A public server does not know under which name it is reached.
    #[error("a server for other machines needs the name under which they reach it")]
    NoName,
    /// A name is no host with an optional port.
    #[error("'{0}' is not a host name with an optional port")]
    BadName(String),
    /// The directory holds no built page.
    #[error("there is no built page in '{}'", .0.display())]
    NoPage(PathBuf),
    /// A part of the page cannot be served.
    #[error("cannot serve '{}': {reason}", .path.display())]
    Page {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The client for the tenant cannot be set up.
    #[error("{0}")]
    Client(#[from] BuildError),
    /// The system gives no random numbers, without which no access key is safe.
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
    /// The system gives no thread or event queue.
    #[error("the system gives no resources for a server: {0}")]
    System(io::Error),
}

impl StartError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::NotLoopback(_) => Some(
                "listen on 127.0.0.1, or give --public if other machines are meant to reach it",
            ),
            Self::NoName => {
                Some("give it with --allow-host, such as --allow-host devices.example.com")
            }
            Self::BadName(_) => Some("give a name such as devices.example.com or localhost:8080"),
            Self::NoPage(_) => {
                Some("build the page with `cargo xtask page`, or say with --app where it is")
            }
            Self::Client(_)
            | Self::Page { .. }
            | Self::Listen { .. }
            | Self::Random(_)
            | Self::System(_) => None,
        }
    }

    /// Whether other settings would mend it, as opposed to another state of this machine.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::NotLoopback(_) | Self::NoName | Self::BadName(_))
    }
}
