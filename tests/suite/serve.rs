//! The servers over plain sockets: no browser helps them to keep their rules.
//!
//! `server` starts the real program, `client` speaks HTTP and web sockets byte by byte.

pub(crate) mod asked;
mod asking;
mod asking_file;
pub(crate) mod client;
mod list;
mod preview;
mod room;
mod room_record;
mod room_safety;
pub(crate) mod server;
pub(crate) mod watched;
