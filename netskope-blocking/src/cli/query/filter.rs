//! `nskope query filter`: the lines of files that match.

mod lines;

use super::parsed;
use crate::cli::{
    args::query::Filter as Asked,
    console::Console,
    failure::{Exit, Failure},
    harmless::harmless_json,
    text,
};
use lines::{LONGEST, Line, Lines};
use netskope_query::{Filter, check};
use serde_json::Value;
use std::{
    fmt::Display,
    io::{self, BufWriter, IsTerminal, StdoutLock, Write},
    path::Path,
};

pub(super) fn run(args: &Asked, console: Console) -> Result<Exit, Failure> {
    let (text, files) = args.text_and_files()?;
    let schema = args.about.schema();
    let query = parsed(&text, schema, console)?;
    let filter = Filter::compile(&query, args.reading.dialect(), schema)
        .map_err(|error| Failure::new(Exit::Usage, error.to_string()))?;
    console.warnings(&text, &check(&query, schema));
    let stdout = io::stdout().lock();
    let mut run = Run {
        filter,
        console,
        is_shown: stdout.is_terminal(),
        out: BufWriter::with_capacity(BUFFER, stdout),
        matched: false,
        unread: 0,
    };
    for path in &files {
        run.file(path)?;
    }
    run.finish()
}

const BUFFER: usize = 64 << 10;

/// Most lines that are told of one by one.
const TOLD: u64 = 10;

struct Run {
    filter: Filter<'static, Value>,
    console: Console,
    /// Whether a terminal shows what is written.
    is_shown: bool,
    out: BufWriter<StdoutLock<'static>>,
    matched: bool,
    /// Lines and files that could not be read.
    unread: u64,
}

impl Run {
    /// What cannot be read is told of and left out; only the output can fail.
    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        let name = text::name(path);
        let mut lines = match text::open(path) {
            Ok(file) => Lines::new(file),
            Err(error) => {
                self.unreadable(&name, error);
                return Ok(());
            }
        };
        for number in 1_u64.. {
            // What was found is seen before the wait for more, as behind `tail -f`.
            if !lines.is_ready() {
                self.out.flush().map_err(|error| Failure::writing(&error))?;
            }
            match lines.next() {
                Ok(None) => break,
                Ok(Some(Line::Whole(line))) => {
                    if let Some(reason) = text::no_text(line).filter(|_| number == 1) {
                        self.unreadable(&name, reason);
                        break;
                    }
                    match self.is_match(line) {
                        Ok(true) => self.print(line)?,
                        Ok(false) => {}
                        Err(reason) => self.tell(&name, number, reason),
                    }
                }
                Ok(Some(Line::TooLong)) => {
                    self.tell(&name, number, format!("longer than {LONGEST} bytes"));
                }
                Err(error) => {
                    self.unreadable(&name, error);
                    break;
                }
            }
        }
        Ok(())
    }

    fn is_match(&self, line: &[u8]) -> Result<bool, String> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(false);
        }
        let text = str::from_utf8(line)
            .map_err(|error| format!("no UTF-8 at byte {}", error.valid_up_to()))?;
        let trimmed = text.trim_ascii();
        match trimmed.chars().next() {
            Some('{') if trimmed.len() == 1 => {
                Err("an object on several lines; `jq -c .` writes each on one".to_owned())
            }
            Some('{') => self
                .filter
                .matches_text(text)
                .map_err(|error| error.to_string()),
            Some('[') => Err("a list; `jq -c '.[]'` writes its objects one a line".to_owned()),
            _ => Err("no JSON object".to_owned()),
        }
    }

    fn print(&mut self, line: &[u8]) -> Result<(), Failure> {
        self.matched = true;
        let written = if self.is_shown {
            self.out.write_all(shown(line).as_bytes())
        } else {
            self.out.write_all(line)
        };
        written
            .and_then(|()| self.out.write_all(b"\n"))
            .map_err(|error| Failure::writing(&error))
    }

    fn tell(&mut self, name: &str, number: u64, reason: impl Display) {
        self.unread += 1;
        if self.unread <= TOLD {
            let words = format_args!("{name}:{number}: left out: {reason}");
            self.console.say(words);
        }
    }

    fn unreadable(&mut self, name: &str, reason: impl Display) {
        self.unread += 1;
        self.console
            .say(format_args!("error: cannot read '{name}': {reason}"));
    }

    fn finish(mut self) -> Result<Exit, Failure> {
        self.out.flush().map_err(|error| Failure::writing(&error))?;
        if self.unread > TOLD {
            self.console
                .say(format_args!("{} lines or files are left out", self.unread));
        }
        Ok(match (self.unread, self.matched) {
            (0, true) => Exit::Found,
            (0, false) => Exit::NothingMatched,
            _ => Exit::Local,
        })
    }
}

/// A line for a terminal, which shows nothing of the blanks at its end.
fn shown(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line.trim_ascii_end());
    harmless_json(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_neither_steered_nor_cluttered() {
        let line = "{\"a\":1,\t\"b\":\"\u{9b}2J\"}\r".as_bytes();
        assert_eq!(shown(line), "{\"a\":1,\t\"b\":\"\\u009b2J\"}");
    }
}
