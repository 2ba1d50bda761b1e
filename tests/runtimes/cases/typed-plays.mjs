// Plays: what they take, and what isn't sent since it can't work.

import { deepEqual, equal, failure } from "../../lib/assert.mjs";

const wrong = async (t, client, given, message) => {
  const before = (await t.calls()).length;
  const error = await failure(() => client.runtime.play("set_test_points", given));
  t.checkError(error, { name: "ConfigError", code: "invalid_variables", message });
  equal((await t.calls()).length, before, "calls that the sandbox got");
};

export const typedPlayCases = [
  {
    name: "typed play: variables, scopes and count are the body",
    async run(t) {
      const client = await t.recorded();
      const given = { variables: { tst_p: 30, remark: "x" }, count: 2 };
      const { events } = await client.runtime.play("set_test_points", given);
      deepEqual((await t.calls()).at(-1).body, given, "body as received");
      deepEqual(events.local[0].action.vars, given.variables, "variables, in their types");
      equal(events.local[0].count, 2, "times");
      await client.runtime.play("first_deed");
      deepEqual((await t.calls()).at(-1).body, {}, "body without options");
      const scopes = [{ id: "scope", entity_id: "entity" }];
      await failure(() => client.runtime.play("plus", { scopes }));
      deepEqual((await t.calls()).at(-1).body, { scopes }, "body with scopes");
    },
  },
  {
    name: "typed play: what can't work isn't sent, once the action is known",
    async run(t) {
      const client = await t.recorded();
      const unknown = await failure(() => client.runtime.play("set_test_points"));
      t.checkError(unknown, { name: "ApiError", status: 400 });
      await client.runtime.actions();
      await wrong(t, client, undefined, /`tst_p`.*is required/);
      await wrong(t, client, { variables: {} }, /`tst_p`.*is required/);
      await wrong(t, client, { variables: { tst_p: "many" } }, /`tst_p`.*whole number/);
      await wrong(t, client, { variables: { tst_p: 1.5 } }, /`tst_p`.*whole number/);
      await wrong(t, client, { variables: { tst_p: 1, remark: 2 } }, /`remark`.*string/);
      await client.runtime.play("set_test_points", { variables: { tst_p: 1 } });
      await client.runtime.play("set_test_points", { variables: { tst_p: "2" } });
    },
  },
  {
    name: "typed play: an earlier play makes the actions known, until the player signs out",
    async run(t) {
      const client = await t.recorded();
      await client.runtime.play("first_deed");
      await wrong(t, client, undefined, /`tst_p`.*is required/);
      await client.logout();
      const error = await failure(() => client.runtime.play("set_test_points"));
      t.checkError(error, { name: "ApiError", status: 400 });
    },
  },
  {
    name: "typed play: what one player may play says nothing of another",
    async run(t) {
      await t.control.game("recorded");
      const client = t.app({ playerId: "player1" });
      await client.runtime.actions();
      await wrong(t, client, { playerId: "player1" }, /`tst_p`/);
      const error = await failure(() => client.runtime.play("set_test_points", { playerId: "player2" }));
      t.checkError(error, { name: "ApiError", status: 400 });
    },
  },
  {
    name: "typed play: variables with getters that call the client",
    async run(t) {
      const client = await t.recorded();
      await client.runtime.actions();
      const variables = {
        get tst_p() {
          client.claims();
          void client.logout();
          return 3;
        },
      };
      const { events } = await client.runtime.play("set_test_points", { variables });
      equal(events.local[0].action.vars.tst_p, 3, "variable as received");
    },
  },
  {
    name: "typed play: v1 has the id in the body, and the same result",
    async run(t) {
      const client = await t.recorded({ version: "v1" });
      const { actions, events, ...others } = await client.runtime.play("first_deed", { count: 1 });
      const [call] = await t.calls();
      deepEqual([call.path, call.body], ["/v1/action/play", { id: "first_deed", count: 1 }], "as received");
      equal(actions.find((action) => action.id === "first_deed").rewards[0].value, 4, "reward");
      equal(events.local[0].changes[0].delta.new, 28, "points afterwards");
      deepEqual(others, {}, "nothing under v1's own names");
      await wrong(t, client, {}, /`tst_p`/);
    },
  },
];
