// The app's Home tab, and the list of channels.

import { act } from "./api.js";
import { shown } from "./blocks.js";
import { el, patch, region } from "./dom.js";
import { channelsOf, isIn, nameOf, known } from "./known.js";
import { hint, unread } from "./unread.js";

/** The Home tab of *user*. Looking at it tells the app, as Slack does. */
export function homeView(user, done) {
  const list = el("div", { class: "home" });
  const empty = el("p", { class: "empty" }, "The bot has not shown anything here yet.");
  const scroll = region("Home",
    empty, list);
  let opened = false;

  async function refresh() {
    if (!opened) {
      opened = true;
      await act("home", { user });
    }
    const { view } = await act("home_seen", { user });
    empty.hidden = Boolean(view);
    const place = { user, id: `home-${user}`, where: { home: true }, pressed: done };
    const blocks = view?.blocks ?? [];
    patch(list, blocks.map((block, at) => ({ block, at })), {
      key: ({ at }) => at,
      signature: ({ block }) => JSON.stringify({ ...block, block_id: null }),
      make: ({ block }) => el("div", { class: "block" }, shown(block, place)),
    });
  }

  return { key: `${user}/home`, title: "Home", nodes: [scroll], refresh,
    note: `What ${nameOf(known.app.user)} shows ${nameOf(user)}.` };
}

/** Every channel that *user* may look into. */
export function channelsView(user) {
  const list = el("ul", { class: "places" });
  async function refresh() {
    patch(list, channelsOf(user), {
      key: (one) => one.id,
      signature: (one) => JSON.stringify([one, unread(user, one.id)]),
      make: (one) => el("li", {}, el("a", { href: `#/as/${user}/channel/${one.id}` },
        el("strong", {}, `#${one.name}${hint(unread(user, one.id))}`),
        el("span", { class: "muted" },
          `${one.members.filter((id) => id !== known.app.user).length} people` +
          `${isIn(user, one.id) ? "" : " · you are not in it"}`))),
    });
  }
  return { key: `${user}/channels`, title: "Channels", refresh,
    nodes: [el("div", { class: "scroll" }, list)] };
}
