//! What can go wrong, in one form.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use crate::core::bugs::{self, Bug};
use crate::core::secret::Secret;
use crate::core::text::{concat, number};
use crate::core::value::Value;

/// Our own codes; every other code is the service's `error`.
pub mod code {
    /// An option that `createClient` doesn't know.
    pub const UNKNOWN_OPTION: &str = "unknown_option";
    /// An option with a value that can't be used.
    pub const INVALID_OPTION: &str = "invalid_option";
    /// A route that isn't a plain path of the service.
    pub const INVALID_ROUTE: &str = "invalid_route";
    /// A player for whom the client's token isn't.
    pub const PLAYER_NOT_GRANTED: &str = "player_not_granted";
    /// Something that nobody but a backend should have.
    pub const SECRET_IN_PAGE: &str = "secret_in_page";
    /// A query that can't be sent.
    pub const INVALID_QUERY: &str = "invalid_query";
    /// A body that can't be sent.
    pub const INVALID_BODY: &str = "invalid_body";
    /// A play whose variables the action doesn't take.
    pub const INVALID_VARIABLES: &str = "invalid_variables";
    /// A typed call that this version of the API has no known route for.
    pub const UNSUPPORTED_VERSION: &str = "unsupported_version";
    /// A call needs a token and the client has none.
    pub const TOKEN_MISSING: &str = "token_missing";
    /// The `token` callback threw or rejected.
    pub const TOKEN_CALLBACK_FAILED: &str = "token_callback_failed";
    /// What stood for a token isn't one.
    pub const INVALID_TOKEN: &str = "invalid_token";
    /// The token ended and there is no other.
    pub const TOKEN_EXPIRED: &str = "token_expired";
    /// The backend that mints tokens answered with an error.
    pub const TOKEN_REQUEST_FAILED: &str = "token_request_failed";
    /// The client was signed out while a call waited for a token.
    pub const SIGNED_OUT: &str = "signed_out";
    /// The `storage` option failed.
    pub const STORAGE_FAILED: &str = "storage_failed";
    /// The client was disposed of.
    pub const DISPOSED: &str = "disposed";
    /// Nobody is signed in, and nothing but a sign-in changes that.
    pub const LOGIN_REQUIRED: &str = "login_required";
    /// A sign-in needs a page, and this is none.
    pub const NOT_A_PAGE: &str = "not_a_page";
    /// The page isn't a secure context.
    pub const INSECURE_ORIGIN: &str = "insecure_origin";
    /// `login.storage` keeps nothing.
    pub const STORAGE_UNAVAILABLE: &str = "storage_unavailable";
    /// The answer to a sign-in doesn't say which one.
    pub const STATE_MISSING: &str = "state_missing";
    /// The answer to a sign-in that wasn't begun here.
    pub const STATE_MISMATCH: &str = "state_mismatch";
    /// The answer to a sign-in that was begun too long ago.
    pub const LOGIN_EXPIRED: &str = "login_expired";
    /// The answer to a sign-in is of another service.
    pub const ISSUER_MISMATCH: &str = "issuer_mismatch";
    /// Another tab has exchanged the code.
    pub const CODE_USED: &str = "code_used";
    /// The worker wasn't told of the sign-out.
    pub const SIGN_OUT_FAILED: &str = "sign_out_failed";
    /// There is no WebSocket here.
    pub const NO_WEB_SOCKET: &str = "no_web_socket";
    /// The stream of notifications takes no token.
    pub const STREAM_REFUSED: &str = "stream_refused";
    /// Nothing came back in time.
    pub const TIMEOUT: &str = "timeout";
    /// The request or its answer was lost.
    pub const NETWORK_ERROR: &str = "network_error";
    /// An HTTP error without the service's error envelope.
    pub const HTTP_ERROR: &str = "http_error";
    /// A redirect that isn't followed.
    pub const REDIRECT_REFUSED: &str = "redirect_refused";
    /// A success whose body can't be read as asked.
    pub const INVALID_RESPONSE: &str = "invalid_response";
}

/// Which JavaScript class stands for the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The caller's own mistake; nothing was sent.
    Config,
    /// No token, or one that was refused.
    Auth,
    /// The service said no.
    Api,
    /// The network said nothing.
    Network,
    /// Nobody said anything in time.
    Timeout,
}

