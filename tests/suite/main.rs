//! All tests of the suite, in one binary.

mod parse;
