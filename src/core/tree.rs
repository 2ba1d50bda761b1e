//! Values that can be looked into and changed where they are.

use crate::core::value::Value;

/// A value as JSON has them, in the host's own form. Changes are made in place: an answer of
/// thousands of rows is never copied.
///
/// Names are values too, so that one that is asked of many objects is made once.
pub trait Tree: Value {
    /// A text.
    fn text(text: &str) -> Self;
    /// A number.
    fn number(number: f64) -> Self;
    /// What stands for nothing at all.
    fn absent() -> Self;
    /// An object without members.
    fn object() -> Self;
    /// A list of these.
    fn list(items: Vec<Self>) -> Self;

    /// Whether it is text.
    fn is_text(&self) -> bool;
    /// Whether it is true.
    fn is_true(&self) -> bool;
    /// Whether it is the JSON null, or nothing at all.
    fn is_nothing(&self) -> bool;
    /// The items of a caller's list, which may throw when it is looked into; `None` for what is none, or
    /// can't be read.
    fn items(&self) -> Option<Vec<Self>>;
    /// Takes over the members of a caller's object.
    ///
    /// # Errors
    /// What that throws.
    fn assign(&mut self, object: &Self) -> Result<(), Self>;
    /// How many items a list has; `None` for what is no list.
    fn length(&self) -> Option<u32>;
    /// The names of an object's members; `None` for what is no object.
    fn names(&self) -> Option<Vec<Self>>;
    /// The number that a text writes, all of it.
    fn written_number(&self) -> Option<f64>;
    /// A text, or a number as it is written.
    fn written(&self) -> Option<String>;

    /// An item, to be looked at.
    fn at(&self, index: u32) -> Self;
    /// A member, to be changed and put back; `None` where there is none.
    fn take(&mut self, name: &Self) -> Option<Self>;
    /// Sets a member.
    fn put(&mut self, name: &Self, value: Self);
    /// Removes a member.
    fn remove(&mut self, name: &Self);
    /// An item, to be changed and put back.
    fn take_at(&mut self, index: u32) -> Self;
    /// Sets an item.
    fn put_at(&mut self, index: u32, value: Self);
}
