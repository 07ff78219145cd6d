// What a look at the page with an auditor's eyes finds; each finding is a sentence.
() => {
  const found = [];
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) &&
    one.getClientRects().length > 0;
  const name = (one) => (one.getAttribute("aria-label") ||
    (one.getAttribute("aria-labelledby") ?? "").split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "").join(" ") ||
    [...(one.labels ?? [])].map((label) => label.textContent).join(" ") ||
    (/^(BUTTON|A|SUMMARY|OPTION)$/.test(one.tagName) ? one.textContent : "") ||
    one.title || "").trim();
  const shown = (one) => `${one.tagName.toLowerCase()}#${one.id}.${one.className}`;

  for (const one of document.querySelectorAll("input, select, textarea, button, a, summary, iframe, dialog[open]")) {
    if (seen(one) && !name(one)) found.push(`${shown(one)} has no name`);
  }
  for (const one of document.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    if (seen(one) && !one.closest("fieldset")?.querySelector("legend")) {
      found.push(`${shown(one)} stands in no named group`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids)) {
    if (ids.filter((one) => one === id).length > 1) found.push(`two things are #${id}`);
  }
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const named = `${one.getAttribute("aria-describedby") ?? ""} ${one.getAttribute("aria-labelledby") ?? ""}`;
    for (const id of named.split(" ").filter(Boolean)) {
      if (!document.getElementById(id)) found.push(`${shown(one)} points at no #${id}`);
    }
  }
  for (const tag of ["main", "nav", "h1"]) {
    const count = document.querySelectorAll(tag).length;
    if (count !== 1) found.push(`there are ${count} of ${tag}`);
  }
  if (!document.documentElement.lang) found.push("the page has no language");

  const touchable = "button, select, textarea, summary, nav a, .places a, .letters a, .choice, input:not([type=checkbox], [type=radio])";
  for (const one of document.querySelectorAll(touchable)) {
    const box = one.getBoundingClientRect();
    if (seen(one) && box.height < 43.5) found.push(`${shown(one)} is ${box.height} high`);
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    found.push(`the page is ${document.documentElement.scrollWidth} wide, the screen ${innerWidth}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      layers.unshift(getComputedStyle(at).backgroundColor);
      if (at.tagName === "DIALOG") break;
    }
    return ["Canvas", ...layers];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) =>
      (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one) => {
    const ground = behind(one);
    const [a, b] = [over([...ground, getComputedStyle(one).color]), over(ground)].map(light);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set();
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || judged.has(one) || !seen(one)) continue;
    judged.add(one);
    if (one.closest("noscript, option") || one.closest("[aria-busy=true]")) continue;
    const contrast = ratio(one);
    if (contrast < 4.5) found.push(`${shown(one)} “${one.textContent.slice(0, 30)}” has contrast ${contrast.toFixed(2)}`);
  }
  return found;
}
