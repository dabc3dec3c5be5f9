//! `GET|POST /api/v1/clients`: Get Client Data.

use super::database::Database;
use super::device::Device;
use super::envelope::{self, Refused};
use super::parameters::Parameters;
use crate::fleet;
use crate::options::{AboveCap, Options, Refusal};
use http::{Request, Response, StatusCode};

pub(super) const PATH: &str = "/api/v1/clients";

/// The endpoint and what it knows.
pub(super) struct Clients {
    database: Database,
    token: String,
    limit_cap: u64,
    default_limit: u64,
    above_cap: AboveCap,
    refusal: Refusal,
}

impl Clients {
    pub(super) fn new(options: Options) -> Self {
        let mut devices = options.clients;
        devices.extend(fleet::devices(options.fleet).map(Device::from));
        Self {
            database: Database::new(devices, options.codes),
            token: options.v1_token,
            limit_cap: options.limit_cap,
            default_limit: options.default_limit.unwrap_or(options.limit_cap),
            above_cap: options.above_cap,
            refusal: options.refusal,
        }
    }

    pub(super) fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let parameters = match Parameters::of(request) {
            Ok(parameters) => parameters,
            Err(refused) => return refused.into_response(StatusCode::OK),
        };
        if parameters.text("token") != Some(self.token.as_str()) {
            return self.refuse();
        }
        // Inferred: 400 is not among the documented statuses, and the one recorded v1 error came with 200.
        self.page(&parameters)
            .unwrap_or_else(|refused| refused.into_response(StatusCode::OK))
    }

    fn page(&self, parameters: &Parameters) -> Result<Response<Vec<u8>>, Refused> {
        let limit = self.limit(parameters)?;
        let skip = parameters.number("skip", 0)?.unwrap_or(0);
        // Inferred: an empty query filters nothing.
        let query = parameters.text("query").filter(|query| !query.is_empty());
        let records = self.database.page(query, skip, limit)?;
        Ok(envelope::success(records.into_iter()))
    }

    fn limit(&self, parameters: &Parameters) -> Result<u64, Refused> {
        let Some(limit) = parameters.number("limit", 1)? else {
            return Ok(self.default_limit);
        };
        match self.above_cap {
            AboveCap::Refuse if limit > self.limit_cap => Err(Refused::new(
                "Request Error",
                format!("limit must be at most {}", self.limit_cap),
            )),
            _ => Ok(limit.min(self.limit_cap)),
        }
    }

    fn refuse(&self) -> Response<Vec<u8>> {
        let status = match self.refusal {
            Refusal::Forbidden => StatusCode::FORBIDDEN,
            Refusal::Ok => StatusCode::OK,
        };
        Refused::new("Authorization Error", "Invalid token").into_response(status)
    }
}
