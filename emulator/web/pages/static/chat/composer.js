// Where a person writes: text, files, a voice note, a place, a contact card, a click on an ad.

import { button, fill, h } from "../dom.js";
import { attempt, dialog, field, menu } from "../parts.js";

const LARGEST = 90 * 1024 * 1024;
/** Bytes of the largest file that is taken; the control API has a limit of its own. */

/**
 * Make the composer of a person.
 *
 * @param {Object} api
 * @param {string} waId
 * @param {() => Object} to What says where they write: `{to}`, a business number, the first where it is left out; `{group}`.
 * @returns {{element: HTMLElement, reply: (message) => void, focus: () => void, location: (message) => void}}
 */
export function composer(api, waId, to) {
  let quoted = null;
  const path = `/people/${waId}`;
  const words = h("textarea.input", { rows: "1", placeholder: "Write as the customer", "aria-label": "Message of the customer" });
  const quoting = h("div.quoting", { hidden: true });
  const send = (body) => api.post(`${path}/messages`, { ...to(), ...body, ...(quoted ? { context: { message_id: quoted.id } } : {}) });

  function reply(message) {
    quoted = message;
    quoting.hidden = !message;
    if (message) fill(quoting, h("span.grow.ellipsis", {}, `Reply to: ${message.text?.body ?? message.text ?? message.type}`), button("", () => reply(null), { icon: "close", kind: "small quiet", label: "No reply" }));
    words.focus();
  }

  async function write() {
    const body = words.value.trim();
    if (!body) return;
    words.value = "";
    grow();
    const sent = await attempt(() => send({ type: "text", text: { body } }));
    if (sent) reply(null);
    else words.value = body;
  }

  function grow() {
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight + 2, 140)}px`;
  }

  words.addEventListener("input", grow);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Escape") words.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write();
  });

  const attached = h("input", { type: "file", hidden: true, "aria-label": "A file to send" });
  attached.addEventListener("change", async () => {
    for (const file of attached.files) await attempt(() => sendFile(file, attached.dataset.kind));
    attached.value = "";
    reply(null);
  });

  function choose(kind, accept) {
    attached.dataset.kind = kind;
    attached.accept = accept;
    attached.click();
  }

  async function sendFile(file, wanted) {
    if (file.size > LARGEST) throw new Error(`${file.name} is larger than 90 MB, which no phone sends.`);
    const kind = wanted === "media" ? file.type.split("/")[0] : wanted;
    const type = ["image", "video", "audio"].includes(kind) ? kind : wanted === "sticker" ? "sticker" : "document";
    const content = { data: await base64(file), mime_type: file.type || "application/octet-stream" };
    if (type === "document") content.filename = file.name;
    const caption = words.value.trim();
    if (caption && !["audio", "sticker"].includes(type)) {
      content.caption = caption;
      words.value = "";
    }
    return send({ type, [type]: content });
  }

  async function voice() {
    const note = await fetch(new URL("../voice.ogg", import.meta.url)).then((answer) => answer.blob());
    await send({ type: "audio", audio: { data: await base64(note), mime_type: "audio/ogg; codecs=opus", voice: true } });
    reply(null);
  }

  function location(message = quoted) {
    const latitude = h("input", { type: "number", step: "any", min: "-90", max: "90", required: true, value: "52.5163" });
    const longitude = h("input", { type: "number", step: "any", min: "-180", max: "180", required: true, value: "13.3777" });
    const name = h("input", { value: "Brandenburg Gate" });
    const address = h("input", { value: "Pariser Platz, Berlin" });
    dialog("Send a location", () => [field("Latitude", latitude), field("Longitude", longitude), field("Name", name), field("Address", address)], {
      acts: [
        { text: "Cancel", act: () => {} },
        {
          text: "Send",
          kind: "primary",
          act: async () => {
            quoted = message ?? null;
            const where = { latitude: Number(latitude.value), longitude: Number(longitude.value) };
            if (name.value) where.name = name.value;
            if (address.value) where.address = address.value;
            await send({ type: "location", location: where });
            reply(null);
          },
        },
      ],
    });
  }

  function card() {
    const name = h("input", { required: true, value: "Pablo Morales", autofocus: true });
    const number = h("input", { type: "tel", value: "+1 650 555 4321" });
    dialog("Send a contact", () => [field("Name", name), field("Phone number", number)], {
      acts: [
        { text: "Cancel", act: () => {} },
        {
          text: "Send",
          kind: "primary",
          act: () => send({ type: "contacts", contacts: [{ name: { formatted_name: name.value, first_name: name.value.split(" ")[0] }, ...(number.value ? { phones: [{ phone: number.value, type: "CELL" }] } : {}) }] }),
        },
      ],
    });
  }

  function ad() {
    const text = h("input", { required: true, value: "I saw your ad", autofocus: true });
    dialog("Write from an ad", () => [field("What they write", text, "An answer of the business within 24 hours opens a free entry point, which lasts 72 hours.")], {
      acts: [
        { text: "Cancel", act: () => {} },
        { text: "Write", kind: "primary", act: () => api.post(`${path}/ad-clicks`, { text: text.value, ...to() }) },
      ],
    });
  }

  const more = button("", () => menu(more, [
    { text: "Photo or video", icon: "image", act: () => choose("media", "image/*,video/*") },
    { text: "Document", icon: "file", act: () => choose("document", "") },
    { text: "Audio file", icon: "play", act: () => choose("audio", "audio/*") },
    { text: "Sticker", icon: "smile", act: () => choose("sticker", "image/webp") },
    { text: "Voice note", icon: "mic", act: () => attempt(voice) },
    ...(to().group
      ? []
      : [
          { text: "Location", icon: "pin", act: () => location() },
          { text: "Contact", icon: "person", act: card },
          null,
          { text: "Write from an ad", icon: "link", act: ad },
        ]),
  ]), { icon: "attach", kind: "quiet", label: "Attach" });

  return {
    element: h("form.composer", { on: { submit: (event) => event.preventDefault() } }, quoting, h("div.writing", {}, more, words, attached, button("", write, { icon: "send", kind: "primary", label: "Send" }))),
    reply,
    location,
    focus: () => words.focus(),
  };
}

/** The bytes of a file as base64. */
function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
