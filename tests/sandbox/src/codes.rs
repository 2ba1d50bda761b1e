//! The platform's error codes, their statuses and texts, in one table.

use serde_json::{Map, Value, json};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $status:literal, $text:literal;)*) => {
        /// An error code of the platform.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it stands in `error`.
            pub fn name(self) -> &'static str { match self { $(Code::$name => $code,)* } }

            /// The HTTP status that it comes with.
            pub fn status(self) -> u16 { match self { $(Code::$name => $status,)* } }

            /// Its usual `error_description`.
            pub fn text(self) -> &'static str { match self { $(Code::$name => $text,)* } }
        }
    };
}

// The statuses marked "recorded" were seen at the real service. For the others
// only the code is known (some not even that, marked "ours"): they have the
// status that RFC 6749, RFC 6750 or RFC 9110 gives to the same situation.
codes! {
    /// Recorded: 400, `data.valid` false, this text.
    ValidationException, "validation_exception", 400, "Invalid request";
    /// Recorded: 404, this text.
    RouteNotFound, "route_not_found", 404, "This route does not exist";
    /// Recorded: 404.
    PlayerNotFound, "player_not_found", 404, "The player does not exist";
    /// Recorded: 404, this text.
    ImageNotFound, "image_not_found", 404, "The player has no display image";
    /// Recorded at the availability check: 409. Taken for creation too.
    PlayerExists, "player_exists", 409, "A player with this id already exists";
    /// Recorded in v1: 503; v2's is unknown. Kept, since it is the hard case:
    /// a 503 that is no outage.
    RateLimitExceeded, "rate_limit_exceeded", 503, "The action has been played too often";
    /// Status by RFC 6750; recorded is only that it isn't a success.
    InvalidAccessToken, "invalid_access_token", 401, "The access token is invalid";
    /// Status by RFC 6749 section 5.2.
    InvalidGrant, "invalid_grant", 400, "The grant is invalid, has ended or was revoked";
    /// Status by RFC 6749 section 5.2; the text is recorded.
    ClientAuthFail, "client_auth_fail", 401, "Client authentication failed";
    /// Status by RFC 6749 section 5.2.
    InvalidRequest, "invalid_request", 400, "The request is not complete";
    /// Ours (RFC 6749): what the platform says here is unknown.
    UnauthorizedClient, "unauthorized_client", 400, "The client may not use this grant";
    /// Ours (RFC 6749): what the platform says here is unknown.
    UnsupportedGrantType, "unsupported_grant_type", 400, "The grant type is not supported";
    /// Ours (RFC 6749); goes back to the client by redirect.
    UnsupportedResponseType, "unsupported_response_type", 400, "The response type is not supported";
    /// Ours (RFC 6749); goes back to the client by redirect.
    InvalidScope, "invalid_scope", 400, "The scope is unknown or not for this client";
    /// Status by RFC 6750 section 3.1.
    AccessDenied, "access_denied", 403, "The client has no access to this route";
    /// The text is recorded; the status is a caller's error.
    InvalidPlayer, "invalid_player", 400, "The 'player_id' parameter should be specified in the query";
    /// Ours, after `player_not_found`.
    ActionNotFound, "action_not_found", 404, "The action does not exist";
    /// Ours, after `player_not_found`.
    LeaderboardNotFound, "leaderboard_not_found", 404, "The leaderboard does not exist";
    /// Ours, after `player_not_found`.
    MetricNotFound, "metric_not_found", 404, "The metric does not exist";
    /// Ours, after `player_not_found`.
    TeamNotFound, "team_not_found", 404, "The team does not exist";
    /// Ours, after `player_exists`.
    TeamExists, "team_exists", 409, "A team with this id already exists";
    /// Ours, after `player_not_found`.
    ProcessNotFound, "process_not_found", 404, "The process does not exist";
    /// Ours, after `player_exists`.
    ProcessExists, "process_exists", 409, "A process with this id already exists";
    /// Ours, after `player_not_found`.
    DefinitionNotFound, "definition_not_found", 404, "The definition does not exist";
    /// The code is recorded; the status is ours, after `player_not_found`.
    RuleNotFound, "rule_not_found", 404, "The rule does not exist";
    /// The text is recorded, with the number of the plan; the status isn't.
    PlanLimitExceeded, "plan_limit_exceeded", 403, "Your staging API usage has exceeded the limit of API calls. Please upgrade your plan.";
    /// The code is recorded; the status is ours, after `plan_limit_exceeded`.
    PlayerLimitExceeded, "player_limit_exceeded", 403, "The limit of players of the plan has been reached";
    /// Ours: bodies above the shell's limit.
    PayloadTooLarge, "payload_too_large", 413, "The body is too large";
    /// Ours: the default of the fault control.
    TemporarilyUnavailable, "temporarily_unavailable", 503, "The service is temporarily unavailable";
    /// Ours: the default of the fault control for other 5xx.
    ServerError, "server_error", 500, "Something went wrong";
}

impl Code {
    /// The code that a bare status stands for, when a fault gives no body.
    pub fn for_status(status: u16) -> Self {
        match status {
            401 => Self::InvalidAccessToken,
            403 => Self::AccessDenied,
            404 => Self::RouteNotFound,
            503 => Self::TemporarilyUnavailable,
            400..=499 => Self::InvalidRequest,
            _ => Self::ServerError,
        }
    }
}

/// An error answer: `error`, `error_description` and, for some, `data`.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The code.
    pub code: Code,
    description: String,
    data: Option<Value>,
}

impl Envelope {
    /// An error with a text of its own.
    pub fn new(code: Code, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            data: None,
        }
    }

    /// A `validation_exception` with the one thing that was wrong.
    pub fn validation(field: &str, message: &str) -> Self {
        Self::validations(vec![detail(field, message)])
    }

    /// A `validation_exception` with all that was wrong (see [`detail`]).
    pub fn validations(errors: Vec<Value>) -> Self {
        let code = Code::ValidationException;
        Self {
            code,
            description: code.text().to_owned(),
            data: Some(json!({ "valid": false, "errors": errors })),
        }
    }

    /// The envelope as it goes over the wire.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("error".into(), self.code.name().into());
        map.insert("error_description".into(), self.description.as_str().into());
        if let Some(data) = &self.data {
            map.insert("data".into(), data.clone());
        }
        Value::Object(map)
    }
}

impl From<Code> for Envelope {
    fn from(code: Code) -> Self {
        Self::new(code, code.text())
    }
}

/// One entry of a validation's details.
pub fn detail(field: &str, message: &str) -> Value {
    json!({ "property": field, "message": message })
}
