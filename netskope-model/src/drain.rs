//! A log stream, page by page, none lost and none twice.
//!
//! A tenant keeps the consumer's place and moves it when it answers, whether or not the answer arrives. So there is never
//! more than one page that a consumer does not have yet, and [`Operation::Resend`] gives that page again.

mod goal;
mod pause;
mod resume;
mod step;
mod tail;

pub use goal::Goal;
pub use resume::Resume;
pub use step::{Delivery, Step};

use crate::{
    error::{Error, ErrorKind},
    exchange::Exchange,
    flow::{Flow, HttpResponse, Output, Tick, TransportFailure, Wait, WaitReason},
    session::Session,
    v2::{
        Commit, Index, Intent, Operation, Page, Stream,
        dataexport::{Answer, Call},
    },
};
use std::mem;
use tail::Tail;

/// A log stream that is being drained by one consumer.
///
/// For each page it says [`Step::Intend`], then transmits, then delivers [`Step::Page`]. The driver writes the intent
/// down before it asks for more, and once the page is safe it calls [`Drain::acknowledge`]. Asked for more without that, the
/// drain delivers the same page again. Before the first page is safe, that is what starts the index asked for anew, and there
/// may be more records by then; in the place of a tail they are those since its time. It never finishes; an error ends it, and
/// a new one goes on by [`Resume::of`] what was written down.
///
/// How patient it is with failures is its session's affair; one that runs for long takes
/// [`RetryPolicy::patient`](crate::retry::RetryPolicy::patient).
#[derive(Debug)]
pub struct Drain {
    session: Session,
    stream: Stream,
    index: Index,
    /// The last page that is safe.
    last: Option<Commit>,
    /// The operation that moves the index to the page after it.
    asked: Operation,
    /// In seconds since 1970.
    began: u64,
    /// Until the first page is safe, where that is the tail, or what is asked for in its place.
    tail: Option<Tail>,
    state: State,
    /// How many requests have failed since the last page, and how the latest did.
    failures: u32,
    failure: Option<Error>,
    arrived: Tick,
}

#[derive(Debug)]
enum State {
    /// It is time for the next page at this moment.
    Resting {
        until: Tick,
        is_intended: bool,
    },
    /// The index may have moved, and nobody has the page.
    Doubtful,
    Asking(Box<Exchange<Call>>),
    /// The page is with the driver, and the next request is due at this moment.
    Delivered {
        commit: Commit,
        until: Tick,
    },
    Finished,
}

impl State {
    /// When there is something to do.
    fn due(&self) -> Tick {
        match self {
            Self::Resting { until, .. } | Self::Delivered { until, .. } => *until,
            Self::Doubtful | Self::Asking(_) | Self::Finished => Tick::default(),
        }
    }
}

impl Drain {
    /// A drain that goes on as a consumer's records say, begun at a time in seconds since 1970.
    ///
    /// That is where the tail was. Asked for the tail again, a tenant would leave out what has come in meanwhile, so whatever
    /// becomes of the first request, [`Operation::Tail`] leaves once. What is asked after it, and written down as
    /// [`Intent`] in its place, is the time five minutes before, since clocks differ.
    ///
    /// A clock that is further ahead makes that a time to come. A page whose high-water mark is from before the time that was
    /// asked for shows it: it is not delivered, the mark less the time that has passed is taken for when the drain began, and
    /// what came in from five minutes before that is intended and asked for instead. A page without a mark shows nothing, nor
    /// does one that comes only once the time to come has passed: what came in before that time is then left out.
    pub fn new(session: Session, stream: Stream, index: Index, resume: Resume, began: u64) -> Self {
        let until = Tick::default();
        let tail = Tail::of(&resume, began);
        let resting = |is_intended| State::Resting { until, is_intended };
        let (last, asked, state) = match resume {
            Resume::Fresh(start) => (None, start.into(), resting(false)),
            Resume::After(commit) => (Some(commit), Operation::Next, resting(false)),
            Resume::Doubt { last, asked, .. } => match asked {
                Operation::Next | Operation::Resend => (last, Operation::Next, State::Doubtful),
                // What is asked for in its place was not written down.
                Operation::Tail => (last, asked, resting(false)),
                start => (last, start, resting(true)),
            },
        };
        Self {
            session,
            stream,
            index,
            last,
            asked,
            began,
            tail,
            state,
            failures: 0,
            failure: None,
            arrived: until,
        }
    }

    /// The page delivered last is safe, and the next one may be asked for. Without such a page, nothing happens.
    pub fn acknowledge(&mut self) {
        match mem::replace(&mut self.state, State::Finished) {
            State::Delivered { commit, until } => {
                self.last = Some(commit);
                (self.asked, self.tail) = (Operation::Next, None);
                self.state = State::Resting {
                    until,
                    is_intended: false,
                };
            }
            other => self.state = other,
        }
    }

