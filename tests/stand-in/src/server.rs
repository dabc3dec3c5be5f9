//! A [`StandIn`] behind a real listener, on a thread of its own, for blocking callers.

mod connection;
mod payload;
mod socket;
mod tls;

use crate::{Fault, Recorded, ServedPage, StandIn};
use connection::Connection;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, io};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

/// Such failures, as of too many open files, pass when other connections end.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(20);

/// Where and how to listen.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The address; port 0, the default on the loopback interface, takes a free one.
    pub listen: SocketAddr,
    /// Speak TLS with a certificate for `localhost`, `127.0.0.1` and `::1` made anew at each start, and write the authority
    /// that signed it to `ca.pem` in this directory, which is created where it is missing.
    pub tls: Option<PathBuf>,
    /// Whether a connection is left open for another request, where its answer does not say otherwise.
    pub keep_alive: bool,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            tls: None,
            keep_alive: true,
        }
    }
}

/// Why a stand-in could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address could not be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(String),
    /// The certificate authority could not be written.
    #[error("cannot write {}: {}", .0.display(), .1)]
    Authority(PathBuf, #[source] io::Error),
    /// The thread that serves could not be started.
    #[error("cannot start the serving thread: {0}")]
    Thread(#[source] io::Error),
}

/// A stand-in that is being served; dropping it ends that, open connections included.
pub struct Running {
    url: String,
    ca_file: Option<PathBuf>,
    stand_in: Arc<Mutex<StandIn>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Serves a stand-in on a thread of its own; once this returns it answers.
///
/// # Errors
/// When it cannot listen, or cannot make or write its certificate.
pub fn spawn(stand_in: StandIn, options: &ServeOptions) -> Result<Running, ServeError> {
    let certificate = options.tls.as_deref().map(tls::prepare).transpose()?;
    let (acceptor, ca_file) = certificate.unzip();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Thread)?;
    let unbound = |error| ServeError::Listen(options.listen, error);
    let listener = runtime
        .block_on(TcpListener::bind(options.listen))
        .map_err(unbound)?;
    let address = listener.local_addr().map_err(unbound)?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let stand_in = Arc::new(Mutex::new(stand_in));
    let (stop, stopped) = oneshot::channel();
    let connection = Connection::new(Arc::clone(&stand_in), options.keep_alive);
    let thread = thread::Builder::new()
        .name("stand-in".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, acceptor, connection) => {}
                    _ = stopped => {}
                }
            });
        })
        .map_err(ServeError::Thread)?;
    Ok(Running {
        url: format!("{scheme}://{address}"),
        ca_file,
        stand_in,
        stop: Some(stop),
        thread: Some(thread),
    })
}

async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>, connection: Connection) {
    loop {
        // A failed accept concerns one caller; a stand-in that ended for it would fail every other test.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
            continue;
        };
        tokio::spawn(converse(stream, acceptor.clone(), connection.clone()));
    }
}

async fn converse(stream: TcpStream, acceptor: Option<TlsAcceptor>, connection: Connection) {
    let _ = stream.set_nodelay(true);
    let (socket, line) = socket::pair(stream);
    match acceptor {
        None => connection.serve(socket, line).await,
        Some(acceptor) => {
            // A client that does not trust the certificate hangs up here, which is its right.
            if let Ok(stream) = acceptor.accept(socket).await {
                connection.serve(stream, line).await;
            }
        }
    }
}

impl Running {
    /// Where it answers, without a slash at the end: `http://127.0.0.1:4242`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate authority to trust, where it speaks TLS.
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }

    /// What was received so far, oldest first; empty unless [`Options::record`](crate::Options::record) is on.
    pub fn requests(&self) -> Vec<Recorded> {
        self.lock().requests().to_vec()
    }

    /// How many requests were answered or spoiled so far.
    pub fn served(&self) -> u64 {
        self.lock().served()
    }

    /// The pages that v2 served so far; empty unless [`DataExport::served`](crate::DataExport::served) is on.
    pub fn served_pages(&self) -> Vec<ServedPage> {
        self.lock().served_pages().to_vec()
    }

    /// The text of the records of a v2 stream at these positions, as [`StandIn::records`] has it.
    pub fn records(&self, stream: &str, positions: Range<u64>) -> Vec<String> {
        self.lock().records(stream, positions)
    }

    /// Makes something go wrong with a request to come, after the faults already waiting.
    pub fn push_fault(&self, fault: Fault) {
        self.lock().push_fault(fault);
    }

    fn lock(&self) -> MutexGuard<'_, StandIn> {
        self.stand_in.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("url", &self.url)
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}
