//! What the rings say, one ring after the other also where two run side by side.

use std::cell::RefCell;

thread_local! {
    static KEPT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A line of a ring, which runs in this thread.
pub fn say(line: &str) {
    KEPT.with_borrow_mut(|kept| match kept {
        Some(text) => {
            text.push_str(line);
            text.push('\n');
        }
        None => println!("{line}"),
    });
}

/// Does the work, and gives the lines that were said in it.
pub fn keeping<T>(work: impl FnOnce() -> T) -> (T, String) {
    KEPT.set(Some(String::new()));
    let done = work();
    (done, KEPT.take().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_given_back_in_its_order() {
        let (done, said) = keeping(|| {
            say("one");
            say("two");
            3
        });
        assert_eq!((done, said.as_str()), (3, "one\ntwo\n"));
        KEPT.with_borrow(|kept| assert!(kept.is_none()));
    }
}
