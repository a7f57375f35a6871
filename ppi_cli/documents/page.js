"use strict";
const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
for (const button of all("button[aria-controls]")) {
  button.addEventListener("click", () => {
    const story = document.getElementById(button.getAttribute("aria-controls"));
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    story.hidden = open;
  });
}
const filters = all("#planning .filters select, #planning .filters input");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function filter() {
  const [theme, priority, words] = filters.map((each) => each.value);
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const group of all("#planning tbody[data-theme]")) {
    let any = false;
    for (const row of group.querySelectorAll("tr.project")) {
      const text = plain(row.dataset.text);
      const right = (!theme || group.dataset.theme === theme)
        && (!priority || row.dataset.class === priority)
        && wanted.every((word) => text.includes(word));
      row.hidden = !right;
      const button = row.querySelector("button");
      row.nextElementSibling.hidden = !right || button.getAttribute("aria-expanded") !== "true";
      any = any || right;
      shown += right;
    }
    const chosen = !priority && !wanted.length && (!theme || group.dataset.theme === theme);
    group.hidden = !(any || chosen);
  }
  const few = Boolean(priority || wanted.length);
  one("#planning").classList.toggle("few", few);
  one("#planning").classList.toggle("some", few || Boolean(theme));
  const count = one("#shown"), told = count.dataset;
  count.textContent = shown > 1 ? told.two.replace("2", shown) : shown ? told.one : told.none;
}
for (const each of filters) each.addEventListener("input", filter);
const cut = one("#cut");
function choose() {
  for (const table of all("[data-cut]")) table.hidden = table.dataset.cut !== cut.value;
}
cut.addEventListener("input", choose);
// A browser that is asked for the page again may have kept what was chosen in it.
addEventListener("pageshow", () => { filter(); choose(); });
// On paper a table that is wider than its page stands in parts, each with the names of its rows.
addEventListener("beforeprint", () => {
  const room = 1030 * parseFloat(getComputedStyle(document.documentElement).fontSize) / 12;
  for (const table of all(".scroll > table:not(.chart)")) {
    const heads = [...table.rows[0].cells];
    const figures = heads.flatMap((each, n) => each.className === "n" ? [n] : []);
    const others = heads.flatMap((each, n) => each.className === "n" ? [] : [n]);
    const wide = (columns) => columns.reduce((sum, n) => sum + heads[n].offsetWidth, 0);
    let parts = [figures];
    const tooWide = () => parts.some((part) => wide(others) + wide(part) > room);
    for (let count = 2; count <= figures.length && tooWide(); count++) {
      const size = Math.ceil(figures.length / count);
      parts = figures.flatMap((_, n) => n % size ? [] : [figures.slice(n, n + size)]);
    }
    if (parts.length < 2) continue;
    for (const part of parts) {
      const copy = table.cloneNode(true);
      for (const row of [...copy.rows].filter((each) => each.cells.length === heads.length))
        for (const n of figures.toReversed()) if (!part.includes(n)) row.deleteCell(n);
      copy.classList.add("part");
      table.before(copy);
    }
    table.hidden = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of all("table.part")) part.remove();
  for (const table of all(".scroll > table[hidden]")) table.hidden = false;
});
