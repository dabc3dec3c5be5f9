//! The tenant that all drain.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::RECORDS;
use super::programs::{CONTENDERS, Contender, Programs};
use crate::command::Run;
use crate::paths;
use crate::service::Service;

/// A stand-in without a limit that counts, and with its pages rendered once and for all.
pub(super) struct Tenant {
    pub(super) scheme: &'static str,
    pub(super) url: String,
    pub(super) authority: Option<PathBuf>,
    token: String,
    _service: Service,
}

impl Tenant {
    pub(super) fn start(scheme: &'static str, programs: &Programs) -> Result<Self> {
        let folder = paths::target().join("bench/tls");
        let (backlog, folder_name) = (
            RECORDS.to_string(),
            folder.to_str().context("a path that is no text")?,
        );
        let mut arguments = vec![
            "--listen",
            "127.0.0.1:0",
            "--backlog",
            &backlog,
            "--wait-time",
            "0",
        ];
        // With a limit that it tells: without one, ours would keep to the documented one.
        arguments.extend(["--permits", "1000000", "--page-cache", "400"]);
        let tls = scheme == "https";
        if tls {
            arguments.extend(["--tls", folder_name]);
        }
        let service =
            Service::start_program("netskope-stand-in", &programs.stand_in, &arguments, &[])?;
        Ok(Self {
            scheme,
            url: service.told("url")?,
            token: service.told("v2_token")?,
            authority: tls.then(|| folder.join("ca.pem")),
            _service: service,
        })
    }

    /// Those who can speak with it.
    pub(super) fn contenders(&self) -> impl Iterator<Item = &'static Contender> {
        let tls = self.authority.is_some();
        CONTENDERS
            .iter()
            .filter(move |contender| tls || contender.speaks_http)
    }

    /// The program, told where the tenant is, in all the ways that those who take part read.
    pub(super) fn known_to(&self, run: Run) -> Run {
        let run = run
            .env("NETSKOPE_TENANT", &self.url)
            .secret_env("NETSKOPE_V2_TOKEN", &self.token);
        match &self.authority {
            Some(file) => run
                .env("NETSKOPE_CA_FILE", file)
                .env("REQUESTS_CA_BUNDLE", file),
            None => run,
        }
    }
}
