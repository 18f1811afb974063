//! The finished models to bytes, without touching a disk.
//!
//! In: a deck or laid-out pages. Out: the bytes of one file each. Exporters never import each other.

pub mod html;
