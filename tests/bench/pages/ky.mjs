import ky from "ky";

const api = ky.create({ prefix: `${location.origin}/v2`, headers: { authorization: "Bearer token" } });
api.get("runtime/player").json();
