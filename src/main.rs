//! The `retell` command.

fn main() {}
