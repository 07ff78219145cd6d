// Building and updating what is shown. Text only ever becomes text: nothing here or
// elsewhere in the page turns a string into HTML.

/** Make an element: attributes by name, `on…` for listeners, then what is inside. */
export function el(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== ""));
  return made;
}

function set(made, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
  else if (name === "class") made.className = value;
  else if (name === "value") made.value = value;
  else made.setAttribute(name, value === true ? "" : value);
}

/** Put other things inside an element. */
export function fill(holder, ...inside) {
  holder.replaceChildren(...inside.flat(Infinity).filter((one) => one !== null));
}

const signatures = new WeakMap();

/**
 * Bring a list up to date: an item whose signature has not changed keeps its nodes, and
 * with them open menus and typed words; focus survives by id where an item is remade.
 */
export function patch(holder, items, { key, signature, make }) {
  const had = new Map([...holder.children].map((one) => [one.dataset.key, one]));
  const focused = holder.contains(document.activeElement) && document.activeElement.id;
  const wanted = items.map((item) => {
    const name = String(key(item));
    const sign = signature(item);
    const kept = had.get(name);
    if (kept && signatures.get(kept) === sign) return kept;
    const made = make(item);
    made.dataset.key = name;
    signatures.set(made, sign);
    return made;
  });
  place(holder, wanted);
  if (focused && document.activeElement.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function place(holder, wanted) {
  const keep = new Set(wanted);
  for (const one of [...holder.children]) if (!keep.has(one)) one.remove();
  wanted.forEach((one, at) => {
    if (holder.children[at] !== one) holder.insertBefore(one, holder.children[at] ?? null);
  });
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture from icons.svg, which says nothing that words beside it do not. */
export function icon(name) {
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  made.append(use);
  return made;
}

/** A part of the page that scrolls by itself, also by keys. */
export function region(label, ...inside) {
  return el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label },
    inside);
}

/** A menu of acts behind one button; Escape and choosing close it. */
export function menu(label, acts, attributes = {}) {
  const summary = el("summary", { class: "quiet", ...attributes }, label);
  const list = el("ul", {}, acts.map(([words, act]) => el("li", {},
    el("button", { type: "button", onclick: () => close(true) || act() }, words))));
  const whole = el("details", { class: "menu" }, summary, list);
  function close(focus) {
    whole.open = false;
    if (focus) summary.focus();
  }
  whole.addEventListener("toggle", () => {
    if (whole.open) list.scrollIntoView({ block: "nearest" });
  });
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !whole.open) return;
    event.stopPropagation();
    close(true);
  });
  whole.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !whole.contains(event.relatedTarget)) close(false);
  });
  return whole;
}

/** While *work* is under way its button waits, and says so to those who cannot see. */
export async function waiting(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
}

/** Say something briefly to everybody, also to those who listen. */
export function say(words, { trouble = false } = {}) {
  const status = document.querySelector("dialog[open] .told")
    ?? document.getElementById("status");
  status.textContent = words;
  status.classList.toggle("trouble", trouble);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { status.textContent = ""; }, trouble ? 9000 : 4000);
}
