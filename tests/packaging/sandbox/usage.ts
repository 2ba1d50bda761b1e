// The sandbox's types, as a test of a user's would use them.

import { type Control, type Fault, type Sandbox, controlClient, startSandbox } from "playoff-sandbox";
import { controlClient as alone } from "playoff-sandbox/control";

const sandbox: Sandbox = await startSandbox({ port: 0, seed: 7, clock: 0 });
const secret: string | null | undefined = sandbox.playoff.clients[0]?.clientSecret;
const fault: Fault = { status: 503, drop: "body", headers: { "retry-after": 1 } };
const control: Control = controlClient(sandbox.control.url);
await control.fail(fault);
await alone(control.url).seed({ players: [{ id: "a", alias: "A", scores: { points: 1 } }], callLimit: null });
for (const call of await control.log()) console.log(call.method, call.status ?? "cut", secret);
const { connections } = await control.stream.restart({ refuse: 10 });
console.log(connections);
await sandbox.stop();

// @ts-expect-error a port is a number
await startSandbox({ port: "8790" });
// @ts-expect-error there is no such way to cut
await control.fail({ drop: "sometimes" });
