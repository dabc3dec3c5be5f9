//! HTTP/1.1 over one connection.

use super::payload::Payload;
use super::socket::Line;
use crate::StandIn;
use crate::reply::{self, Ending, Reply};
use http::request::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use netskope_model::flow::Tick;
use std::future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{self, Instant};

/// The longest request body read, in bytes.
const MAX_BODY: usize = 16 << 20;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Connection {
    stand_in: Arc<Mutex<StandIn>>,
    origin: Instant,
    keep_alive: bool,
}

impl Connection {
    pub(super) fn new(stand_in: Arc<Mutex<StandIn>>, keep_alive: bool) -> Self {
        Self {
            stand_in,
            origin: Instant::now(),
            keep_alive,
        }
    }

    /// Answers requests until either side ends the connection.
    pub(super) async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin, line: Line) {
        let service = service_fn(|request| self.answer(request, &line));
        let conversation = http1::Builder::new()
            .timer(TokioTimer::new())
            .keep_alive(self.keep_alive)
            .serve_connection(TokioIo::new(stream), service);
        tokio::select! {
            // How a client ends its connection is its own affair.
            _ = conversation => {}
            () = line.broken() => {}
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        line: &Line,
    ) -> io::Result<Response<Payload>> {
        let request = match whole(request).await {
            Ok(request) => request,
            Err(Unread::TooLong) => {
                return Ok(reply::page(StatusCode::PAYLOAD_TOO_LARGE).map(Payload::whole));
            }
            Err(Unread::Cut) => return Err(io::ErrorKind::ConnectionAborted.into()),
        };
        let reply = self.reply(&request);
        if !reply.delay.is_zero() {
            time::sleep(reply.delay).await;
        }
        let (head, body) = reply.response.into_parts();
        let payload = match reply.ending {
            Ending::Whole => Payload::whole(body),
            Ending::Slow(over) => Payload::slow(body, over),
            Ending::CutAfter(bytes) => Payload::cut(body, bytes, line.clone()),
            Ending::StallAfter(bytes) => Payload::stalled(body, bytes),
            Ending::Reset => {
                line.reset();
                future::pending().await
            }
            Ending::Silence => future::pending().await,
        };
        let payload = if reply.chunked {
            payload.chunked()
        } else {
            payload
        };
        Ok(Response::from_parts(head, payload))
    }

    fn reply(&self, request: &Request<Vec<u8>>) -> Reply {
        let elapsed = self.origin.elapsed().as_millis();
        let now = Tick::from_millis(u64::try_from(elapsed).unwrap_or(u64::MAX));
        self.stand_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .handle(now, request)
    }
}

enum Unread {
    TooLong,
    Cut,
}

async fn whole(request: Request<Incoming>) -> Result<Request<Vec<u8>>, Unread> {
    let (head, body) = request.into_parts();
    // An announced length is refused before it is sent, or the sender would be cut off amid it.
    if usize::try_from(body.size_hint().lower()).is_ok_and(|announced| announced <= MAX_BODY) {
        collect(head, body).await
    } else {
        Err(Unread::TooLong)
    }
}

async fn collect(head: Parts, body: Incoming) -> Result<Request<Vec<u8>>, Unread> {
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => Ok(Request::from_parts(head, body.to_bytes().into())),
        Err(error) if error.is::<LengthLimitError>() => Err(Unread::TooLong),
        Err(_) => Err(Unread::Cut),
    }
}
