//! The log streams of REST API v2: the dataexport iterators.

pub mod commit;
pub mod dataexport;
pub mod index;
pub mod mark;
pub mod operation;
pub mod page;
pub mod record;
pub mod stream;

pub use commit::{Commit, Intent};
pub use index::Index;
pub use mark::{Digest, Digester, Mark};
pub use operation::{Operation, Start};
pub use page::Page;
pub use record::Record;
pub use stream::{Family, Stream};
