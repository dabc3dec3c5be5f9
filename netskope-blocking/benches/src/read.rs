//! What no drain can do without: take in each page and decompress it. And what no drain to a disk can do without: write it.

use crate::print;
use anyhow::{Context, Result, ensure};
use libdeflater::Decompressor;
use serde_json::json;
use std::fs::File;
use std::io::{Read, Write};
use std::{env, fs};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

const STREAM: &str = "/api/v2/events/dataexport/events/page";
const MAGIC: &[u8] = &[0x1f, 0x8b];

/// How much is written at a time; more at once took longer a byte.
const QUICKEST: usize = 1 << 20;

/// Reads so many pages of the stream from its head on, each into the same two buffers, and prints how large they were. With
/// a file, each is written to it as it is, and waited for until it is on the disk.
///
/// The token is in `NETSKOPE_V2_TOKEN`, and the authority to trust in the file that `NETSKOPE_CA_FILE` names.
pub(crate) fn read(url: &str, pages: u64, file: Option<&str>) -> Result<()> {
    let agent = agent()?;
    let token = env::var("NETSKOPE_V2_TOKEN").context("NETSKOPE_V2_TOKEN is not set")?;
    let mut file = file.map(File::create).transpose()?;
    let mut buffers = Buffers::new();
    for page in 0..pages {
        let operation = if page == 0 { "head" } else { "next" };
        let mut answer = agent
            .get(format!("{url}{STREAM}?operation={operation}&index=read"))
            .header("netskope-api-token", &token)
            .header("accept-encoding", "gzip")
            .call()?;
        let page = buffers.take(answer.body_mut())?;
        if let Some(file) = &mut file {
            page.chunks(QUICKEST)
                .try_for_each(|part| file.write_all(part))?;
            file.sync_data()?;
        }
    }
    print(&json!({
        "compressed_bytes": buffers.all_compressed,
        "decompressed_bytes": buffers.all_decompressed,
        "largest_page_bytes": buffers.decompressed.len(),
    }));
    Ok(())
}

fn agent() -> Result<Agent> {
    let mut config = Agent::config_builder();
    if let Some(file) = env::var_os("NETSKOPE_CA_FILE") {
        let pem = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let items = parse_pem(&pem).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        let roots = RootCerts::from(items.collect::<Vec<_>>());
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    Ok(config.build().new_agent())
}

/// Memory for one page, which grows to the largest.
struct Buffers {
    codec: Decompressor,
    compressed: Vec<u8>,
    decompressed: Vec<u8>,
    all_compressed: usize,
    all_decompressed: usize,
}

impl Buffers {
    fn new() -> Self {
        Self {
            codec: Decompressor::new(),
            compressed: Vec::new(),
            decompressed: Vec::new(),
            all_compressed: 0,
            all_decompressed: 0,
        }
    }

    fn take(&mut self, body: &mut Body) -> Result<&[u8]> {
        let length = body.content_length().context("a body of unknown length")?;
        let length = usize::try_from(length)?;
        let compressed = room(&mut self.compressed, length);
        body.with_config()
            .limit(u64::MAX)
            .reader()
            .read_exact(compressed)?;
        ensure!(compressed.starts_with(MAGIC), "a body that is not gzip");
        let trailer = compressed.last_chunk().context("a body without an end")?;
        let length = usize::try_from(u32::from_le_bytes(*trailer))?;
        let decompressed = room(&mut self.decompressed, length);
        let written = self.codec.gzip_decompress(compressed, decompressed)?;
        ensure!(written == length, "a body of another length than it says");
        self.all_compressed += compressed.len();
        self.all_decompressed += written;
        Ok(decompressed)
    }
}

fn room(buffer: &mut Vec<u8>, length: usize) -> &mut [u8] {
    if buffer.len() < length {
        buffer.resize(length, 0);
    }
    &mut buffer[..length]
}
