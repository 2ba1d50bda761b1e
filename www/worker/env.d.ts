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
  KUMITE_URL: string;
  KUMITE_REFRESH_TOKEN: string;
  TOORNAMENT_URL: string;
  TOORNAMENT_CLIENT_ID: string;
  TOORNAMENT_CLIENT_SECRET: string;
  TOORNAMENT_API_KEY: string;
  SANDBOX_CONTROL_URL: string;
  ASSETS: Fetcher;
}
