//! A wire to the tenant on which anything can go wrong, before or after the tenant has moved its index.

use super::chance::Chance;
use netskope_model::flow::{FailureKind, HttpResponse, Tick, TransportFailure};
use netskope_stand_in::{Ending, Reply, StandIn};
use std::time::Duration;

pub(super) type Answer = Result<HttpResponse, TransportFailure>;
type Request = http::Request<Vec<u8>>;

#[derive(Debug)]
pub(super) struct Wire {
    pub(super) tenant: StandIn,
    pub(super) chance: Chance,
    /// One request in so many goes wrong.
    pub(super) rarity: u64,
    pub(super) faults: u64,
    in_a_row: u32,
    /// Whether nothing is safe yet.
    pub(super) is_new: bool,
    /// Whether `resend` fails in a 200 for as long as that is so.
    refuses_early_resend: bool,
    /// A request that the tenant is still at work on.
    at_work: Option<(Tick, Request)>,
}

/// So many faults in a row, and a request gets through.
const MOST_IN_A_ROW: u32 = 6;

impl Wire {
    pub(super) fn new(tenant: StandIn, mut chance: Chance, rarity: u64) -> Self {
        Self {
            tenant,
            is_new: true,
            refuses_early_resend: chance.one_in(3),
            chance,
            rarity,
            faults: 0,
            in_a_row: 0,
            at_work: None,
        }
    }

    /// What comes back, and when.
    pub(super) fn round_trip(&mut self, now: Tick, request: Request) -> (Tick, Answer) {
        if let Some((done, earlier)) = self.at_work.take() {
            if now < done {
                self.at_work = Some((done, earlier));
                let body = br#"{"message":"Concurrency conflict, retry later."}"#;
                return (now + MOMENT, Ok(response(409, body)));
            }
            self.tenant.handle(done, &earlier);
        }
        if self.in_a_row < MOST_IN_A_ROW && self.chance.one_in(self.rarity) {
            self.in_a_row += 1;
            self.faults += 1;
            return self.fault(now, request);
        }
        self.in_a_row = 0;
        let is_early_resend = self.is_new && request.uri().to_string().contains("=resend");
        let reply = self.tenant.handle(now, &request);
        if is_early_resend && self.refuses_early_resend {
            return (now + MOMENT, Ok(response(200, br#"{"ok":0}"#)));
        }
        arrive(now + MOMENT, reply)
    }

    fn fault(&mut self, now: Tick, request: Request) -> (Tick, Answer) {
        let soon = now + MOMENT;
        // Nothing leaves, or a gateway in front refuses it.
        match self.chance.below(16) {
            0 => return (soon, failure(FailureKind::Resolve)),
            1 => return (soon, failure(FailureKind::Connect)),
            2 => return (soon, failure(FailureKind::Tls)),
            3 => return (soon, Ok(response(429, b"{}"))),
            4 => return (soon, Ok(response(409, b"{}"))),
            5 => {
                let status = self.chance.pick(&[301, 400, 401, 403, 404]);
                return (soon, Ok(response(status, b"{}")));
            }
            6 => {
                let seconds = self.chance.below(90);
                self.at_work = Some((now + Duration::from_secs(seconds), request));
                return (soon, failure(FailureKind::Timeout));
            }
            _ => {}
        }
        // The tenant may have done what was asked, and there is no telling.
        let true_answer = self
            .chance
            .one_in(2)
            .then(|| self.tenant.handle(now, &request));
        let answer = match self.chance.below(9) {
            0 => failure(FailureKind::Cut),
            1 => failure(FailureKind::Timeout),
            2 => failure(FailureKind::Other),
            3 => Ok(response(self.chance.pick(&[500, 502, 503]), b"<html>")),
            4 => Ok(response(200, b"")),
            5 => Ok(response(200, b"<html>")),
            6 => Ok(response(200, br#"{"ok":0,"result":[]}"#)),
            7 => Ok(response(200, br#"{"ok":1,"result":"the iterator failed"}"#)),
            _ => self.cut_short(true_answer),
        };
        (soon, answer)
    }

    /// The true answer without its end, announced as whole.
    fn cut_short(&mut self, reply: Option<Reply>) -> Answer {
        let Some(mut response) = reply.map(|reply| reply.response) else {
            return failure(FailureKind::Cut);
        };
        let end = self.chance.below(response.body().len().max(1) as u64);
        // A 204 is whole without a body.
        *response.status_mut() = http::StatusCode::OK;
        response.body_mut().truncate(usize::try_from(end).unwrap());
        Ok(response.into())
    }
}

/// What the tenant let out.
fn arrive(now: Tick, reply: Reply) -> (Tick, Answer) {
    let now = now + reply.delay;
    match reply.ending {
        Ending::Whole => (now, Ok(reply.response.into())),
        Ending::Slow(over) => (now + over, Ok(reply.response.into())),
        Ending::StallAfter(_) | Ending::Silence => (now + TIMEOUT, failure(FailureKind::Timeout)),
        _ => (now, failure(FailureKind::Cut)),
    }
}

/// How long the program waits for an answer.
const TIMEOUT: Duration = Duration::from_mins(1);

const MOMENT: Duration = Duration::from_millis(40);

fn response(status: u16, body: &[u8]) -> HttpResponse {
    let response = http::Response::builder().status(status);
    response.body(body.to_vec()).unwrap().into()
}

fn failure(kind: FailureKind) -> Answer {
    Err(TransportFailure::new(kind, "the wire"))
}
