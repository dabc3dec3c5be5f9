//! A folder that is drained into.

use flate2::bufread::MultiGzDecoder;
use std::{
    env,
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// A folder of a test's own, taken away at its end.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nskope-drain-{}-{count}", std::process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// These arguments, and this folder to write to.
    pub(super) fn line<'a>(&'a self, arguments: &'a str) -> Vec<&'a str> {
        [super::words(arguments), vec!["--out", self.text()]].concat()
    }

    pub(super) fn text(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// All records of a stream, in the order of its pages, whatever the format.
    pub(super) fn records(&self, stream: &str) -> Vec<String> {
        self.segments(stream)
            .iter()
            .flat_map(|path| lines(path))
            .collect()
    }

    /// All segments of a stream, in the order of the pages that they begin with.
    pub(super) fn segments(&self, stream: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.0.join(stream.replace('/', "-"))).unwrap();
        let mut segments: Vec<(u64, PathBuf)> = files
            .filter_map(|file| {
                let path = file.unwrap().path();
                Some((first_page(&path)?, path))
            })
            .collect();
        segments.sort();
        segments.into_iter().map(|(_, path)| path).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The number in the name of a segment, such as `20260102T030405Z-17.ndjson.gz`.
fn first_page(path: &Path) -> Option<u64> {
    let (stem, extension) = path.file_name()?.to_str()?.split_once('.')?;
    let number = stem.split_once("Z-")?.1;
    (!extension.contains("torn")).then(|| number.parse().unwrap())
}

fn lines(path: &Path) -> Vec<String> {
    let (mut file, mut text) = (BufReader::new(File::open(path).unwrap()), String::new());
    match path.extension().unwrap().to_str().unwrap() {
        "gz" => MultiGzDecoder::new(file).read_to_string(&mut text),
        "zst" => zstd::Decoder::with_buffer(file)
            .unwrap()
            .read_to_string(&mut text),
        _ => file.read_to_string(&mut text),
    }
    .unwrap();
    text.lines().map(str::to_owned).collect()
}
