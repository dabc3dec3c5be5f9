//! The built page, read once and held in memory, so that no request reaches the file system,
//! and compressed once.

use crate::{error::StartError, gzip};
use axum::{
    body::Bytes,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Far more than a page has; more means that the directory is not one.
const MAX_BYTES: usize = 64 << 20;

/// The page's files by their paths in URLs.
pub(crate) struct Assets(BTreeMap<String, Asset>);

#[derive(Clone)]
struct Asset {
    content_type: &'static str,
    cache: &'static str,
    bytes: Bytes,
    gzipped: Option<Bytes>,
}

impl Assets {
    /// Reads a directory with an `index.html`.
    pub(crate) fn read(directory: &Path) -> Result<Self, StartError> {
        if !directory.join("index.html").is_file() {
            return Err(StartError::NoPage(directory.to_owned()));
        }
        let mut assets = BTreeMap::new();
        let mut pending = vec![(directory.to_owned(), String::new())];
        let mut bytes = 0;
        while let Some((directory, url)) = pending.pop() {
            for (path, name) in entries(&directory)? {
                let url = format!("{url}/{name}");
                let metadata =
                    fs::symlink_metadata(&path).map_err(|error| unusable(&path, &error))?;
                if metadata.is_dir() {
                    pending.push((path, url));
                    continue;
                }
                if !metadata.is_file() {
                    return Err(unusable(&path, &"it is neither a file nor a directory"));
                }
                bytes += usize::try_from(metadata.len()).unwrap_or(usize::MAX);
                if bytes > MAX_BYTES {
                    return Err(unusable(&path, &"the page is larger than 64 MiB"));
                }
                assets.insert(
                    url.clone(),
                    Asset::read(&path, &url).map_err(|error| unusable(&path, &error))?,
                );
            }
        }
        Ok(Self(assets))
    }

    /// The file at a URL's path, taken literally, for a request with these headers.
    pub(crate) fn get(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let path = if path == "/" { "/index.html" } else { path };
        let asset = self.0.get(path).cloned()?;
        Some(asset.into_response(gzip::is_accepted(headers)))
    }
}

fn entries(directory: &Path) -> Result<Vec<(PathBuf, String)>, StartError> {
    let unreadable = |error: io::Error| unusable(directory, &error);
    fs::read_dir(directory)
        .map_err(unreadable)?
        .map(|entry| {
            let path = entry.map_err(unreadable)?.path();
            match path.file_name().and_then(|name| name.to_str()) {
                Some(name) => Ok((path.clone(), name.to_owned())),
                None => Err(unusable(&path, &"its name is not UTF-8")),
            }
        })
        .collect()
}

fn unusable(path: &Path, reason: &dyn std::fmt::Display) -> StartError {
    StartError::Page {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

impl Asset {
    fn read(path: &Path, url: &str) -> io::Result<Self> {
        let content_type = content_type(url);
        let bytes = Bytes::from(fs::read(path)?);
        Ok(Self {
            content_type,
            cache: cache(url, content_type),
            gzipped: gzip::compress(&bytes)?,
            bytes,
        })
    }

    fn into_response(self, takes_gzip: bool) -> Response {
        let headers = [
            (header::CONTENT_TYPE, self.content_type),
            (header::CACHE_CONTROL, self.cache),
            (header::VARY, "accept-encoding"),
        ];
        match self.gzipped.filter(|_| takes_gzip) {
            Some(gzipped) => {
                let coding = [(header::CONTENT_ENCODING, "gzip")];
                (headers, coding, gzipped).into_response()
            }
            None => (headers, self.bytes).into_response(),
        }
    }
}

fn content_type(url: &str) -> &'static str {
    match url.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// The bundler puts a hash of the content into every name below `assets/`.
fn cache(url: &str, content_type: &str) -> &'static str {
    if content_type == HTML {
        "no-store"
    } else if url.starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}
