//! A TCP stream that can be told to break.
//!
//! An HTTP library finishes what it began. To cut a body, the last bytes wanted must have left before the connection ends;
//! only the socket, below HTTP and TLS, knows when they have.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The socket of one connection and the handle by which it is broken.
pub(super) fn pair(stream: TcpStream) -> (Socket, Line) {
    let line = Line(Arc::default());
    let socket = Socket {
        stream,
        line: line.clone(),
    };
    (socket, line)
}

/// The socket of one connection.
pub(super) struct Socket {
    stream: TcpStream,
    line: Line,
}

/// The order to break a connection, and the news that it should end.
#[derive(Clone)]
pub(super) struct Line(Arc<State>);

#[derive(Default)]
struct State {
    close_when_flushed: AtomicBool,
    reset: AtomicBool,
    broken: Notify,
}

impl Line {
    /// Ends the connection as soon as all that was written has left.
    pub(super) fn close_when_flushed(&self) {
        self.0.close_when_flushed.store(true, Ordering::Release);
    }

    /// Ends the connection now, with a TCP reset.
    pub(super) fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
        self.0.broken.notify_one();
    }

    /// Waits until the connection should be dropped.
    pub(super) async fn broken(&self) {
        self.0.broken.notified().await;
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        let state = &self.line.0;
        if flushed.is_ready() && state.close_when_flushed.load(Ordering::Acquire) {
            state.broken.notify_one();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.line.0.reset.load(Ordering::Acquire) {
            // Where it fails, the connection is closed instead, which is a break as well.
            let _ = self.stream.set_zero_linger();
        }
    }
}
