/* What a page gains with a script: citations light their passage in place, keys move through them. Nothing needs it. */
(() => {
  "use strict";

  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window: not kept */ } };
  const say = (words) => { const place = one("#said"); if (place) place.textContent = words; };

  /* Theme: system, light, dark; kept in a cookie, so that the server sends the page in it. */
  const themes = ["system", "light", "dark"];
  const themeButton = one("#theme");
  if (themeButton) {
    const root = document.documentElement;
    const show = () => { themeButton.textContent = `Theme: ${root.dataset.theme || "system"}`; };
    themeButton.hidden = false;
    show();
    themeButton.addEventListener("click", () => {
      const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
      if (next === "system") delete root.dataset.theme; else root.dataset.theme = next;
      const age = next === "system" ? 0 : 31536000;
      document.cookie = `theme=${next}; path=/; max-age=${age}; samesite=strict`;
      show();
      say(`Theme: ${next}`);
    });
  }

  /* Citations and their passages. */
  const pane = one("#sources");
  const everyCitation = all(".citation");
  const isShown = (each) => !each.closest("details:not([open])"); /* the keys pass over what is folded away */
  const citations = () => everyCitation.filter(isShown);
  let current = null;

  const clear = () => {
    for (const each of all(".is-current")) each.classList.remove("is-current");
    for (const each of everyCitation) each.removeAttribute("aria-current");
    if (pane) pane.classList.remove("has-current");
    current = null;
  };

  const sideBySide = () => window.matchMedia("(min-width: 64rem)").matches;

  const select = (citation, jump) => {
    const passage = document.getElementById(citation.dataset.passage);
    if (!passage || !pane) return false;
    clear();
    if (location.hash) history.replaceState(null, "", location.pathname + location.search + "#");
    current = citation;
    citation.setAttribute("aria-current", "true");
    citation.closest("li")?.classList.add("is-current");
    passage.classList.add("is-current");
    pane.classList.add("has-current");
    const quoted = one("mark", passage);
    if (sideBySide()) {
      pane.scrollTop = 0;
      if (quoted) pane.scrollTop = Math.max(0, quoted.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3);
    } else if (jump) {
      passage.focus({ preventScroll: true });
      passage.scrollIntoView({ block: "start" });
    }
    const title = one("h3", passage)?.textContent || "";
    const among = citations();
    say(`Citation ${among.indexOf(citation) + 1} of ${among.length}. ${title}. Quoted: ${all("mark", passage).map((each) => each.textContent).join(" ")}`);
    return true;
  };

  const move = (step) => {
    const among = citations();
    if (!among.length) return false;
    const focused = among.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : among.indexOf(current);
    const to = from < 0 ? (step > 0 ? 0 : among.length - 1) : Math.min(Math.max(from + step, 0), among.length - 1);
    among[to].focus();
    return select(among[to], false);
  };

  for (const citation of everyCitation) {
    citation.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      if (select(citation, true)) event.preventDefault();
    });
  }

  for (const back of all(".back, .back-words")) {
    back.addEventListener("click", (event) => {
      const passage = back.closest(".passage");
      const citation = [current, ...citations()].find((each) => each && each.dataset.passage === passage.id && isShown(each));
      if (!citation) return;
      event.preventDefault();
      citation.focus({ preventScroll: true });
      citation.scrollIntoView({ block: "center" });
    });
  }

  for (const button of all(".all")) {
    button.addEventListener("click", (event) => { event.preventDefault(); const last = current; clear(); last?.focus(); });
  }

  /* Hits of a search. */
  const hits = all(".hit h3 a");
  const moveHit = (step) => {
    if (!hits.length) return false;
    const from = hits.indexOf(document.activeElement);
    hits[from < 0 ? 0 : Math.min(Math.max(from + step, 0), hits.length - 1)].focus();
    return true;
  };

  /* Keys; a person can turn single letters off on the page of keys. */
  const keysOff = () => stored("keys") === "off";
  const keymap = one("#keymap");
  const inBox = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const deeds = {
    "/": () => { const box = one("#question") || one("#words"); box?.focus(); box?.scrollIntoView({ block: "center" }); return Boolean(box); },
    "?": () => { if (keymap && !keymap.open) keymap.showModal(); return Boolean(keymap); },
    j: () => move(1) || moveHit(1),
    k: () => move(-1) || moveHit(-1),
    o: () => {
      const citation = everyCitation.includes(document.activeElement) ? document.activeElement : current;
      const passage = citation && document.getElementById(citation.dataset.passage);
      const link = passage && one(".open", passage);
      if (link) location.assign(link.href);
      else if (hits.includes(document.activeElement)) document.activeElement.click();
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Escape" && !keymap?.open) {
      if (inBox(target)) target.blur();
      else if (current) { const last = current; clear(); last.focus(); }
      return;
    }
    if (inBox(target) || keymap?.open) return;
    if (everyCitation.includes(target) && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      if (move(event.key === "ArrowRight" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (!keysOff() && Object.hasOwn(deeds, event.key) && deeds[event.key]()) event.preventDefault();
  });

  const keySwitch = one("#keys-switch");
  if (keySwitch) {
    const show = () => { keySwitch.textContent = keysOff() ? "Turn single-letter keys on" : "Turn single-letter keys off"; };
    keySwitch.hidden = false;
    show();
    keySwitch.addEventListener("click", () => { store("keys", keysOff() ? "on" : "off"); show(); say(keySwitch.textContent); });
  }

  /* Print and copy. */
  const printer = one("#print");
  if (printer) { printer.hidden = false; printer.addEventListener("click", () => window.print()); }
  const copies = (button, words) => {
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(words()); say("Copied."); button.textContent = "Copied"; }
      catch { button.textContent = "Not allowed by the browser"; }
    });
  };
  const plainly = (each) => each.textContent.replace(/\s+/g, " ").trim();
  const ofAnswer = "#answer > section:not(.again) > h2, #answer .sentences > li > p, #answer .references li > p, #answer .basis > p";
  copies(one("#copy"), () => [one("h1").textContent.trim(), "", ...[...all(ofAnswer)].map(plainly)].join("\n"));
  for (const button of all("[data-copies]")) copies(button, () => plainly(one("#" + button.dataset.copies)));

  /* Enter asks, Shift+Enter breaks the line. */
  const box = one("#question");
  if (box) {
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); box.form.requestSubmit(); }
    });
  }
})();
