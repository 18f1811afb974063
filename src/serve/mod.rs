//! Servers for the author and the speaker.
//!
//! In: what the pipeline has made. Out: pages, events and sockets for browsers. Loopback unless asked otherwise; only
//! what is named here is served, never a folder. The only place where work waits for a network, and where a talk is
//! timed; it must not print.

mod address;
mod audience;
mod guard;
mod moment;
mod preview;
mod room;
mod stop;

pub use audience::BookError;
pub use preview::{OnVerdict, PreviewOptions, Verdict, preview};
pub use room::{Addresses, Asking, Held, Reach, RoomError, RoomOptions, SOCKET, present};
