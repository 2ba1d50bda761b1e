//! An end to waiting.

use std::pin::pin;

use futures_util::future::{Either, select};

use crate::core::error::Error;
use crate::core::host::Host;

/// How long may be waited, for what, and by which option.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'a> {
    /// What is waited for, as errors name it.
    pub what: &'a str,
    /// The option that sets the limit.
    pub option: &'static str,
    /// The limit.
    pub milliseconds: u32,
}

/// What `work` gives, unless it takes longer than it may: then it is dropped, which ends
/// what it waits for.
pub async fn within<H: Host, T, E: From<Error<H::Value>>>(
    host: &H,
    limit: Limit<'_>,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    match select(pin!(work), pin!(host.sleep(limit.milliseconds))).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            let Limit {
                what,
                option,
                milliseconds,
            } = limit;
            Err(Error::timeout(what, option, milliseconds).into())
        }
    }
}
