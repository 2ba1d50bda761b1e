//! Giving a code for a token. It is sent once, whatever comes of it.

use super::Exchange;
use super::page::Page;
use super::worker;
use crate::core::client::Client;
use crate::core::given;
use crate::core::grant::{self, Code, Giver};
use crate::core::session::Renewed;
use crate::core::source::callback_failed;
use crate::core::token::Token;

const FUNCTION: &str = "`login.exchange` function";

impl<H: Page> Client<H> {
    /// Gives a code for a token.
    ///
    /// # Errors
    /// What the service or the worker refused, what the network did, or that the caller's function
    /// threw.
    pub(super) async fn exchange(&self, code: &Code) -> Renewed<H::Value> {
        let settings = &self.settings;
        let Some(login) = &settings.login else {
            return Err(super::login_required());
        };
        let (giver, request) = match &login.exchange {
            Exchange::Page => {
                let request = grant::exchange(settings, self.place, login, code);
                (Giver::of(&settings.provider), request)
            }
            Exchange::Worker(path) => (Giver::OURS, worker::exchange(path, code)),
            Exchange::Function => return self.exchange_by_function(code).await,
        };
        grant::ask(&self.host, giver, &request).await
    }

    async fn exchange_by_function(&self, code: &Code) -> Renewed<H::Value> {
        let given = self.host.exchange(code).await;
        let given = given.map_err(|thrown| callback_failed(FUNCTION, thrown))?;
        let record = given::read(&self.host, FUNCTION, given).await?;
        Token::new(record, true, self.host.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::login::Login;
    use crate::core::provider::Place;
    use crate::core::request::{Body, Redirect};
    use crate::core::secret::Secret;
    use crate::core::settings::{Options, Settings};
    use serde_json::{Value as Json, json};

    fn code() -> Code {
        Code {
            code: Secret::new("c\"\\& 1".into()),
            verifier: Secret::new("v".into()),
            redirect_uri: "https://app.example/back?x=y".into(),
        }
    }

    #[test]
    fn a_public_client_sends_a_form_to_the_token_endpoint() {
        let settings = Settings::new::<Json>(Options::default()).unwrap();
        let login = Login {
            client_id: "app".into(),
            ..Login::default()
        };
        let request = grant::exchange::<Json>(&settings, Place::Page, &login, &code());
        assert_eq!(request.url, "https://playoffgamification.io/auth/token");
        assert_eq!(request.redirect, Redirect::Error);
        let Some(Body::Form(form)) = request.body else {
            panic!("it has a form");
        };
        assert_eq!(
            form,
            "grant_type=authorization_code&client_id=app&code=c%22%5C%26%201\
             &redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fx%3Dy&code_verifier=v"
        );
    }

    #[test]
    fn a_worker_gets_json() {
        let request = worker::exchange::<Json>("/auth/exchange", &code());
        assert_eq!(
            (&*request.url, request.redirect),
            ("/auth/exchange", Redirect::Error)
        );
        let Some(Body::Text(text)) = request.body else {
            panic!("it has a text");
        };
        let expected = json!({"code": "c\"\\& 1", "code_verifier": "v",
            "redirect_uri": "https://app.example/back?x=y"});
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), expected);
    }
}
