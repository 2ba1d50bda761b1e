import { connection, tryNow } from "../connection.js";
import { byId, h } from "../dom.js";
import { explain } from "../words.js";

const RECOVERED_FOR = 3_000;
const notice = byId("notice");

function showConnection() {
  if (connection.state === "lost") {
    const button = h("button", { type: "button", class: "quiet", onclick: tryNow }, "Try now");
    show("lost", h("span", {}, "Connection lost. Trying again…"), button);
  } else {
    show("back", h("span", {}, "Connected again."));
    setTimeout(() => connection.state === "connected" && (notice.hidden = true), RECOVERED_FOR);
  }
}

/** The page can't start at all. */
export function showFatal(error) {
  show("fatal", h("span", {}, explain(error)));
  throw error; // the console is the place for the rest
}

function show(state, ...content) {
  notice.dataset.state = state;
  notice.replaceChildren(...content);
  notice.hidden = false;
}

connection.addEventListener("change", showConnection);
