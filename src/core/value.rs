//! Values in the host's own form.

use std::fmt::Debug;

use crate::core::secret::Secret;

/// A value in the host's own form: a JavaScript value, or plain JSON in a test.
pub trait Value: Clone + Debug + 'static {
    /// Reads JSON; `None` where it isn't any.
    fn parse(json: &str) -> Option<Self>;
    /// Writes JSON; `None` where there is none for it.
    fn json(&self) -> Option<String>;
    /// A member of an object, or an item of a list by its number; `None` where it is missing or null.
    fn get(&self, name: &str) -> Option<Self>;
    /// A member that is text.
    fn text_at(&self, name: &str) -> Option<String> {
        self.get(name)?.as_text()
    }
    /// The value as text, if it is text.
    fn as_text(&self) -> Option<String>;
    /// The value as a number: one, a text of one, or a date, which counts as its Unix time in
    /// seconds.
    fn as_number(&self) -> Option<f64>;
    /// What the value is, in the words of the host: `undefined`, `number`.
    fn kind(&self) -> String;
    /// The JSON null, or what stands for it.
    fn null() -> Self;
    /// Something thrown, without a trace of `secret`.
    fn scrubbed(self, secret: &Secret) -> Self;
}

/// What somebody said by throwing.
pub fn said<V: Value>(thrown: &V) -> String {
    let message = thrown.get("message").and_then(|message| message.as_text());
    message.or_else(|| thrown.as_text()).unwrap_or_default()
}
