/** What `config.mjs` binds. */
interface Env {
  PLAYOFF_API_URL: string;
  PLAYOFF_AUTH_URL: string;
  PLAYOFF_CLIENT_ID: string;
  PLAYOFF_CLIENT_SECRET: string;
  SIGN_IN_CLIENT_ID: string;
  SIGN_IN_CLIENT_SECRET: string;
  APP_CLIENT_ID: string;
  APP_CLIENT_SECRET: string;
  SANDBOX_CONTROL_URL: string;
  ASSETS: Fetcher;
}
