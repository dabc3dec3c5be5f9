//! How a stand-in behaves. Each option that chooses between inferred behaviours says so.

mod dataexport;

use crate::{Device, Fault, Fleet};
use http::HeaderValue;
use std::fmt;

pub use dataexport::{DataExport, EarlyResend, Events, FreshNext};

/// The v1 token accepted unless another is given: synthetic, in the shape of the documented ones.
pub const DEFAULT_V1_TOKEN: &str = "57a4d1e57a4d1e57a4d1e57a4d1e";
/// The v2 token unless another is given: synthetic, in the shape of the documented ones.
pub const DEFAULT_V2_TOKEN: &str = "2f57a4d1e2f57a4d1e2f57a4d1e2f57a";
/// The most records one answer holds unless another cap is given: the newer of two documented numbers.
pub const DEFAULT_LIMIT_CAP: u64 = 5000;

/// What a [`StandIn`](crate::StandIn) holds and how it behaves.
///
/// The default is an empty tenant that behaves as documented and recorded.
#[derive(Clone)]
pub struct Options {
    /// Given devices, as [`clients_of`](crate::clients_of) reads them.
    pub clients: Vec<Device>,
    /// Synthetic devices, beside the given ones.
    pub fleet: Fleet,
    /// The token v1 requests must carry.
    pub v1_token: String,
    /// The token v2 requests must carry; v1 refuses it, as a tenant does.
    pub v2_token: String,
    /// The most records one v1 answer holds. Documents say 5,000 and, earlier, 10,000.
    pub limit_cap: u64,
    /// How many records an answer holds when the request names no `limit`. Inferred; [`None`] is the cap.
    pub default_limit: Option<u64>,
    /// What becomes of a `limit` above the cap. Inferred.
    pub above_cap: AboveCap,
    /// Whether coded fields are printed as labels or numbers.
    pub codes: Codes,
    /// The HTTP status of a v1 answer that refuses the token.
    pub refusal: Refusal,
    /// The page origin allowed to call from a browser, or `*`. [`None`], the default, sends no CORS header, as a tenant.
    pub cors: Option<HeaderValue>,
    /// Whether requests are limited as documented.
    pub rate_limit: RateLimit,
    /// The body of a 429. Inferred.
    pub too_many: TooMany,
    /// Whether `GET /_stand-in/requests` tells what was received; off by default.
    pub record: bool,
    /// What goes wrong with requests to come, first come, first met.
    pub faults: Vec<Fault>,
    /// The v2 interface.
    pub dataexport: DataExport,
}

/// What becomes of a `limit` above the cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AboveCap {
    /// It is lowered to the cap.
    #[default]
    Clamp,
    /// The answer is an error.
    Refuse,
}

/// How coded fields are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codes {
    /// As text, as every recorded answer has them.
    #[default]
    Labels,
    /// As the numbers of the documentation, where it publishes one.
    Numbers,
}

/// How a v1 answer refuses a token; both carry the error envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refusal {
    /// HTTP 403, as documented.
    #[default]
    Forbidden,
    /// HTTP 200, as every public client guards against.
    Ok,
}

/// Whether the rate limits are in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimit {
    /// As documented. v1: 4 requests a second; 20 more wait their turn; any above are refused with 429. v2:
    /// [`DataExport::permits`] requests a second on each endpoint; any above are refused with 429.
    #[default]
    On,
    /// Every request is answered at once.
    Off,
}

/// The body of a 429.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TooMany {
    /// The web server's own HTML page: the limit is documented in the words of nginx, which sits in front.
    #[default]
    Page,
    /// The v1 error envelope.
    Envelope,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clients: Vec::new(),
            fleet: Fleet::default(),
            v1_token: DEFAULT_V1_TOKEN.to_owned(),
            v2_token: DEFAULT_V2_TOKEN.to_owned(),
            limit_cap: DEFAULT_LIMIT_CAP,
            default_limit: None,
            above_cap: AboveCap::default(),
            codes: Codes::default(),
            refusal: Refusal::default(),
            cors: None,
            rate_limit: RateLimit::default(),
            too_many: TooMany::default(),
            record: false,
            faults: Vec::new(),
            dataexport: DataExport::default(),
        }
    }
}

/// Leaves the tokens and the records out.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("clients", &self.clients.len())
            .field("fleet", &self.fleet)
            .field("limit_cap", &self.limit_cap)
            .field("default_limit", &self.default_limit)
            .field("above_cap", &self.above_cap)
            .field("codes", &self.codes)
            .field("refusal", &self.refusal)
            .field("cors", &self.cors)
            .field("rate_limit", &self.rate_limit)
            .field("too_many", &self.too_many)
            .field("record", &self.record)
            .field("faults", &self.faults)
            .field("dataexport", &self.dataexport)
            .finish_non_exhaustive()
    }
}
