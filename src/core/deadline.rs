//! An end to waiting.

use std::pin::pin;

use futures_util::future::{Either, select};

use crate::core::error::Error;
use crate::core::host::Host;

/// What `work` gives, unless it takes longer than `milliseconds`: then it is dropped, which ends
/// what it waits for.
pub async fn within<H: Host, T>(
    host: &H,
    milliseconds: u32,
    what: &str,
    work: impl Future<Output = Result<T, Error<H::Value>>>,
) -> Result<T, Error<H::Value>> {
    match select(pin!(work), pin!(host.sleep(milliseconds))).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => Err(Error::timeout(what, milliseconds)),
    }
}
