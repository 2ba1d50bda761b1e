// The end of a client.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { createGate, turn } from "../gate.mjs";

const PLAY = "/runtime/actions/collect/play";

const DISPOSED = { name: "ConfigError", code: "disposed", message: /createClient/ };

// Where a call may be when its client ends: `reached` tells when it is there, `goOn` lets it go on.
const STAGES = {
  async "waits for a token"(t) {
    const gate = createGate();
    const token = await t.jwt();
    return { options: { token: gate.arrive }, reached: gate.reached, goOn: () => gate.open(token) };
  },
  async "is in flight"(t) {
    await t.control.fail({ count: 1, delay: 8_000, method: "POST" });
    const gate = createGate();
    return { options: { fetch: (...args) => (gate.arrive(), fetch(...args)) }, reached: gate.reached };
  },
  async "waits between two tries"(t) {
    const headers = { "retry-after": "1", "access-control-expose-headers": "retry-after" };
    await t.control.fail({ count: 1, status: 503, headers, method: "POST" });
    const gate = createGate();
    return { options: { retry: { methods: ["POST"] } }, on: ["retry", gate.arrive], reached: gate.reached };
  },
  async "is in a hook"() {
    const gate = createGate();
    return { options: { hooks: { beforeRequest: gate.arrive } }, reached: gate.reached, goOn: gate.open };
  },
};

/** The client ends while a call is at that stage; `rejected` gets the call's rejection and lets it go on. */
async function endsWhile(t, stage, rejected) {
  const { options, on, reached, goOn = () => {} } = await stage(t);
  const client = t.client(options);
  if (on) client.on(...on);
  const caught = failure(() => client.post(PLAY, {}));
  await reached;
  // A request under way has reached the sandbox by now, or it never will.
  await turn(100);
  const before = (await t.calls()).length;
  client.dispose();
  t.checkError(await rejected(caught, goOn), DISPOSED);
  await turn(50);
  equal((await t.calls()).length, before, "calls that the sandbox got afterwards");
}

const atOnce = async (caught, goOn) => {
  const error = await caught;
  goOn();
  return error;
};

const whenItGoesOn = (caught, goOn) => {
  goOn();
  return caught;
};

export const disposalCases = [
  ...Object.entries(STAGES).map(([title, stage]) => ({
    name: `dispose: a call that ${title} rejects at once, and nothing more is sent`,
    // There, nothing of one request may wake what waits in another: a call ends with its next step.
    except: "workerd",
    run: (t) => endsWhile(t, stage, atOnce),
  })),
  ...Object.entries(STAGES)
    // What is in flight has no further step: it gives its answer.
    .filter(([title]) => title !== "is in flight")
    .map(([title, stage]) => ({
      name: `dispose: a call that ${title} sends nothing more when it goes on`,
      run: (t) => endsWhile(t, stage, whenItGoesOn),
    })),
  {
    name: "dispose: everything asked for afterwards is refused, and nothing is sent",
    async run(t) {
      const client = t.client();
      await t.works(client);
      await t.control.clearLog();
      client.dispose();
      client.dispose();
      const later = [
        () => client.get("/runtime/player"),
        () => client.post(PLAY, {}),
        () => client.request("GET", "/runtime/player"),
        () => client.upload("/runtime/player/image", new FormData()),
        () => client.getToken(),
        () => client.getToken({ refresh: true }),
        () => client.logout(),
      ];
      for (const action of later) await t.refuses(action, DISPOSED);
      equal(client.claims(), undefined, "claims");
    },
  },
  {
    name: "dispose: stored tokens stay, and serve the next client",
    async run(t) {
      const storage = t.pkg.memoryStorage();
      const first = t.client({ storage });
      await t.works(first);
      first.dispose();
      let asked = 0;
      await t.works(t.client({ storage, token: () => ((asked += 1), t.jwt()) }));
      equal(asked, 0, "times asked");
    },
  },
  {
    name: "dispose: a token that comes afterwards is neither stored nor told",
    async run(t) {
      const gate = createGate();
      const stored = [];
      const storage = { load: () => null, store: (key, token) => void stored.push(token), remove: () => {} };
      const client = t.client({ storage, token: gate.arrive });
      const told = [];
      client.on("token", (event) => told.push(event));
      const caught = failure(() => client.get("/runtime/player"));
      await gate.reached;
      client.dispose();
      gate.open(await t.jwt());
      t.checkError(await caught, DISPOSED);
      await turn(50);
      deepEqual([stored, told, await t.calls()], [[], [], []], "stored, told and sent");
    },
  },
  {
    name: "dispose: methods work detached, to the end",
    async run(t) {
      const { get, on, getToken, logout, dispose, claims } = t.client();
      const told = [];
      const off = on("token", (event) => told.push(event));
      deepEqual(await get("/runtime/player"), await t.profile(), "profile");
      equal(await getToken(), (await t.calls())[0].query.jwt, "token");
      equal(claims().player_id, "johny", "claims");
      equal(told.length, 1, "events");
      await logout();
      await get("/runtime/player");
      equal(told.length, 2, "events after a logout");
      off();
      dispose();
      t.checkError(await failure(() => get("/runtime/player")), DISPOSED);
      ok(told.length === 2, "no event afterwards");
    },
  },
  {
    name: "dispose: one client's end isn't another's",
    async run(t) {
      const [leaving, staying] = [t.client(), t.client()];
      await Promise.all([t.works(leaving), t.works(staying)]);
      leaving.dispose();
      await t.works(staying);
    },
  },
];
