//! A stream, from the tenant into a sink.

use super::{Sink, Stop};
use crate::{Client, transport::Room};
use netskope_model::{
    Error, drain,
    drain::{Goal, Resume, Step},
    flow::{Flow, Output, Wait},
    v2::{Commit, Index, Page, Start, Stream},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// What is to be drained.
#[derive(Clone, Debug)]
pub struct Job {
    /// The stream.
    pub stream: Stream,
    /// The index under which the tenant keeps the place in it; no two consumers may share one.
    pub index: Index,
    /// Where it starts if the sink knows of no page yet; of no effect if it does.
    pub start: Option<Start>,
    /// Where it ends; without one it goes on until it is stopped.
    pub goal: Option<Goal>,
}

/// What happens meanwhile.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Where it goes on is known, and nothing was asked yet.
    Started(&'a Resume),
    /// It waits; the reason says whether a request failed, and how.
    Waiting(&'a Wait),
    /// A request is on its way.
    Asking,
    /// A request failed, and is repeated after a wait. The wait that follows has the same reason in a word; this is the whole.
    /// A page that no answer makes readable is asked for all the same; the error's hint says how to leave it out.
    Failed {
        /// What went wrong, and mostly a hint.
        error: &'a Error,
        /// How many requests have failed since the last page.
        failures: u32,
    },
    /// A page is safe.
    Page {
        /// The page.
        page: &'a Page,
        /// What the sink was told of it.
        commit: &'a Commit,
    },
}

/// Why a drain ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It got to its goal.
    Reached,
    /// It was stopped.
    Stopped,
}

/// Why a drain ended. All that was committed is safe, and the same run goes on behind it.
#[derive(Debug, thiserror::Error)]
pub enum DrainError<E: std::error::Error> {
    /// The tenant gave no page, after the retries that the client was built with.
    #[error(transparent)]
    Request(Error),
    /// The sink took no page.
    #[error(transparent)]
    Sink(E),
}

impl Client {
    /// Drains a log stream into a sink until it is stopped, reaches its goal or fails.
    ///
    /// It goes on where the sink says. The sink is told of each page's intent, the page and its commit in this order, and the
    /// next page is asked for only then. To drain several streams, take a thread for each, with a sink of its own; they share
    /// the client's connections and keep below the tenant's rates together.
    ///
    /// Unless the client was told how often to repeat a failed request, it does so for ever, or 10 times in a row
    /// where there is a goal.
    ///
    /// ```no_run
    /// use netskope_blocking::{
    ///     Client,
    ///     drain::{Event, FileSink, Job, Origin, Stop},
    ///     model::{Tenant, V2Token, v2::{Index, Start, Stream}},
    /// };
    ///
    /// let client = Client::builder(Tenant::parse("acme.goskope.com")?)
    ///     .v2_token(V2Token::new(std::env::var("NETSKOPE_V2_TOKEN")?)?)
    ///     .build()?;
    /// let (stop, index) = (Stop::new(), Index::parse("siem-1")?);
    /// std::thread::scope(|scope| {
    ///     for stream in Stream::all() {
    ///         let (client, stop, index) = (&client, &stop, index.clone());
    ///         scope.spawn(move || {
    ///             let origin = Origin::new(client.tenant(), stream.clone(), index.clone());
    ///             let mut sink = FileSink::builder("/var/log/netskope").open(&origin)?;
    ///             let job = Job { stream, index, start: Some(Start::Tail), goal: None };
    ///             client.drain_into(&mut sink, job, stop, |event| {
    ///                 if let Event::Page { commit, .. } = event {
    ///                     eprintln!("{}: {} records", origin.stream, commit.mark.records);
    ///                 }
    ///             })?;
    ///             Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    ///         });
    ///     }
    /// });
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DrainError::Request`] where the tenant refuses or fails for too long, or where neither the sink nor the job
    /// knows where to start; [`DrainError::Sink`] where the sink fails.
    pub fn drain_into<S: Sink>(
        &self,
        sink: &mut S,
        job: Job,
        stop: &Stop,
        mut tell: impl FnMut(Event<'_>),
    ) -> Result<Ended, DrainError<S::Error>> {
        let last = sink.last_commit().map_err(DrainError::Sink)?;
        let intent = sink.last_intent().map_err(DrainError::Sink)?;
        let resume = Resume::of(last, intent, job.start).map_err(DrainError::Request)?;
        tell(Event::Started(&resume));
        let mut goal = job.goal;
        let session = self.stream_session(&job.stream, goal.is_some());
        let (began, begun_at) = (self.now(), now());
        let mut drain = drain::Drain::new(session, job.stream, job.index, resume, begun_at);
        let mut room = Room::default();
        while let Some(step) = self.step(&mut drain, &mut room, stop, &mut tell)? {
            match step {
                // Not before the intent is written: stopped now, the next run is not in doubt.
                Step::Intend(_) if stop.is_raised() => break,
                Step::Intend(intent) => sink.intend(&intent).map_err(DrainError::Sink)?,
                Step::Page(delivery) => {
                    let page = &delivery.page;
                    sink.append(page).map_err(DrainError::Sink)?;
                    let commit = delivery.commit(now());
                    sink.commit(&commit).map_err(DrainError::Sink)?;
                    drain.acknowledge();
                    let commit = &commit;
                    tell(Event::Page { page, commit });
                    // The time of day may be set anew meanwhile.
                    let (now, clock) = (begun_at + self.now().since(began).as_secs(), now());
                    if goal
                        .as_mut()
                        .is_some_and(|goal| goal.is_reached(page, now, clock))
                    {
                        return Ok(Ended::Reached);
                    }
                    room.take_back(delivery.page.into_body());
                }
            }
        }
        Ok(Ended::Stopped)
    }

    /// Goes on until there is something to do for whoever drains; nothing once it is stopped.
    pub(super) fn step(
        &self,
        drain: &mut drain::Drain,
        room: &mut Room,
        stop: &Stop,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> Result<Option<Step>, Error> {
        let mut told = drain.failures();
        loop {
            match drain.poll(self.now())? {
                Output::Deliver(due) => return Ok(Some(due)),
                Output::Finished => return Ok(None),
                Output::Transmit(_) | Output::Wait(_) if stop.is_raised() => return Ok(None),
                Output::Transmit(request) => {
                    tell(Event::Asking);
                    let answer = self.round_trip(request, room);
                    drain.handle(self.now(), answer);
                }
                Output::Wait(wait) => {
                    let failures = drain.failures();
                    if let Some(error) = drain.failure().filter(|_| failures > told) {
                        tell(Event::Failed { error, failures });
                    }
                    told = failures;
                    tell(Event::Waiting(&wait));
                    self.tell_wait(&wait);
                    stop.sleep(wait.duration);
                }
            }
        }
    }
}

impl<E: std::error::Error> From<Error> for DrainError<E> {
    fn from(error: Error) -> Self {
        Self::Request(error)
    }
}

/// In seconds since 1970. Where it is wrong all along, a tail that is asked for again may be elsewhere; that it jumps does no
/// harm.
pub(super) fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}
