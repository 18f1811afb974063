//! Builds nothing: it tells cargo that the player and the themes, which the program carries, are sources too.

fn main() {
    println!("cargo:rerun-if-changed=src/player");
    println!("cargo:rerun-if-changed=themes");
}
