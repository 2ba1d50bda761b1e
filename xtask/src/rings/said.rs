//! What the rings say: of two that run side by side the second is heard when the first has ended.

use std::cell::Cell;
use std::sync::Mutex;

/// What the second has said so far, as long as the first runs.
static KEPT: Mutex<Option<String>> = Mutex::new(None);

const WHOLE: &str = "nobody panics while saying something";

thread_local! {
    static IS_SECOND: Cell<bool> = const { Cell::new(false) };
}

/// A line of a ring, which runs in this thread.
pub fn say(line: &str) {
    if IS_SECOND.get()
        && let Some(kept) = KEPT.lock().expect(WHOLE).as_mut()
    {
        kept.push_str(line);
        kept.push('\n');
        return;
    }
    println!("{line}");
}

/// From here on the second is kept.
pub fn keep_second() {
    *KEPT.lock().expect(WHOLE) = Some(String::new());
}

/// The first has ended: what was kept is said, and the second speaks for itself.
pub fn release_second() {
    let mut kept = KEPT.lock().expect(WHOLE);
    if let Some(text) = kept.take() {
        print!("{text}");
    }
}

/// Does the work of the second, in this thread.
pub fn as_second<T>(work: impl FnOnce() -> T) -> T {
    IS_SECOND.set(true);
    let done = work();
    IS_SECOND.set(false);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_alone_is_kept() {
        keep_second();
        say("the first");
        as_second(|| {
            say("one");
            say("two");
        });
        assert_eq!(KEPT.lock().unwrap().as_deref(), Some("one\ntwo\n"));
        release_second();
        assert_eq!(KEPT.lock().unwrap().as_deref(), None);
    }
}
