//! Builds nothing: it tells cargo that the player, the themes and the labels, which the program carries, are sources too.

fn main() {
    println!("cargo:rerun-if-changed=src/player");
    println!("cargo:rerun-if-changed=src/recall/labels");
    println!("cargo:rerun-if-changed=themes");
}
