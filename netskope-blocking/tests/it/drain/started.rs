//! A drain while it runs.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStderr, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A running drain, and what it says.
pub(super) struct Started {
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Started {
    pub(super) fn new(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr }
    }

    /// The next line that it says.
    pub(super) fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.stderr.read_line(&mut line).unwrap(), 0, "it is silent");
        line
    }

    /// Waits until it says this.
    pub(super) fn until(&mut self, words: &str) {
        while !self.line().contains(words) {}
    }

    pub(super) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The exit code, and what else it said.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }

    /// The same; where it takes longer than this, it is killed, and has no exit code.
    pub(super) fn end_within(mut self, patience: Duration) -> (Option<i32>, String) {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            if began.elapsed() > patience {
                self.child.kill().unwrap();
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.end()
    }
}

/// A test that fails leaves nothing behind: who reads its output would wait for it.
impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
