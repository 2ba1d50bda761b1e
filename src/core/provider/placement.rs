//! Where a token goes in a request.

use super::{List, Place, Text};
use crate::core::text::is_one_of;

/// Where a token goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenIn {
    /// Into `Authorization`, with the provider's scheme.
    Header,
    /// Into the query, under the provider's name for that form of token.
    Query,
}

/// The forms of token that services tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenForm {
    /// An access token, opaque to us.
    Access,
    /// A player's JWT, minted by the app's own backend: `client_id:jws`.
    Jwt,
}

/// Where tokens go unless the caller says otherwise.
#[derive(Debug)]
pub struct Placement {
    /// Schemes of `Authorization`: the first one, or another of them that a 401 asks for.
    pub schemes: List<Text>,
    /// Where access tokens go from a server.
    pub access: TokenIn,
    /// Where they go from a page.
    pub access_in_page: TokenIn,
    /// Where players' JWTs go.
    pub jwt: TokenIn,
    /// The query name of an access token.
    pub access_query: Text,
    /// The query name of a JWT.
    pub jwt_query: Text,
}

impl Placement {
    /// Where a token goes.
    pub fn of(&self, form: TokenForm, place: Place) -> TokenIn {
        match (form, place) {
            (TokenForm::Jwt, _) => self.jwt,
            (TokenForm::Access, Place::Page) => self.access_in_page,
            (TokenForm::Access, Place::Server | Place::Worker) => self.access,
        }
    }

    /// The query name for a form of token.
    pub fn query_name(&self, form: TokenForm) -> &str {
        match form {
            TokenForm::Access => &self.access_query,
            TokenForm::Jwt => &self.jwt_query,
        }
    }

    /// The scheme of that number.
    pub fn scheme(&self, number: usize) -> &str {
        self.schemes.get(number).map_or("", |scheme| scheme)
    }

    /// The number of the scheme that a challenge (RFC 9110, section 11.6.1) asks for, if it is one of
    /// these and another than the one that was used. Of another server's schemes none is believed.
    pub fn asked_for(&self, challenge: &str, used: usize) -> Option<usize> {
        let names = |number: &usize| is_named(challenge, &self.schemes[*number]);
        let mut others = (0..self.schemes.len()).filter(|number| *number != used);
        others.find(names).filter(|_| !names(&used))
    }
}

/// Whether a challenge begins with that scheme.
fn is_named(challenge: &str, scheme: &str) -> bool {
    let Some((start, rest)) = challenge.split_at_checked(scheme.len()) else {
        return false;
    };
    let ends = rest
        .bytes()
        .next()
        .is_none_or(|byte| is_one_of(byte, b" ,"));
    start.eq_ignore_ascii_case(scheme) && ends
}

#[cfg(test)]
mod tests {
    use super::super::presets::{KUMITE, PLAYOFF, TOORNAMENT};
    use super::*;

    #[test]
    fn places_tokens_where_they_are_known_to_work() {
        for (form, place, expected) in [
            (TokenForm::Jwt, Place::Page, TokenIn::Query),
            (TokenForm::Jwt, Place::Server, TokenIn::Query),
            (TokenForm::Access, Place::Page, TokenIn::Query),
            (TokenForm::Access, Place::Server, TokenIn::Header),
            (TokenForm::Access, Place::Worker, TokenIn::Header),
        ] {
            assert_eq!(PLAYOFF.placement.of(form, place), expected);
        }
        for place in [Place::Page, Place::Server, Place::Worker] {
            for service in [&KUMITE, &TOORNAMENT] {
                let token_in = service.placement.of(TokenForm::Access, place);
                assert_eq!(token_in, TokenIn::Header);
            }
        }
    }

    #[test]
    fn a_challenge_is_answered_by_the_providers_own_schemes_alone() {
        for (challenge, used, expected) in [
            ("OAuth", 0, Some(1)),
            ("oauth realm=\"x\"", 0, Some(1)),
            ("Bearer realm=\"x\"", 1, Some(0)),
            ("Bearer error=\"invalid_token\"", 0, None),
            ("OAuth", 1, None),
            ("OAuthX", 0, None),
            ("Basic realm=\"OAuth\"", 0, None),
            ("", 0, None),
            ("ÖAuth", 0, None),
        ] {
            let asked_for = KUMITE.placement.asked_for(challenge, used);
            assert_eq!(asked_for, expected, "{challenge}");
        }
        assert_eq!(TOORNAMENT.placement.asked_for("OAuth", 0), None);
    }
}