    /// The stream.
    pub fn stream(&self) -> &Stream {
        &self.stream
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How many requests have failed since a page was delivered.
    pub fn failures(&self) -> u32 {
        match &self.state {
            State::Asking(exchange) => exchange.failures(),
            _ => self.failures,
        }
    }

    /// The latest of these failures.
    pub fn failure(&self) -> Option<&Error> {
        match &self.state {
            State::Asking(exchange) => exchange.failure().or(self.failure.as_ref()),
            _ => self.failure.as_ref(),
        }
    }

    fn sequence(&self) -> u64 {
        self.last
            .as_ref()
            .map_or(1, |last| last.sequence.saturating_add(1))
    }

    fn ask(&self, operation: Operation) -> State {
        let call = Call {
            stream: self.stream.clone(),
            index: self.index.clone(),
            operation,
            began: self.began,
        };
        let exchange = Exchange::new(self.session.clone(), call);
        State::Asking(Box::new(exchange.after_failures(self.failures)))
    }

    fn take(&mut self, answer: Answer) -> Option<Delivery> {
        let Answer { operation, page } = answer;
        let until = self.arrived + pause::after(&page);
        if operation == Operation::Resend && self.is_behind(&page) {
            self.state = State::Resting {
                until,
                is_intended: true,
            };
            return None;
        }
        let tail = self.tail.as_ref();
        if let Some(began) = tail.and_then(|tail| tail.began(operation, &page, self.arrived)) {
            (self.began, self.asked) = (began, Operation::Tail.later(began));
            self.state = State::Resting {
                until,
                is_intended: false,
            };
            return None;
        }
        (self.failures, self.failure) = (0, None);
        let last_records = || self.last.as_ref()?.last_records();
        let delivery = Delivery {
            sequence: self.sequence(),
            operation,
            before: page.is_empty().then(last_records).flatten(),
            page,
        };
        let commit = delivery.commit(0);
        self.state = State::Delivered { commit, until };
        Some(delivery)
    }

    /// Whether a page that was sent again shows that the index has not moved since the last safe page.
    fn is_behind(&self, page: &Page) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| last.is_of(page))
    }

    fn note_failures(&mut self, exchange: &Exchange<Call>) {
        self.failures = exchange.failures();
        if let Some(failure) = exchange.failure() {
            self.failure = Some(failure.clone());
        }
    }

    fn progress(
        &mut self,
        mut exchange: Box<Exchange<Call>>,
        now: Tick,
    ) -> Result<Option<Output<Step>>, Error> {
        let output = exchange.poll(now);
        Ok(match output {
            Ok(Output::Deliver(answer)) => {
                self.note_failures(&exchange);
                let delivery = self.take(answer);
                delivery.map(|page| Output::Deliver(Step::Page(page)))
            }
            Ok(Output::Transmit(request)) => {
                self.state = State::Asking(exchange);
                Some(Output::Transmit(request))
            }
            Ok(Output::Wait(wait)) => {
                self.state = State::Asking(exchange);
                Some(Output::Wait(wait))
            }
            Ok(Output::Finished) => Some(Output::Finished),
            Err(error) => {
                self.note_failures(&exchange);
                return Err(explained(exchange.endpoint().operation, error));
            }
        })
    }
}

impl Flow for Drain {
    type Item = Step;

    fn poll(&mut self, now: Tick) -> Result<Output<Step>, Error> {
        if let Some(tail) = &mut self.tail {
            tail.first.get_or_insert(now);
        }
        loop {
            let due = self.state.due();
            if now < due {
                return Ok(Output::Wait(Wait {
                    duration: due.since(now),
                    reason: WaitReason::Asked,
                }));
            }
            match mem::replace(&mut self.state, State::Finished) {
                State::Resting {
                    until,
                    is_intended: false,
                } => {
                    self.state = State::Resting {
                        until,
                        is_intended: true,
                    };
                    return Ok(Output::Deliver(Step::Intend(Intent {
                        sequence: self.sequence(),
                        operation: self.asked.later(self.began),
                    })));
                }
                State::Resting { .. } => self.state = self.ask(self.asked),
                State::Doubtful | State::Delivered { .. } => {
                    self.state = self.ask(self.asked.later(self.began).again());
                }
                State::Asking(exchange) => {
                    if let Some(output) = self.progress(exchange, now)? {
                        return Ok(output);
                    }
                }
                State::Finished => return Ok(Output::Finished),
            }
        }
    }

    fn handle(&mut self, now: Tick, answer: Result<HttpResponse, TransportFailure>) {
        self.arrived = now;
        if let State::Asking(exchange) = &mut self.state {
            exchange.handle(now, answer);
        }
    }
}

/// How a page is left out, and what that costs.
macro_rules! leaving_out {
    ($($words:literal),+) => {
        concat!(
            $($words,)+
            ", begin anew at a time after it (on the command line: --restart --from TIME); ",
            "records from before it that are not safe yet are then not drained"
        )
    };
}

/// An error that ends a drain, with what it means there.
fn explained(asked: Operation, error: Error) -> Error {
    match error.kind() {
        ErrorKind::Rejected if asked == Operation::Resend && is_of_client(&error) => error
            .about("the tenant no longer knows this index")
            .with_hint(
                concat!(
                    "begin anew at the time of the last page (on the command line: --restart --from TIME); ",
                    "what came since is then read again"
                ),
            ),
        ErrorKind::TooLarge => error.with_hint(leaving_out!(
            "a page cannot be asked for in parts; to leave it out"
        )),
        ErrorKind::Unreadable => error.with_hint(leaving_out!(
            "check that the tenant's name is right and that no proxy answers in its place; ",
            "to leave out a page that stays unreadable"
        )),
        _ => error,
    }
}

fn is_of_client(error: &Error) -> bool {
    let status = error.status();
    status.is_some_and(|status| (400..500).contains(&status))
}
