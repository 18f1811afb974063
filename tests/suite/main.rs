//! One test binary.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that fails says where")]

mod pdf;
