"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const LANGUAGES = ["vi", "en"];
  const state = { language: 0, kind: "stated", province: null, search: "" };
  const $ = (id) => document.getElementById(id);

  // Words of the page and of the values of fields.
  const word = (name) => (data.words.page[name] ?? [name, name])[state.language];
  const valued = (value) =>
    String(value).split("+").map((one) => (data.words.value[one] ?? [one, one])[state.language]).join(" + ");
  const labelled = (code) => (data.indicators[code] ?? [code, code])[state.language];
  const numbered = (value) =>
    value.toLocaleString(LANGUAGES[state.language], { maximumFractionDigits: 2 });
  const bare = (text) =>
    text.toLocaleLowerCase("vi").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");

  function element(tag, options = {}, ...children) {
    const made = Object.assign(document.createElement(tag), options);
    made.append(...children);
    return made;
  }

  const byId = new Map(data.facts.map((fact) => [fact.id, fact]));
  const ofArticle = new Map();
  for (const fact of data.facts) {
    if (!ofArticle.has(fact.article)) ofArticle.set(fact.article, []);
    ofArticle.get(fact.article).push(fact);
    fact.key = bare(
      [fact.province, fact.province_now, fact.place, fact.sentence, data.articles[fact.article].title,
        data.articles[fact.article].source, ...(data.indicators[fact.indicator] ?? [])].filter(Boolean).join(" "),
    );
  }

  function figureOf(fact) {
    let text = numbered(fact.value);
    if (fact.high != null) text += "–" + numbered(fact.high);
    if (fact.of != null) text += "/" + numbered(fact.of);
    const hedge = ["exact", "range"].includes(fact.qualifier) ? "" : valued(fact.qualifier) + " ";
    const unit = fact.unit === "percent" ? "%" : " " + valued(fact.unit);
    return hedge + text + unit + (fact.per ? "/" + valued(fact.per) : "");
  }

  function placeOf(fact) {
    if (fact.scope === "national") return word("country");
    const province = fact.province ?? (fact.scope === "region" ? word("several") : word("unknown"));
    return fact.place ? `${fact.place}, ${province}` : province;
  }

  function marked(fact) {
    const [start, end] = fact.at;
    return element("span", {}, fact.sentence.slice(0, start),
      element("mark", { textContent: fact.sentence.slice(start, end) }), fact.sentence.slice(end));
  }

  function describe(fact) {
    const fields = ["status", "degree", "role", "level", "group"].filter((name) => fact[name]);
    return [labelled(fact.indicator), figureOf(fact), placeOf(fact), ...fields.map((name) => valued(fact[name])),
      fact.period, `${word("evidence")}: ${fact.evidence}`, `${word("rule")}: ${fact.rule}`, ...fact.flags]
      .filter(Boolean).join(" · ");
  }

  // The whole article, every number of it marked: facts at one place share a mark.
  function openArticle(fact) {
    const article = data.articles[fact.article];
    $("article-title").textContent = article.title ?? article.source;
    $("article-source").textContent = [article.source, article.published].filter(Boolean).join(" · ");
    const box = $("article-text");
    box.replaceChildren();
    const text = article.text ?? fact.sentence;
    const shift = article.text == null ? fact.start - fact.at[0] : 0;
    const facts = article.text == null ? [fact] : ofArticle.get(fact.article);
    const edges = [...new Set([shift, shift + text.length, ...facts.flatMap((f) => [f.start, f.end])])].sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const piece = text.slice(edges[i] - shift, edges[i + 1] - shift);
      const here = facts.filter((f) => f.start <= edges[i] && edges[i + 1] <= f.end);
      if (!here.length) { box.append(piece); continue; }
      const told = here.map(describe).join("\n");
      box.append(element("mark", { textContent: piece, title: told, tabIndex: 0, ariaLabel: `${piece}: ${told}`,
        className: here.includes(fact) ? "here" : "" }));
    }
    $("article").showModal();
    box.querySelector(".here")?.scrollIntoView({ block: "center" });
  }

  // Overview.
  function drawOverview() {
    const stated = data.facts.filter((fact) => !fact.weak).length;
    const cards = [[data.articles_read, "articles"], [stated, "facts"], [data.facts.length - stated, "weak"],
      [new Set(data.provinces.map((row) => row.province)).size, "provinces"], [data.conflicts.length, "conflicts"],
      [data.rejected.length, "rejected"]];
    $("cards").replaceChildren(...cards.map(([number, name]) =>
      element("li", {}, element("b", { textContent: numbered(number) }), word(name))));
    $("rejected").hidden = !data.rejected.length;
    $("rejected").querySelector("summary").textContent = `${word("rejected")}: ${numbered(data.rejected.length)}`;
    $("rejected").querySelector("ul").replaceChildren(...data.rejected.map(([source, reason]) =>
      element("li", { textContent: `${source}: ${reason}` })));
  }

  // The map: of each province the figure of the year chosen, or its newest.
  // Provinces whose list no article tells stand with the older one.
  const rowsOf = (list) => data.provinces.filter((row) => (row.list ?? "2004") === list);
  function cellsOf(list, figure, year) {
    const cells = new Map();
    for (const row of rowsOf(list)) {
      const value = row.cells[figure];
      if (value == null || row.status !== "actual" || (year && String(row.year) !== year)) continue;
      const known = cells.get(row.province);
      if (!known || (row.year ?? 0) > (known.year ?? 0)) cells.set(row.province, { value, year: row.year });
    }
    return cells;
  }

  // Lightness falls with the share, with a step where the letters turn from dark to light.
  function shade(node, share) {
    const lightness = share < .6 ? 92 - 60 * share : 40 - 40 * (share - .6);
    node.style.background = `hsl(203 ${50 + 30 * share}% ${lightness}%)`;
    node.style.color = share < .6 ? "#12202c" : "#fff";
  }

  function drawMap() {
    const list = $("list").value;
    const cells = cellsOf(list, $("figure").value, $("year").value);
    const most = Math.max(...[...cells.values()].map((cell) => cell.value), 0);
    const tiles = data.tiles[list].map((names) => {
      const row = element("div", { className: "row" });
      for (const name of names) {
        if (!name) { row.append(element("span")); continue; }
        const cell = cells.get(name);
        const told = cell ? `${numbered(cell.value)}${cell.year ? ` (${cell.year})` : ""}` : word("no_figure");
        const tile = element("button", { type: "button", title: `${name}: ${told}`, ariaLabel: `${name} ${told}` }, name);
        tile.dataset.province = name;
        tile.setAttribute("aria-pressed", String(state.province === name));
        if (cell) {
          const share = most ? Math.sqrt(cell.value / most) : 0;
          tile.className = "told";
          shade(tile, share);
          tile.append(" ", element("b", { textContent: numbered(cell.value) }));
        }
        row.append(tile);
      }
      return row;
    });
    $("map").replaceChildren(...tiles);
    $("legend").hidden = !most;
    $("legend").replaceChildren(...[0, .25, .5, .75, 1].flatMap((share) => {
      const box = element("i");
      shade(box, share);
      return [box, ` ${numbered(Math.round(most * share * share))}  `];
    }));
  }

  // Charts: what a figure was over the years, and the parts that are told of it. All numbers stand in the table too.
  // No line leads to a goal: it may be one of that year alone.
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#808080", "#b2182b"];
  const SHAPES = ["circle", "rect", "triangle", "rectRot", "star", "crossRot", "cross", "dash"];
  const MOST_LINES = COLOURS.length, MOST_BARS = 12;
  const charts = new Map();
  const byProvince = (rows) => {
    const of = new Map();
    for (const row of rows) of.set(row.province, [...(of.get(row.province) ?? []), row]);
    return [...of].filter(([province]) => !state.province || province === state.province);
  };
  function linesOf(figure) {
    const rows = rowsOf($("list").value).filter((row) =>
      row.cells[figure] != null && row.year != null && ["actual", "target"].includes(row.status));
    return byProvince(rows)
      .filter(([, own]) => new Set(own.map((row) => row.year)).size > 1)
      .sort(([, a], [, b]) => b.length - a.length)
      .slice(0, MOST_LINES)
      .map(([province, own], index) => {
        const points = own.map((row) => ({ x: row.year, y: row.cells[figure], goal: row.status === "target" }))
          .sort((a, b) => a.x - b.x || a.goal - b.goal);
        const colour = COLOURS[index];
        return { label: province, data: points, borderColor: colour, borderWidth: 2, pointRadius: 5, pointStyle: SHAPES[index],
          backgroundColor: colour, pointBackgroundColor: points.map((point) => (point.goal ? "transparent" : colour)),
          segment: { borderColor: (at) => (points[at.p0DataIndex].goal || points[at.p1DataIndex].goal ? "transparent" : colour) } };
      });
  }
  function barsOf(figure) {
    const [code, unit] = data.columns[figure];
    const parts = data.figures.filter((name) => {
      const [own, counted, value] = data.columns[name];
      return own === code && counted === unit && value != null;
    });
    const told = (row) => parts.filter((name) => row.cells[name] != null).length;
    const rows = byProvince(rowsOf($("list").value).filter((row) => row.status === "actual" && told(row)))
      .map(([, own]) => own.reduce((a, b) => ((b.year ?? 0) > (a.year ?? 0) ? b : a)))
      .sort((a, b) => told(b) - told(a))
      .slice(0, MOST_BARS);
    const labels = rows.map((row) => (row.year ? `${row.province} (${row.year})` : row.province));
    const datasets = parts.filter((name) => rows.some((row) => row.cells[name] != null)).map((name, index) => ({
      label: valued(data.columns[name][2]), backgroundColor: COLOURS[index % COLOURS.length],
      data: rows.map((row) => row.cells[name] ?? null) }));
    return { labels, datasets };
  }
  function drawChart(name, type, content, least, told, height, options) {
    const figure = $(name);
    charts.get(name)?.destroy();
    charts.delete(name);
    figure.hidden = content.datasets.length < least;
    if (figure.hidden) return;
    const box = figure.querySelector("div"), canvas = figure.querySelector("canvas");
    box.style.height = `${height}px`;
    canvas.setAttribute("aria-label", told.join("; "));
    const style = getComputedStyle(document.documentElement);
    Object.assign(Chart.defaults, { color: style.getPropertyValue("--ink"), borderColor: style.getPropertyValue("--line") });
    charts.set(name, new Chart(canvas, { type, data: content, options: {
      animation: false, maintainAspectRatio: false, locale: LANGUAGES[state.language],
      plugins: { legend: { position: "bottom", labels: { usePointStyle: true } } }, ...options } }));
  }
  function drawCharts() {
    const figure = $("figure").value;
    if (!figure) return;
    const lines = linesOf(figure), bars = barsOf(figure);
    drawChart("over-years", "line", { datasets: lines }, 1,
      lines.map((line) => `${line.label}: ${line.data.map((point) =>
        `${point.x} ${numbered(point.y)}${point.goal ? ` (${valued("target")})` : ""}`).join(", ")}`),
      340, { scales: { x: { type: "linear", ticks: { stepSize: 1, callback: String } }, y: { beginAtZero: true } } });
    drawChart("by-part", "bar", bars, 2,
      bars.labels.map((label, at) => `${label}: ${bars.datasets.filter((set) => set.data[at] != null).map((set) =>
        `${set.label} ${numbered(set.data[at])}`).join(", ")}`),
      110 + bars.labels.length * (12 + 12 * bars.datasets.length), { indexAxis: "y", scales: { x: { beginAtZero: true } } });
    $("charts").hidden = !charts.size;
  }

  // Tables.
  const holds = (asked, value) => bare(String(value ?? "")).includes(bare(asked));
  const filtered = (name) => ({ headerFilter: "input",
    headerFilterParams: { elementAttributes: { "aria-label": `${word("search")}: ${name}` } } });
  let provinces, facts;
  // On paper stand all rows that the filters left, and as many figures as are wide enough to read.
  const PRINTED = 5, ON_PAPER = { printAsHtml: true, printRowRange: "active", printStyled: false };

  // What the library calls a grid holds a box that scrolls, which may stand there only as a group of rows.
  function built(table) {
    const holder = table.element.querySelector(".tabulator-tableholder");
    holder.setAttribute("role", "rowgroup");
    holder.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
  }
  function drawProvinces() {
    const list = $("list").value;
    const rows = rowsOf(list);
    const chosen = $("figure").value;
    const known = data.figures.filter((name) => name === chosen || rows.some((row) => row.cells[name] != null));
    known.sort((a, b) => (b === chosen) - (a === chosen));
    const columns = [
      { title: word("province"), field: "province", frozen: true, ...filtered(word("province")), headerFilterFunc: holds, minWidth: 130 },
      { title: word("year"), field: "year", width: 80, sorter: "number" },
      { title: word("details"), field: "status", width: 95, formatter: (cell) => valued(cell.getValue()) },
      ...known.map((name, at) => ({ title: figureLabel(name), field: `cells.${name}`, hozAlign: "right", width: 140,
        print: at < PRINTED,
        sorter: "number", sorterParams: { alignEmptyValues: "bottom" },
        formatter: (cell) => (cell.getValue() == null ? "" : numbered(cell.getValue())) })),
    ];
    provinces?.destroy();
    provinces = new Tabulator("#provinces", { data: rows, columns, height: 720, layout: "fitData", placeholder: word("none"),
      initialSort: chosen ? [{ column: `cells.${chosen}`, dir: "desc" }] : [], ...ON_PAPER });
    provinces.on("tableBuilt", () => built(provinces));
  }

  function figureLabel(name) {
    const [code, unit, value] = data.columns[name];
    const plain = unit === "turn" ? `, ${valued("turn")}` : unit === "percent" ? ", %" : "";
    return labelled(code) + (value ? `: ${valued(value)}` : "") + plain;
  }

  function drawFacts() {
    const columns = [
      { title: word("indicator"), field: "indicator", width: 170, formatter: (cell) => labelled(cell.getValue()),
        ...filtered(word("indicator")), headerFilterFunc: (asked, code) => holds(asked, labelled(code)) },
      { title: word("value"), field: "value", width: 120, cssClass: "number", sorter: "number", formatter: (cell) => figureOf(cell.getData()) },
      { title: word("place"), field: "province", width: 155, formatter: (cell) => placeOf(cell.getData()),
        ...filtered(word("place")), headerFilterFunc: (asked, _, fact) => holds(asked, placeOf(fact)) },
      { title: word("details"), field: "status", width: 130,
        formatter: (cell) => ["status", "degree", "role", "level", "group"].map((n) => cell.getData()[n]).filter(Boolean).map(valued).join(" · ") },
      { title: word("period"), field: "period", width: 105, ...filtered(word("period")) },
      { title: word("sentence"), field: "sentence", minWidth: 300, widthGrow: 3, headerSort: false,
        formatter: (cell) => marked(cell.getData()) },
      { title: word("evidence"), field: "evidence", width: 130,
        formatter: (cell) => `${cell.getValue()} · ${cell.getData().rule}` },
      { title: `${word("source")} · ${word("review")}`, field: "article", width: 148, headerSort: false,
        titlePrint: word("source"), formatterPrint: (cell) => data.articles[cell.getValue()].source, formatter: (cell) => {
        const open = element("button", { type: "button", className: "link", textContent: word("open") });
        open.title = data.articles[cell.getValue()].source;
        open.addEventListener("click", () => openArticle(cell.getData()));
        return element("div", {}, open, marksOf(cell.getData()));
      } },
    ];
    facts?.destroy();
    facts = new Tabulator("#facts", { data: data.facts, columns, height: 640, layout: "fitColumns", placeholder: word("none"),
      ...ON_PAPER, index: "id", rowHeight: 78, renderVerticalBuffer: 160 });
    facts.on("tableBuilt", () => { built(facts); narrow(); });
    facts.on("dataFiltered", (_, rows) => { $("count").textContent = `${numbered(rows.length)} ${word("found")}`; });
  }

  function narrow() {
    const asked = bare(state.search).split(/\s+/).filter(Boolean);
    const list = $("list").value;
    facts.setFilter((fact) =>
      fact.weak === (state.kind === "weak") &&
      (!state.province || (list === "2025" && fact.list !== "2025" ? fact.province_now : fact.province) === state.province) &&
      asked.every((part) => fact.key.includes(part)));
    const chosen = $("chosen");
    chosen.replaceChildren();
    if (state.province) {
      const back = element("button", { type: "button", textContent: `${state.province} ✕`, ariaLabel: `${state.province}: ${word("all")}` });
      back.addEventListener("click", () => choose(null));
      chosen.append(back);
    }
  }

  function choose(province) {
    state.province = state.province === province ? null : province;
    drawMap();
    drawCharts();
    narrow();
  }

  // Review: what is said of facts, saved as a file that `extract review` reads.
  const marks = new Map();
  let saved = true;
  function mark(fact, verdict, fields) {
    const said = marks.get(fact.id);
    if (verdict !== "corrected" && said?.verdict === verdict) marks.delete(fact.id);
    else marks.set(fact.id, { fact_id: fact.id, verdict, ...(fields && { fields }) });
    saved = false;
    drawSave();
    facts.getRow(fact.id)?.reformat();
  }
  function drawSave() {
    $("save").hidden = !marks.size;
    $("save").textContent = `${word("save_review")} (${numbered(marks.size)})`;
  }
  function marksOf(fact) {
    const said = marks.get(fact.id)?.verdict;
    const button = (verdict, label, action) => {
      const made = element("button", { type: "button", textContent: label });
      made.setAttribute("aria-pressed", String(said === verdict));
      made.addEventListener("click", action);
      return made;
    };
    return element("div", { className: "marks" },
      button("right", word("right"), () => mark(fact, "right")),
      button("wrong", word("wrong"), () => mark(fact, "wrong")),
      button("corrected", word(said === "corrected" ? "corrected" : "correct"), () => correct(fact)));
  }
  function inputOf(name, value) {
    const choices = name === "indicator" ? Object.keys(data.indicators) : data.choices[name];
    if (!choices) return element("input", { name, value, ...(["value", "high", "of"].includes(name) && { pattern: "[0-9]+([.][0-9]+)?" }) });
    const known = choices.includes(value) || value === "" ? choices : [value, ...choices];
    const select = element("select", { name }, ...["", ...known].map((one) =>
      element("option", { value: one, textContent: name === "indicator" ? labelled(one) : one && valued(one) })));
    select.value = value;
    return select;
  }
  function correct(fact) {
    const before = { ...fact, ...(marks.get(fact.id)?.fields ?? {}) };
    $("correction-sentence").replaceChildren(marked(fact));
    $("correction-fields").replaceChildren(...Object.entries(data.words.field).map(([name, label]) =>
      element("label", {}, label[state.language], inputOf(name, String(before[name] ?? "")))));
    $("correction").onclose = () => {
      if ($("correction").returnValue !== "keep") return;
      const told = [...new FormData($("correction").querySelector("form"))].map(([name, value]) => [name, value.trim()]);
      const fields = Object.fromEntries(told.filter(([name, value]) => value !== String(fact[name] ?? "")));
      mark(fact, Object.keys(fields).length ? "corrected" : "right", fields);
    };
    $("correction").returnValue = "";
    $("correction").showModal();
  }
  $("save").addEventListener("click", () => {
    const written = new Blob([JSON.stringify({ marks: [...marks.values()] }, null, 1)], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(written), download: "corrections.json" });
    link.click();
    URL.revokeObjectURL(link.href);
    saved = true;
  });
  window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });

  // Conflicts side by side.
  function drawConflicts() {
    $("conflicts").hidden = !data.conflicts.length;
    $("conflicts").querySelector("div").replaceChildren(...data.conflicts.map((conflict) =>
      element("div", { className: "conflict" },
        element("b", { textContent: `${conflict.province}${conflict.year ? `, ${conflict.year}` : ""} · ${figureLabel(conflict.column)} · ${valued(conflict.status)}` }),
        element("ul", {}, ...conflict.facts.map((id) => byId.get(id)).filter(Boolean).map((fact) => {
          const open = element("button", { type: "button", className: "link", textContent: word("open") });
          open.addEventListener("click", () => openArticle(fact));
          return element("li", {}, element("div", { className: "number", textContent: figureOf(fact) }), marked(fact), " ", open);
        })))));
  }

  function drawChoices() {
    const figure = $("figure").value;
    $("figure").replaceChildren(...data.figures.map((name) => element("option", { value: name, textContent: figureLabel(name) })));
    if (figure) $("figure").value = figure;
    const year = $("year").value;
    const years = [...new Set(data.provinces.map((row) => row.year).filter((one) => one != null))].sort((a, b) => b - a);
    $("year").replaceChildren(element("option", { value: "", textContent: word("latest") }),
      ...years.map((one) => element("option", { value: String(one), textContent: String(one) })));
    $("year").value = year;
  }

  function draw() {
    document.documentElement.lang = LANGUAGES[state.language];
    document.title = word("title");
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    for (const button of document.querySelectorAll(".language"))
      button.setAttribute("aria-pressed", String(button.dataset.language === LANGUAGES[state.language]));
    $("search").setAttribute("aria-label", word("search"));
    for (const kind of ["stated", "weak"])
      $(`n-${kind}`).textContent = `(${numbered(data.facts.filter((fact) => fact.weak === (kind === "weak")).length)})`;
    drawOverview();
    drawChoices();
    drawMap();
    drawCharts();
    drawProvinces();
    drawFacts();
    drawConflicts();
    drawSave();
  }

  for (const button of document.querySelectorAll(".language"))
    button.addEventListener("click", () => { state.language = LANGUAGES.indexOf(button.dataset.language); draw(); });
  $("map").addEventListener("click", (event) => {
    const tile = event.target.closest("button");
    if (tile) choose(tile.dataset.province);
  });
  $("year").addEventListener("change", drawMap);
  $("figure").addEventListener("change", () => { drawMap(); drawCharts(); drawProvinces(); });
  $("list").addEventListener("change", () => { state.province = null; drawMap(); drawCharts(); drawProvinces(); narrow(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
  for (const radio of document.querySelectorAll("input[name=kind]"))
    radio.addEventListener("change", () => { state.kind = radio.value; narrow(); });
  let waiting;
  $("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.search = $("search").value; narrow(); }, 30);
  });
  for (const form of ["choice", "kinds"]) $(form).addEventListener("submit", (event) => event.preventDefault());
  $("list").value = rowsOf("2025").length > rowsOf("2004").length ? "2025" : "2004";
  // The map opens on the figure that most of its tiles have.
  const tilesOf = (name) => cellsOf($("list").value, name, "").size;
  drawChoices();
  if (data.figures.length) $("figure").value = data.figures.reduce((best, name) => (tilesOf(name) > tilesOf(best) ? name : best));
  draw();
})();
