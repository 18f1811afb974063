use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, which calls a library on what an author wrote; a panic in it becomes an error with the panic's words,
/// and is not printed.
///
/// The last line of defence: what is known to panic is refused before.
///
/// # Errors
/// The words of the panic.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let outer = take_hook();
        set_hook(Box::new(move |panic| {
            if !CONTAINED.get() {
                outer(panic);
            }
        }));
    });
    let before = CONTAINED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    result.map_err(|panic| {
        let words =
            panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        words.unwrap_or("no reason given").to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::contain;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        assert_eq!(contain(|| 1), Ok(1));
        let none: Vec<u8> = Vec::new();
        let index = none.len();
        assert!(contain(|| none[index]).unwrap_err().contains("out of bounds"));
        assert_eq!(contain(|| contain(|| panic!("inner {}", 1))), Ok(Err::<(), _>("inner 1".to_owned())));
    }
}
