// Calls of the control API. Every act of the page is one of them, kept with its `curl` and its line of pytest.

import { asCurl, asPytest } from "./acts/lines.js";

const MOST_KEPT = 500;
/** How many acts are kept to be copied. */
const GRAPH = /^\/v\d+\.\d+\//;
/** How the paths of the Graph API begin. */

export class ApiProblem extends Error {
  /** An answer that is a problem (RFC 9457); `message` is its sentence. */
  constructor(status, problem) {
    super(problem.detail || problem.title || `the emulator answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The control token of a server beyond loopback; it is asked for once a tab, and kept in it. */
export const token = {
  get: () => sessionStorage.getItem("control-token") ?? "",
  set: (value) => sessionStorage.setItem("control-token", value),
  headers() {
    const held = this.get();
    return held ? { Authorization: `Bearer ${held}` } : {};
  },
};

export class Api extends EventTarget {
  /**
   * @param {string} sandbox The name of the sandbox that paths like `/people` are of; a path that begins with
   *   `/_emulator` is called as it is.
   */
  constructor(sandbox) {
    super();
    this.sandbox = sandbox;
    /** The acts so far, oldest first: `{id, method, path, body, at, status, answer, curl, pytest}`. */
    this.acts = [];
    /** Called with each act before it is carried out; it may note something. */
    this.prepare = null;
    this.#numbered = 0;
  }

  #numbered;

  address(path) {
    return path.startsWith("/_emulator") || GRAPH.test(path) ? path : `/_emulator/sandboxes/${encodeURIComponent(this.sandbox)}${path}`;
  }

  /** Read: `get("/messages", {wa_id, limit: 50})`; what is `null` or `undefined` is left out. */
  get(path, query = {}) {
    const asked = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== null && v !== undefined));
    return this.#call("GET", `${this.address(path)}${asked.size ? `?${asked}` : ""}`);
  }

  post(path, body) {
    return this.act("POST", path, body);
  }

  patch(path, body) {
    return this.act("PATCH", path, body);
  }

  put(path, body) {
    return this.act("PUT", path, body);
  }

  delete(path) {
    return this.act("DELETE", path);
  }

  /** Ask something that takes a body, and changes nothing: it is no act, and not kept. */
  ask(path, body) {
    return this.#call("POST", this.address(path), body);
  }

  /** Call the Graph API as the business does, with its access token: `graph("POST", "/v26.0/…", body, {access})`. */
  graph(method, path, body, { access, about }) {
    return this.act(method, path, body, { access, about });
  }

  /**
   * Carry out an act, and keep it. The event `act` is told before its answer has come, `acted` afterwards.
   * Raises `ApiProblem` when it is refused. `about` tells a test what the path does not, such as the name of a
   * template; `access` is the access token of a call of the Graph API.
   */
  async act(method, path, body, { about, access } = {}) {
    const address = this.address(path);
    const act = {
      id: ++this.#numbered,
      method,
      path: address,
      body,
      at: new Date(),
      about,
      curl: asCurl(method, location.origin + address, body, access),
      pytest: asPytest(method, address, body, undefined, about),
    };
    await this.prepare?.(act);
    this.acts.push(act);
    if (this.acts.length > MOST_KEPT) this.acts.shift();
    this.dispatchEvent(new CustomEvent("act", { detail: act }));
    try {
      act.answer = await this.#call(method, address, body, access);
      act.status = 200;
      return act.answer;
    } catch (problem) {
      act.status = problem.status ?? 0;
      act.problem = problem.message;
      throw problem;
    } finally {
      this.dispatchEvent(new CustomEvent("acted", { detail: act }));
    }
  }

  /** The bytes behind a path, as a `Blob`. */
  async bytes(path) {
    const answer = await this.#send("GET", this.address(path));
    return answer.blob();
  }

  async #call(method, address, body, access) {
    const answer = await this.#send(method, address, body, access);
    if (answer.status === 204) return null;
    return (answer.headers.get("Content-Type") ?? "").includes("json") ? answer.json() : answer.text();
  }

  async #send(method, address, body, access) {
    const isBytes = body instanceof Blob;
    const headers = { ...(access ? { Authorization: `Bearer ${access}` } : token.headers()), ...(body === undefined || isBytes ? {} : { "Content-Type": "application/json" }) };
    let answer;
    try {
      answer = await fetch(address, { method, headers, body: isBytes || body === undefined ? body : JSON.stringify(body) });
    } catch {
      throw new ApiProblem(0, { detail: "The emulator does not answer: it may have been stopped." });
    }
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({ title: answer.statusText }));
    if (access) throw new ApiProblem(answer.status, { detail: graphs(problem.error, answer.headers.get("X-Emulator-Hint")), error: problem.error });
    if (answer.status === 401) this.dispatchEvent(new CustomEvent("locked"));
    throw new ApiProblem(answer.status, problem);
  }
}

/** What an error of the Graph API says, in a sentence or a few. */
function graphs(error, hint) {
  const said = error?.error_user_title ? `${error.error_user_title}: ${error.error_user_msg}` : [error?.message, error?.error_data?.details].filter(Boolean).join(": ");
  return [said || "The call was refused.", hint].filter(Boolean).join(" ");
}
