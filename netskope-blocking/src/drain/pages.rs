//! A stream as an iterator, for those who keep pages in their own way.

use super::{Stop, run::now};
use crate::{Client, transport::Room};
use netskope_model::{
    Error, drain,
    drain::{Delivery, Resume, Step},
    v2::{Commit, Index, Page, Stream},
};
use std::{
    iter::FusedIterator,
    sync::{Arc, Mutex},
};

/// The pages of a log stream, each read when it is asked for and followed by the next only once it is acknowledged. An error
/// is the last item.
#[derive(Debug)]
#[must_use = "nothing is sent until the first page is asked for"]
pub struct Drain<'c> {
    client: &'c Client,
    flow: drain::Drain,
    stop: Stop,
    room: Room,
    given: Acknowledged,
}

/// A page that nobody has yet.
#[derive(Debug)]
#[must_use = "a page that is not acknowledged is given again"]
pub struct Pending {
    delivery: Delivery,
    is_safe: Acknowledged,
}

/// Once a page is safe, the memory that it took.
type Acknowledged = Arc<Mutex<Option<Vec<u8>>>>;

impl Client {
    /// The pages of a log stream, one by one.
    ///
    /// A page that is dropped without being acknowledged is given again; the first one as the tenant gives it by then, with
    /// what has come in meanwhile, and a tail as what came in since it was asked for. To go on in a later run, keep
    /// [`Pending::commit`] beside the page; as the iterator keeps no intents, that run begins with [`Resume::of`] that commit
    /// alone, asks for the last page again, and so finds out whether another one was given meanwhile. [`Client::drain_into`]
    /// does all that for a [`Sink`](super::Sink).
    ///
    /// ```no_run
    /// use netskope_blocking::{
    ///     Client,
    ///     model::{Tenant, drain::Resume, v2::{Commit, Index, Page, Start, Stream}},
    /// };
    ///
    /// # fn keep(page: &Page, commit: &Commit) -> Result<(), std::io::Error> { Ok(()) }
    /// # fn kept() -> Option<Commit> { None }
    /// let client = Client::builder(Tenant::parse("acme.goskope.com")?).build()?;
    /// let resume = Resume::of(kept(), None, Some(Start::Tail))?;
    /// for page in client.drain(Stream::parse("page")?, Index::parse("siem-1")?, resume) {
    ///     let page = page?;
    ///     keep(page.page(), &page.commit())?;
    ///     page.acknowledge();
    /// }
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn drain(&self, stream: Stream, index: Index, resume: Resume) -> Drain<'_> {
        let session = self.stream_session(&stream, false);
        Drain {
            client: self,
            flow: drain::Drain::new(session, stream, index, resume, now()),
            stop: Stop::new(),
            room: Room::default(),
            given: Acknowledged::default(),
        }
    }
}

impl Drain<'_> {
    /// Ends where this is raised.
    pub fn until(self, stop: &Stop) -> Self {
        let stop = stop.clone();
        Self { stop, ..self }
    }
}

impl Iterator for Drain<'_> {
    type Item = Result<Pending, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(body) = self.given.lock().ok()?.take() {
            self.flow.acknowledge();
            self.room.take_back(body);
        }
        loop {
            let step = self
                .client
                .step(&mut self.flow, &mut self.room, &self.stop, &mut |_| {});
            match step.transpose()? {
                Ok(Step::Intend(_)) => {}
                Ok(Step::Page(delivery)) => {
                    // One of its own, so that to acknowledge an earlier page late does not count for this one.
                    self.given = Acknowledged::default();
                    let is_safe = Arc::clone(&self.given);
                    return Some(Ok(Pending { delivery, is_safe }));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl FusedIterator for Drain<'_> {}

impl Pending {
    /// The page.
    pub fn page(&self) -> &Page {
        &self.delivery.page
    }

    /// What to write down beside it.
    pub fn commit(&self) -> Commit {
        self.delivery.commit(now())
    }

    /// It is safe, and the next one may be asked for.
    pub fn acknowledge(self) {
        if let Ok(mut is_safe) = self.is_safe.lock() {
            *is_safe = Some(self.delivery.page.into_body());
        }
    }
}
