//! The body of an answer, whole or cut.

use super::socket::Line;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body that announces its whole length and may not deliver it.
pub(super) struct Payload {
    announced: usize,
    rest: Bytes,
    cut: Option<Line>,
}

impl Payload {
    /// A body that is sent to its end.
    pub(super) fn whole(body: Vec<u8>) -> Self {
        Self {
            announced: body.len(),
            rest: body.into(),
            cut: None,
        }
    }

    /// A body of which so many bytes are sent before the connection ends; whole where it has no more.
    pub(super) fn cut(body: Vec<u8>, after: usize, line: Line) -> Self {
        if after >= body.len() {
            return Self::whole(body);
        }
        let announced = body.len();
        let mut rest = Bytes::from(body);
        rest.truncate(after);
        Self {
            announced,
            rest,
            cut: Some(line),
        }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match &self.cut {
            None => Poll::Ready(None),
            Some(line) => {
                line.close_when_flushed();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.cut.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.announced).unwrap_or(u64::MAX))
    }
}
