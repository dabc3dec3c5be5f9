//! Where pages go to.

use netskope_model::v2::{Commit, Intent, Operation, Page};

/// Where the pages of one stream go to, together with how far it is.
///
/// The commit belongs to the sink, beside the data: only who stores the page can say that it is safe. A sink that writes
/// both in one transaction loses nothing and doubles nothing, whatever dies when. One that cannot, writes the page first
/// and then the commit; a page without its commit is given once more, and [`Commit::mark`] tells it from another.
///
/// For each page it is told in this order: [`intend`](Self::intend), then the page is asked for,
/// [`append`](Self::append), [`commit`](Self::commit). When a function returns, what it was told must be on disk, or
/// wherever it is safe. After an error the page counts as not taken; nothing more is written to this sink.
///
/// # A sink of one's own
///
/// This one keeps a file of records, and in another file the last commit and where the records end. What stands behind that
/// end was never committed, so it is cut off at the start.
///
/// ```
/// use netskope_blocking::{drain::Sink, model::v2::{Commit, Page}};
/// use std::{fs::{self, File}, io::{self, Write}, path::PathBuf};
///
/// struct Lines { data: File, commit: PathBuf }
///
/// impl Lines {
///     fn open(folder: PathBuf) -> io::Result<Self> {
///         let data = File::options().append(true).create(true).open(folder.join("lines"))?;
///         let sink = Self { data, commit: folder.join("commit") };
///         sink.data.set_len(sink.committed()?.map_or(0, |(end, _)| end))?;
///         Ok(sink)
///     }
///
///     fn committed(&self) -> io::Result<Option<(u64, Commit)>> {
///         if !self.commit.exists() {
///             return Ok(None);
///         }
///         Ok(Some(serde_json::from_slice(&fs::read(&self.commit)?)?))
///     }
/// }
///
/// impl Sink for Lines {
///     type Error = io::Error;
///
///     fn last_commit(&mut self) -> io::Result<Option<Commit>> {
///         Ok(self.committed()?.map(|(_, commit)| commit))
///     }
///
///     fn append(&mut self, page: &Page) -> io::Result<()> {
///         self.data.write_all(page.ndjson())?;
///         self.data.sync_all()
///     }
///
///     fn commit(&mut self, commit: &Commit) -> io::Result<()> {
///         let (end, new) = (self.data.metadata()?.len(), self.commit.with_extension("new"));
///         let mut file = File::create(&new)?;
///         file.write_all(&serde_json::to_vec(&(end, commit))?)?;
///         file.sync_all()?;
///         fs::rename(new, &self.commit)
///     }
/// }
///
/// # let temporary = tempfile::tempdir()?;
/// # let folder = temporary.path().to_owned();
/// # let page = Page::read(br#"{"ok":1,"result":[{"_id":"a"}]}"#.to_vec())?;
/// # let commit = Commit { sequence: 1, operation: netskope_blocking::model::v2::Operation::Head, mark: page.mark().clone(), high_water_mark: None, before: None, at: 0 };
/// let mut sink = Lines::open(folder.clone())?;
/// assert_eq!(sink.last_commit()?, None);
/// sink.append(&page)?;
/// sink.commit(&commit)?;
/// sink.append(&page)?; // … and the machine dies before the commit
///
/// let mut sink = Lines::open(folder.clone())?;
/// assert_eq!(sink.last_commit()?, Some(commit));
/// assert_eq!(fs::read_to_string(folder.join("lines"))?, "{\"_id\":\"a\"}\n");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// It keeps no intents, so it is always in doubt at the start whether the page after the last commit was given already.
/// That costs one `resend`, and nothing else. Before the first commit it cannot know that anything was asked for: who starts at
/// the tail keeps intents as well, or may miss what came between two starts.
pub trait Sink {
    /// Why a page could not be taken.
    type Error: std::error::Error + Send + Sync + 'static;

    /// The commit of the last page that is safe; none where there never was one.
    ///
    /// # Errors
    ///
    /// Where it cannot be known.
    fn last_commit(&mut self) -> Result<Option<Commit>, Self::Error>;

    /// What was asked for last, whether or not its page was committed.
    ///
    /// A sink that keeps no intents cannot know that nothing was asked for after the last commit, and says so.
    ///
    /// # Errors
    ///
    /// Where it cannot be known.
    fn last_intent(&mut self) -> Result<Option<Intent>, Self::Error> {
        let last = self.last_commit()?;
        Ok(last.map(|commit| Intent {
            sequence: commit.sequence + 1,
            operation: Operation::Next,
        }))
    }

    /// Writes down what is about to be asked for.
    ///
    /// # Errors
    ///
    /// Where it could not be written; nothing is asked for then.
    fn intend(&mut self, intent: &Intent) -> Result<(), Self::Error> {
        let _ = intent;
        Ok(())
    }

    /// Takes a page.
    ///
    /// # Errors
    ///
    /// Where the page could not be written.
    fn append(&mut self, page: &Page) -> Result<(), Self::Error>;

    /// Makes the page that was taken last a safe one.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    fn commit(&mut self, commit: &Commit) -> Result<(), Self::Error>;
}
