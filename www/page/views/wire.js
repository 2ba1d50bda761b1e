import { byId, h, keep } from "../dom.js";
import { clearLog, wireLog } from "../wire-log.js";

const list = byId("calls").querySelector("ol");

/** Each call on a line; opened, it shows the headers both ways. */
function draw() {
  keep(list, wireLog.calls, { key: ({ number }) => number, create: createLine, update: updateLine });
}

function createLine({ method, route, host, sent, words }) {
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("span", { class: "call-method" }, method),
        h("span", { class: "call-route" }, route),
        h("span", { class: "call-host" }, host),
        h("span", { class: "call-status" }, "…"),
        h("span", { class: "call-time" }),
      ),
      words ? wordList() : headerList("Sent", sent),
    ),
  );
}

function updateLine(line, { outcome, milliseconds, received, words }) {
  const details = line.firstChild;
  if (words) updateWords(details.querySelector("ol"), words);
  if (outcome === undefined || line.dataset.outcome === String(outcome)) return;
  line.dataset.outcome = outcome;
  line.dataset.tone = outcome < 400 || outcome === "open" || outcome === "closed" ? "good" : "bad";
  details.querySelector(".call-status").textContent = outcome;
  details.querySelector(".call-time").textContent = `${Math.max(1, Math.round(milliseconds))} ms`;
  if (received) details.append(headerList("Received", received));
}

function headerList(title, headers) {
  const lines = headers.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  return h(
    "section",
    { class: "headers" },
    h("h3", {}, title),
    lines.length ? h("dl", {}, lines) : h("p", {}, "No headers of its own"),
  );
}

const wordList = () =>
  h("section", { class: "headers" }, h("h3", {}, "Said, the first word of each; what follows may be a token"), h("ol", {}));

const ARROWS = { sent: "→", received: "←" };

function updateWords(list, words) {
  list.replaceChildren(
    ...words.map(([way, word]) =>
      h("li", {}, h("span", { "aria-hidden": "true" }, ARROWS[way]), h("span", { class: "unseen" }, `${way}: `), ` ${word}`),
    ),
  );
}

/** Who the token at hand is for; the token itself stays in the client. */
export function showToken(claims) {
  if (!claims) return;
  const end = new Date(claims.exp * 1_000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  byId("wire-token").textContent =
    `Signed in with a JWT from the worker: player ${claims.player_id}, ${claims.scopes.join(" and ")}, until ${end}.`;
}

byId("wire-clear").addEventListener("click", clearLog);
wireLog.addEventListener("change", draw);
draw();
