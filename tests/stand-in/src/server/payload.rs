//! The body of an answer, whole or not.

use super::socket::Line;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// In how many pieces a slow body is sent.
const PIECES: u32 = 20;

/// A body that announces its whole length, if any, and may not deliver it.
pub(super) struct Payload {
    announced: Option<usize>,
    rest: Bytes,
    end: End,
}

/// What comes after the rest.
enum End {
    Whole,
    /// The connection ends.
    Cut(Line),
    /// Nothing.
    Stall,
    /// The same as after a whole body, of which a piece of this length is sent at each tick.
    Slow(Interval, usize),
}

impl Payload {
    /// A body that is sent to its end.
    pub(super) fn whole(body: Vec<u8>) -> Self {
        Self {
            announced: Some(body.len()),
            rest: body.into(),
            end: End::Whole,
        }
    }

    /// A body that is sent to its end, evenly over this time.
    pub(super) fn slow(body: Vec<u8>, over: Duration) -> Self {
        let period = (over / PIECES).max(Duration::from_millis(1));
        let mut ticks = interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        ticks.reset();
        let pieces = usize::try_from(PIECES).unwrap_or(1);
        let piece = body.len().div_ceil(pieces).max(1);
        Self {
            end: End::Slow(ticks, piece),
            ..Self::whole(body)
        }
    }

    /// A body of which so many bytes are sent before the connection ends; whole where it has no more.
    pub(super) fn cut(body: Vec<u8>, after: usize, line: Line) -> Self {
        Self::part(body, after, End::Cut(line))
    }

    /// A body of which so many bytes are sent, and nothing after them; whole where it has no more.
    pub(super) fn stalled(body: Vec<u8>, after: usize) -> Self {
        Self::part(body, after, End::Stall)
    }

    /// The same body, its length not announced.
    pub(super) fn chunked(self) -> Self {
        Self {
            announced: None,
            ..self
        }
    }

    fn part(body: Vec<u8>, length: usize, end: End) -> Self {
        let mut part = Self::whole(body);
        if length < part.rest.len() {
            part.rest.truncate(length);
            part.end = end;
        }
        part
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if !self.rest.is_empty() {
            let mut length = self.rest.len();
            if let End::Slow(ticks, piece) = &mut self.end {
                ready!(ticks.poll_tick(context));
                length = length.min(*piece);
            }
            let piece = self.rest.split_to(length);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match &self.end {
            End::Whole | End::Slow(..) => Poll::Ready(None),
            End::Stall => Poll::Pending,
            End::Cut(line) => {
                line.close_when_flushed();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && matches!(self.end, End::Whole | End::Slow(..))
    }

    fn size_hint(&self) -> SizeHint {
        match self.announced {
            Some(length) => SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX)),
            None => SizeHint::default(),
        }
    }
}
