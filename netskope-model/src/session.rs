//! What all calls to one tenant share.

use crate::{
    exchange::Exchange, paging::Paging, rate::RateGate, retry::RetryPolicy, tenant::Tenant,
    token::Tokens, v1::clients, v2::Stream,
};
use std::sync::{Arc, Mutex, PoisonError};

/// A tenant, the tokens it takes, and the manners towards it. Clones share their rate gates.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) tenant: Tenant,
    pub(crate) tokens: Tokens,
    pub(crate) retry: RetryPolicy,
    pub(crate) v1_gate: RateGate,
    stream_gates: Arc<Mutex<Vec<(Stream, RateGate)>>>,
}

impl Session {
    /// A session; without a token it suits a proxy that adds one.
    pub fn new(tenant: Tenant, tokens: impl Into<Tokens>, retry: RetryPolicy) -> Self {
        Self {
            tenant,
            tokens: tokens.into(),
            retry,
            v1_gate: RateGate::v1(),
            stream_gates: Arc::default(),
        }
    }

    /// The same tenant, tokens and rate gates with another persistence.
    #[must_use]
    pub fn with_retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// The tenant.
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// The gate of a log stream, whatever index it is read with.
    pub(crate) fn stream_gate(&self, stream: &Stream) -> RateGate {
        let mut gates = self
            .stream_gates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((_, gate)) = gates.iter().find(|(other, _)| other == stream) {
            return gate.clone();
        }
        let gate = RateGate::v2();
        gates.push((stream.clone(), gate.clone()));
        gate
    }

    /// One page of devices, in one call.
    pub fn page(&self, request: clients::Request) -> Exchange<clients::Call> {
        self.page_of(request)
    }

    /// One page whose devices are read into a form of the caller's choice.
    pub fn page_of<R: clients::Record>(
        &self,
        request: clients::Request,
    ) -> Exchange<clients::Call<R>> {
        Exchange::new(self.clone(), clients::Call::new(request))
    }

    /// All pages from the request's first device on, each of at most the request's limit.
    ///
    /// What becomes of devices that move while pages are read is told at [`Paging`].
    pub fn pages(&self, request: clients::Request) -> Paging {
        Paging::new(self.clone(), request)
    }
}
