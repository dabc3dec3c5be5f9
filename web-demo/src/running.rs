//! A server on a thread of its own.

use crate::{
    access::Access,
    assets::Assets,
    connections,
    error::StartError,
    lookup::Lookup,
    origin::Origin,
    routes::{Site, router},
    settings::Settings,
};
use netskope_blocking::Client;
use std::{
    fmt,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread::{self, JoinHandle},
};
use tokio::{
    runtime::{self, Runtime},
    sync::oneshot,
};

/// A running server; dropping it stops it.
pub struct Running {
    url: String,
    link: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What to open in a browser. It holds the access key: whoever has the link can look devices up.
    pub fn link(&self) -> &str {
        &self.link
    }
}

/// Leaves the access key out.
impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has stopped as well.
            let _ = thread.join();
        }
    }
}

/// Starts a server; when this returns, it is listening.
///
/// # Errors
///
/// A [`StartError`] where the settings do not fit together, the page or the address cannot be had, or the system gives
/// no resources.
pub fn spawn(settings: Settings) -> Result<Running, StartError> {
    let mut origins = names(&settings)?;
    let assets = Assets::read(&settings.app)?;
    let (listener, address) = listen(settings.listen)?;
    if address.ip().is_loopback() {
        origins.extend(Origin::of_loopback(address));
    }
    let access = Access::new(address.port()).map_err(StartError::Random)?;
    let link = origins.first().map_or_else(String::new, Origin::url) + &access.link();
    let site = Site {
        origins,
        access,
        assets,
        lookup: Lookup::new(client(settings)?),
    };
    let runtime = runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(StartError::System)?;
    let (stop, stopped) = oneshot::channel();
    let thread = thread::Builder::new()
        .name("web-demo".to_owned())
        .spawn(move || serve(runtime, listener, Arc::new(site), stopped))
        .map_err(StartError::System)?;
    Ok(Running {
        url: format!("http://{address}"),
        link,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// The names of the settings, checked to fit the address.
fn names(settings: &Settings) -> Result<Vec<Origin>, StartError> {
    if !settings.listen.ip().is_loopback() {
        if !settings.public {
            return Err(StartError::NotLoopback(settings.listen));
        }
        if settings.allow_hosts.is_empty() {
            return Err(StartError::NoName);
        }
    }
    settings
        .allow_hosts
        .iter()
        .map(|name| Origin::of_name(name))
        .collect()
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Without retries: the page waits, and shows that it does.
fn client(settings: Settings) -> Result<Client, StartError> {
    let mut builder = Client::builder(settings.tenant)
        .v1_token(settings.token)
        .timeout(settings.timeout)
        .retries(0);
    if let Some(file) = settings.ca_file {
        builder = builder.ca_file(file);
    }
    Ok(builder.build()?)
}

fn serve(runtime: Runtime, listener: TcpListener, site: Arc<Site>, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        tokio::select! {
            () = connections::serve(listener, router(site), connections::BOUNDS) => {}
            _ = stopped => {}
        }
    });
    // A lookup may still be waiting for its tenant; nobody waits for it.
    runtime.shutdown_background();
}
