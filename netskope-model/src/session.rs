//! What all calls to one tenant share.

use crate::{
    exchange::Exchange, paging::Paging, rate::RateGate, retry::RetryPolicy, tenant::Tenant,
    token::V1Token, v1::clients,
};

/// A tenant, the token it takes, and the manners towards it. Clones share one rate gate.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) tenant: Tenant,
    pub(crate) token: Option<V1Token>,
    pub(crate) retry: RetryPolicy,
    pub(crate) gate: RateGate,
}

impl Session {
    /// A session; without a token it suits a proxy that adds one.
    pub fn new(tenant: Tenant, token: Option<V1Token>, retry: RetryPolicy) -> Self {
        Self {
            tenant,
            token,
            retry,
            gate: RateGate::v1(),
        }
    }

    /// The same tenant, token and rate gate with another persistence.
    #[must_use]
    pub fn with_retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// The tenant.
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
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