/// An error as the caller gets it. `V` is the host's own kind of value.
///
/// Boxed, since it travels through every result: as it is, moving it would take more code than
/// making it.
#[derive(Clone, Debug, PartialEq)]
pub struct Error<V>(Box<Details<V>>);

/// What an [`Error`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct Details<V> {
    /// Its class.
    pub kind: Kind,
    /// What a program asks for.
    pub code: Cow<'static, str>,
    /// What a person reads: what was wrong, and what would be right.
    pub message: String,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The service's name for the request, where it gave one.
    pub request_id: Option<String>,
    /// The envelope's `data`.
    pub data: Option<V>,
    /// What the host threw.
    pub cause: Option<V>,
    /// Whether the same call may work later.
    pub retryable: bool,
    /// Milliseconds after which the service wants to be asked again.
    pub retry_after: Option<u32>,
}

impl<V> Error<V> {
    fn new(kind: Kind, code: impl Into<Cow<'static, str>>, message: String) -> Self {
        Self(Box::new(Details {
            kind,
            code: code.into(),
            message,
            status: None,
            request_id: None,
            data: None,
            cause: None,
            retryable: matches!(kind, Kind::Network | Kind::Timeout),
            retry_after: None,
        }))
    }

    /// The caller's own mistake.
    pub fn config(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Config, code, message.into())
    }

    /// An option whose value can't be used: its name and what it takes.
    pub fn option(name: &str, takes: &str) -> Self {
        Self::config(
            code::INVALID_OPTION,
            concat(&["option `", name, "` must be ", takes]),
        )
    }

    /// No usable token.
    pub fn auth(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Kind::Auth, code, message.into())
    }

    /// The service's answer can't be used, or is a refusal.
    pub fn api(code: impl Into<Cow<'static, str>>, message: String, status: u16) -> Self {
        let mut error = Self::new(Kind::Api, code, message);
        error.status = Some(status);
        error
    }

    /// The request or its answer was lost.
    pub fn network(message: String, cause: V) -> Self {
        Self::new(Kind::Network, code::NETWORK_ERROR, message).caused_by(cause)
    }

    /// Nothing came back within `milliseconds`, which `option` allows.
    pub fn timeout(what: &str, option: &str, milliseconds: u32) -> Self {
        let message = concat(&[
            what,
            " took longer than the `",
            option,
            "` of ",
            &number(milliseconds.into()),
            " ms",
        ]);
        Self::new(Kind::Timeout, code::TIMEOUT, message)
    }

    /// Another tab renews the token, and takes too long.
    pub fn busy(milliseconds: u32) -> Self {
        let message = concat(&[
            "another tab is renewing the token, and hasn't come to an end within ",
            &number(milliseconds.into()),
            " ms: try again later",
        ]);
        Self::new(Kind::Timeout, code::TIMEOUT, message)
    }

    /// The same, with what the host threw.
    pub fn caused_by(mut self, cause: V) -> Self {
        self.cause = Some(cause);
        self
    }
}

impl<V: Value> Error<V> {
    /// The same, without a trace of `secret`.
    pub fn scrubbed(mut self, secret: &Secret) -> Self {
        if bugs::has(Bug::TokenInError) {
            return self;
        }
        if let Cow::Owned(code) = &self.code {
            self.code = secret.scrub(code).into();
        }
        self.message = secret.scrub(&self.message);
        if let Some(id) = &mut self.request_id {
            *id = secret.scrub(id);
        }
        // As we write it: there are many ways of writing one text.
        let data = self.data.take().and_then(|data| data.json());
        self.data = data.and_then(|json| V::parse(&secret.scrub(&json)));
        self.cause = self.cause.take().map(|cause| cause.scrubbed(secret));
        self
    }
}

impl<V> Deref for Error<V> {
    type Target = Details<V>;

    fn deref(&self) -> &Details<V> {
        &self.0
    }
}

impl<V> DerefMut for Error<V> {
    fn deref_mut(&mut self) -> &mut Details<V> {
        &mut self.0
    }
}

/// How a call ends when it doesn't succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure<V> {
    /// With an error of ours.
    Failed(Error<V>),
    /// With what the caller gave: the reason of its `AbortSignal`, or what its hook threw.
    Thrown(V),
}

impl<V> From<Error<V>> for Failure<V> {
    fn from(error: Error<V>) -> Self {
        Self::Failed(error)
    }
}
