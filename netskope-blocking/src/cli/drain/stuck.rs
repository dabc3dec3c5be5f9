//! A page that cannot be read, however often it is asked for.

use jiff::Timestamp;
use netskope_blocking::{
    drain::Event,
    model::{
        Error, ErrorKind,
        drain::Resume,
        v2::{Commit, Stream},
    },
};
use std::fmt;

/// After so many answers it is said, whatever fails in between: some four to nine minutes after the first, by the pauses
/// between them. A web page that a gateway shows for a moment is not worth the trouble.
const MANY: u32 = 10;

/// A page that holds its stream up.
#[derive(Clone, Debug)]
pub(super) struct Stuck {
    /// Its number.
    pub(super) page: u64,
    /// When it was answered first.
    pub(super) since: Timestamp,
    /// How often it was.
    pub(super) answers: u32,
    /// What is wrong with it.
    pub(super) message: String,
    /// How to pass it, and what that costs.
    pub(super) hint: String,
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, hint, .. } = self;
        write!(f, "warning: {message}\nhint: {hint}")
    }
}

/// Counts the answers of a stream that are no page.
pub(super) struct Watch {
    stream: Stream,
    /// The last page that is safe, and up to when it reaches.
    last: u64,
    reaches: Option<i64>,
    since: Option<Timestamp>,
    answers: u32,
}

impl Watch {
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            last: 0,
            reaches: None,
            since: None,
            answers: 0,
        }
    }

    /// Takes what happened at this moment, and says once what is the matter with a page.
    pub(super) fn take(&mut self, event: &Event<'_>, now: Timestamp) -> Option<Stuck> {
        match event {
            Event::Started(
                Resume::After(last)
                | Resume::Doubt {
                    last: Some(last), ..
                },
            ) => self.pass(last),
            Event::Page { commit, .. } => self.pass(commit),
            Event::Failed { error, .. } if is_answer(error) => {
                let since = *self.since.get_or_insert(now);
                self.answers += 1;
                return (self.answers == MANY).then(|| self.stuck(since, error));
            }
            _ => {}
        }
        None
    }

    fn pass(&mut self, commit: &Commit) {
        self.last = commit.sequence;
        self.reaches = commit.high_water_mark.or(self.reaches);
        (self.since, self.answers) = (None, 0);
    }

    fn stuck(&self, since: Timestamp, error: &Error) -> Stuck {
        let (page, answers, stream) = (self.last + 1, self.answers, &self.stream);
        let message = format!(
            "page {page} cannot be read from any of {answers} answers since {since:.0}: {error}"
        );
        let reaches = self.reaches.map(Timestamp::from_second);
        let time = match reaches {
            Some(Ok(time)) => {
                format!(
                    "a TIME after {time}, which the last safe page reaches; records from between, and any more of that second,"
                )
            }
            _ => "a TIME after the page; records from before it that are not safe yet".to_owned(),
        };
        let hint = format!(
            "it is asked for until it can be read, and nothing is lost; if no proxy or gateway on the way is to blame, \
             leave it out: end this drain, and run `nskope drain --stream {stream} --restart --from TIME` \
             with the same index and folder and {time} are then not drained"
        );
        Stuck {
            page,
            since,
            answers,
            message,
            hint,
        }
    }
}

/// Whether the tenant answered, though with no page.
fn is_answer(error: &Error) -> bool {
    let is_good = error
        .status()
        .is_some_and(|status| (200..300).contains(&status));
    is_good && matches!(error.kind(), ErrorKind::Unreadable | ErrorKind::Server)
}

#[cfg(test)]
mod tests {
    use super::*;
    use netskope_blocking::model::{
        Session, Tenant, V2Token,
        drain::Drain,
        flow::{Flow, HttpResponse, Output, Tick},
        retry::RetryPolicy,
        v2::{Index, Operation, Page, Start},
    };

    /// The failure of a drain that was answered so.
    fn error(status: u16, body: &[u8]) -> Error {
        let session = Session::new(
            Tenant::parse("acme.goskope.com").unwrap(),
            V2Token::new("2f57a4d1e2f57a4d").unwrap(),
            RetryPolicy::patient(1),
        );
        let index = Index::parse("siem").unwrap();
        let resume = Resume::Fresh(Start::Head);
        let mut drain = Drain::new(session, stream(), index, resume, 0);
        let now = Tick::default();
        while !matches!(drain.poll(now).unwrap(), Output::Transmit(_)) {}
        let answer = http::Response::builder().status(status);
        let answer: HttpResponse = answer.body(body.to_vec()).unwrap().into();
        drain.handle(now, Ok(answer));
        drain.failure().unwrap().clone()
    }

    fn stream() -> Stream {
        Stream::parse("page").unwrap()
    }

    /// What is said after this many such failures, a minute apart.
    fn told(watch: &mut Watch, error: &Error, times: u32) -> Vec<Stuck> {
        let began: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let moments =
            (0..times).map(|minutes| began + jiff::SignedDuration::from_mins(i64::from(minutes)));
        let events = moments
            .zip(1..)
            .filter_map(|(now, failures)| watch.take(&Event::Failed { error, failures }, now));
        events.collect()
    }

    fn commit(high_water_mark: Option<i64>) -> Commit {
        Commit {
            sequence: 41,
            operation: Operation::Next,
            mark: Page::without_content().mark().clone(),
            high_water_mark,
            before: None,
            at: 0,
        }
    }

    #[test]
    fn a_page_that_stays_unreadable_is_told_of_once_with_what_to_do() {
        let mut said = Vec::new();
        let bodies: [(u16, &[u8]); 4] = [
            (200, b"{\"ok\":1,\"result\":[{\"_id\":\"\xff\"}]}"),
            (200, b"{\"ok\":1,\"result\":[{]}"),
            (200, b"<html>"),
            (200, b"{\"ok\":0,\"result\":\"the iterator failed\"}"),
        ];
        for (place, (status, body)) in bodies.into_iter().enumerate() {
            let mut watch = Watch::new(stream());
            let resume = match place {
                0 => Resume::Fresh(Start::Head),
                1 => Resume::After(commit(None)),
                _ => Resume::After(commit(Some(1_795_348_700))),
            };
            watch.take(&Event::Started(&resume), Timestamp::UNIX_EPOCH);
            let told = told(&mut watch, &error(status, body), 25);
            assert_eq!(told.len(), 1);
            said.push(told[0].to_string());
        }
        insta::assert_snapshot!(said.join("\n\n"));
    }

    #[test]
    fn what_passes_or_never_arrived_is_not_told_of() {
        let mut watch = Watch::new(stream());
        for (status, body) in [(502, "<html>"), (409, "{}"), (429, "{}")] {
            assert_eq!(
                told(&mut watch, &error(status, body.as_bytes()), 25).len(),
                0
            );
        }
        let unreadable = error(200, b"<html>");
        let page = Page::without_content();
        for _ in 0..3 {
            assert_eq!(told(&mut watch, &unreadable, MANY - 1).len(), 0);
            let commit = &commit(None);
            let page = Event::Page {
                page: &page,
                commit,
            };
            watch.take(&page, Timestamp::UNIX_EPOCH);
        }
    }
}
