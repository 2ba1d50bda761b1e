//! Errors as JavaScript gets them: real `Error`s of the classes in `errors.js`.

use wasm_bindgen::prelude::*;

use crate::core::error::{Error, Failure, Kind};

#[wasm_bindgen(raw_module = "../lib/create-error.js")]
extern "C" {
    /// Makes the `Error` of a class; the one place where classes and wasm meet.
    #[wasm_bindgen(js_name = createError)]
    fn create_error(
        class: &str,
        code: &str,
        message: &str,
        status: Option<u16>,
        request_id: Option<String>,
        retryable: bool,
        data: &JsValue,
        cause: &JsValue,
    ) -> JsValue;
}

/// The `Error` for an error.
pub fn to_js(error: Error<JsValue>) -> JsValue {
    let class = match error.kind {
        Kind::Config => "ConfigError",
        Kind::Auth => "AuthError",
        Kind::Api => "ApiError",
        Kind::Network => "NetworkError",
        Kind::Timeout => "TimeoutError",
    };
    create_error(
        class,
        &error.code,
        &error.message,
        error.status,
        error.request_id.clone(),
        error.retryable,
        error.data.as_ref().unwrap_or(&JsValue::UNDEFINED),
        error.cause.as_ref().unwrap_or(&JsValue::UNDEFINED),
    )
}

/// What a failed call rejects with.
pub fn rejection(failure: Failure<JsValue>) -> JsValue {
    match failure {
        Failure::Failed(error) => to_js(error),
        Failure::Thrown(value) => value,
    }
}
