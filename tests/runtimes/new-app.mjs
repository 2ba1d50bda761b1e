// A new app at the sandbox: nobody has a token of it yet, whatever lives on from other cases.

let apps = 0;

/** Its credentials. */
export async function newApp(control) {
  const clientId = `edge-${++apps}`;
  const app = { clientId, clientSecret: `${clientId}-secret-not-a-real-secret` };
  await control.seed({ clients: [{ ...app, type: "client_credentials" }] });
  return app;
}
