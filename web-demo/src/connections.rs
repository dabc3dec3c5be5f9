//! Connections: how many there are, and how long each may last.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time,
};

/// Such failures, as of too many open files, pass when other connections end.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(100);

/// What connections may take; each is for one request, so that none is kept open by doing nothing.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// How many are served at once; more wait in the system's queue.
    pub(crate) at_once: usize,
    /// From the start to the end of the request's headers.
    pub(crate) head: Duration,
    /// From the start to the end of the answer.
    pub(crate) whole: Duration,
}

/// Half of the open files that systems commonly allow a process are left for its other ends.
pub(crate) const BOUNDS: Bounds = Bounds {
    at_once: 256,
    head: Duration::from_secs(10),
    whole: Duration::from_mins(2),
};

/// Answers until it is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router, bounds: Bounds) {
    let places = Arc::new(Semaphore::new(bounds.at_once));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            time::sleep(AFTER_FAILED_ACCEPT).await;
            continue;
        };
        let conversation = converse(stream, router.clone(), bounds);
        tokio::spawn(async move {
            conversation.await;
            drop(place);
        });
    }
}

async fn converse(stream: TcpStream, router: Router, bounds: Bounds) {
    let _ = stream.set_nodelay(true);
    let conversation = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // How a client ends its connection is its own affair.
    let _ = time::timeout(bounds.whole, conversation).await;
}

#[cfg(test)]
mod tests;
