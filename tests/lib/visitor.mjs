// A player at the sandbox's sign-in page, without a browser: keeps cookies, reads the page's form, sends it.

const ENTITIES = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

const decode = (text) => text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => ENTITIES[name]);

/** The attributes of an element's opening tag. */
function attributes(tag) {
  const found = [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name, value = ""]) => [name, decode(value)]));
}

/** The form of a page: where it goes, what it always sends, and which players can be chosen. */
function readForm(html, url) {
  const tag = html.match(/<form\b[^>]*>/)?.[0];
  if (!tag) throw new Error(`no form at ${url.origin}${url.pathname}: ${html.slice(-400)}`);
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([input]) => attributes(input));
  return {
    action: new URL(attributes(tag).action, url),
    hidden: inputs.filter(({ type }) => type === "hidden").map(({ name, value }) => [name, value]),
    players: inputs.filter(({ type }) => type === "radio").map(({ value }) => value),
  };
}

/** A browser's worth of cookies. `decide` opens an authorization address, and gives the address it is sent back to. */
export function createVisitor() {
  const cookies = new Map();

  async function send(url, init = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, headers: cookie ? { cookie } : {}, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      cookies.set(name, value);
    }
    return response;
  }

  async function open(url) {
    const response = await send(url);
    const html = await response.text();
    if (response.status !== 200) throw new Error(`the sign-in page: ${response.status} ${html.slice(-400)}`);
    return readForm(html, new URL(url));
  }

  return {
    open,
    async decide(url, decision, player) {
      const { action, hidden } = await open(url);
      const body = new URLSearchParams([...hidden, ...(player ? [["player", player]] : []), ["decision", decision]]);
      const response = await send(action, { method: "POST", body });
      const location = response.headers.get("location");
      if (response.status !== 303) throw new Error(`the form: ${response.status} ${await response.text()}`);
      return new URL(location);
    },
  };
}
