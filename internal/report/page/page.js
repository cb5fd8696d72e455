"use strict";
// Draws the findings of the page: lists of one page at a time, and a dialog with the
// texts of a cluster, a story or a pair. All words of the corpus go through text nodes. The positions in
// the arrays are those that the report writes.
(() => {
  const A = { key: 0, place: 1, source: 2, words: 3, title: 4, url: 5, when: 6, seconds: 7 };
  const P = { kind: 0, a: 1, b: 2, alike: 3, aInB: 4, bInA: 5, shared: 6, ofA: 7, ofB: 8, cluster: 9, label: 10, difference: 11 };
  const C = { at: 0, keep: 1, least: 2, mean: 3, members: 4 };
  const M = { article: 0, kind: 1, alike: 2, removable: 3, chain: 4 };
  const R = { class: 0, words: 1, least: 2, text: 3, places: 4, count: 5 };
  const S = { words: 0, weightless: 1, text: 2, places: 3, count: 4 };
  const T = { at: 0, first: 1, score: 2, source: 3, members: 4, evidence: 5 };
  const TM = { article: 0, fit: 1, weak: 2, source: 3, copies: 4 };
  const TE = { kind: 0, text: 1, words: 2, share: 3, members: 4 };
  const E = { article: 0, words: 1, partner: 2, partnerWords: 3 };
  const PAGE = 25; // findings drawn at a time
  const FEW = 3; // places that are listed without being asked for
  const MEMBERS = 200; // of a cluster drawn at a time

  const byID = (id) => document.getElementById(id);
  const data = JSON.parse(byID("data").textContent);
  byID("data").remove();
  const { articles, sources } = data;

  // ---- words ----
  const number = (n) => n.toLocaleString("en");
  const count = (n, noun, several = noun.endsWith("y") ? noun.slice(0, -1) + "ies" : noun + "s") => number(n) + " " + (n === 1 ? noun : several);
  const percent = (share) => {
    const tenths = Math.round(share * 1000);
    if (share < 1 && tenths >= 1000) return "99.9 %";
    if (share > 0 && tenths < 1) return "under 0.1 %";
    return tenths / 10 + " %";
  };
  const kinds = { exact: "exact copy", near: "near copy", contained: "contained", template: "template", "": "joined through others" };
  const classes = { within: "within one article", source: "in articles of one source", across: "across articles or sources" };
  const nameOf = (a) => a[A.key] || a[A.place];
  const apart = (seconds) => {
    const units = [[31556952, "year"], [2629746, "month"], [86400, "day"], [3600, "hour"], [60, "minute"]];
    for (const [size, noun] of units) if (seconds >= size) return count(Math.floor(seconds / size), noun);
    return count(seconds, "second");
  };

  // ---- the document ----
  // el makes an element: properties that begin with "aria-", "data-" or are no property
  // become attributes; children are elements or words.
  function el(tag, properties, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === undefined || value === null) continue;
      if (name === "class") made.className = value;
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name in made && !name.startsWith("aria")) made[name] = value;
      else made.setAttribute(name, value);
    }
    for (const child of children.flat(Infinity)) if (child !== undefined && child !== null && child !== "") made.append(child);
    return made;
  }
  const bdi = (text, cls) => el("bdi", { class: cls, dir: "auto" }, text);
  // The words of several parts with a dot between them; empty ones are left out.
  function dotted(...parts) {
    const said = [];
    for (const part of parts.flat(Infinity)) {
      if (part === undefined || part === null || part === "") continue;
      if (said.length) said.push(" · ");
      said.push(part);
    }
    return said;
  }
  const link = (url) => el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, bdi(url));

  // ---- what is known of pairs ----
  const pairKey = (a, b) => (a < b ? a : b) * 4294967296 + (a < b ? b : a);
  // Of copies of one text only the first has pairs with others, which are theirs too.
  const firstOf = new Map(), pairsByKey = new Map();
  for (const pair of data.pairs) {
    pairsByKey.set(pairKey(pair[P.a], pair[P.b]), pair);
    if (pair[P.kind] === "exact") firstOf.set(pair[P.b], pair[P.a]);
  }
  const first = (a) => firstOf.get(a) ?? a;
  const pairOf = (a, b) => pairsByKey.get(pairKey(a, b)) || pairsByKey.get(pairKey(first(a), first(b)));
  const isFirst = (pair, a) => pair[P.a] === a || (pair[P.b] !== a && pair[P.a] === first(a));
  const clusterAt = new Map(data.clusters.map((cluster, i) => [cluster[C.at], i]));
  const storyAt = new Map(data.stories.map((story, i) => [story[T.at], i]));
  const degree = (pair) => (pair[P.kind] === "contained" ? Math.max(pair[P.aInB], pair[P.bInA]) : pair[P.alike]);
  const elsewhereOf = new Map(data.elsewhere.map((e) => [e[E.article], e]));
  const elsewhereShare = (e) => e[E.words] / Math.max(1, articles[e[E.article]][A.words]);
  function relationOf(a, b) {
    const one = articles[a][A.source], other = articles[b][A.source];
    if (a === b || (one >= 0 && one === other)) return "same";
    return one >= 0 && other >= 0 ? "across" : "unknown";
  }
  function timeBetween(a, b) {
    const from = articles[a][A.seconds], to = articles[b][A.seconds];
    if (from === null || to === null || from === undefined || to === undefined) return "";
    if (from === to) return "at the same time";
    return apart(Math.abs(to - from)) + (to > from ? " later" : " earlier");
  }
  // What a pair comes to, in words: the first is a, as the reader has it before him.
  function pairSaid(pair, a, one = "the first", other = "the second") {
    const forward = isFirst(pair, a);
    const inOther = forward ? pair[P.aInB] : pair[P.bInA], otherIn = forward ? pair[P.bInA] : pair[P.aInB];
    const all = pair[P.ofA] + pair[P.ofB] - pair[P.shared];
    switch (pair[P.kind]) {
      case "exact": return "the same words";
      case "contained":
        return inOther >= otherIn
          ? percent(inOther) + " of " + one + " stands in " + other + ", " + percent(otherIn) + " of " + other + " in " + one
          : percent(otherIn) + " of " + other + " stands in " + one + ", " + percent(inOther) + " of " + one + " in " + other;
      default: return percent(pair[P.alike]) + " alike: " + number(pair[P.shared]) + " of " + count(all, "run") + " of " + count(data.shingle, "word") + " stand in both";
    }
  }

  // ---- articles in lists ----
  function articleLine(at) {
    const a = articles[at];
    return dotted(
      a[A.key] ? bdi(a[A.key]) : null,
      bdi(a[A.place], "place"),
      a[A.source] >= 0 ? bdi(sources[a[A.source]]) : null,
      a[A.when],
      count(a[A.words], "word"));
  }

  // ---- the tabs ----
  // A tab: what it lists, how an entry is tested and drawn, and its orders.
  const clusterKinds = (cluster) => new Set(cluster[C.members].map((m) => m[M.kind]));
  const clusterArticles = (cluster) => [cluster[C.keep], ...cluster[C.members].map((m) => m[M.article])];
  const tabs = [
    {
      id: "clusters", label: "Clusters", noun: "cluster", of: data.clusters, draw: drawCluster, group: clusterGroup,
      kinds: [["exact", "with an exact copy"], ["near", "with a near copy"], ["contained", "with a contained article"], ["", "joined through others"]],
      kind: (c, kind) => c[C.members].some((m) => m[M.kind] === kind),
      articles: clusterArticles,
      relation: (c, relation) => c[C.members].some((m) => relationOf(c[C.keep], m[M.article]) === relation),
      alike: (c, least, most) => c[C.members].some((m) => { const d = memberDegree(c, m); return d >= least && d <= most; }),
      orders: [["largest first", null],
        ["least alike first", (a, b) => a[C.least] - b[C.least]],
        ["most alike first", (a, b) => b[C.mean] - a[C.mean]],
        ["most words first", (a, b) => articles[b[C.keep]][A.words] - articles[a[C.keep]][A.words]],
        ["as read", (a, b) => a[C.at] - b[C.at]]],
    },
    {
      id: "pairs", label: "Pairs", noun: "pair", of: data.pairs, draw: drawPair, table: ["How alike", "First article", "Second article"],
      kinds: [["exact", "exact copies"], ["near", "near copies"], ["contained", "contained"], ["template", "templates"]],
      kind: (p, kind) => p[P.kind] === kind,
      articles: (p) => [p[P.a], p[P.b]],
      relation: (p, relation) => relationOf(p[P.a], p[P.b]) === relation,
      alike: (p, least, most) => { const d = degree(p); return d >= least && d <= most; },
      orders: [["as read", null],
        ["most alike first", (a, b) => degree(b) - degree(a)],
        ["least alike first", (a, b) => degree(a) - degree(b)],
        ["most shared words first", (a, b) => b[P.shared] - a[P.shared]]],
    },
    {
      id: "repeats", label: "Repeated paragraphs", noun: "paragraph", of: data.repeats, draw: drawRepeat,
      kinds: [["within", "within one article"], ["source", "in articles of one source"], ["across", "across sources, or sources unknown"]],
      kind: (r, kind) => r[R.class] === kind,
      articles: (r) => r[R.places].map((place) => place[0]),
      words: (r) => r[R.text],
      relation: (r, relation) => r[R.places].some((place) => relationOf(r[R.places][0][0], place[0]) === relation && place !== r[R.places][0]),
      alike: (r, least, most) => r[R.least] >= least && r[R.least] <= most,
      orders: [["widest reach first", null],
        ["most places first", (a, b) => b[R.count] - a[R.count]],
        ["most words first", (a, b) => b[R.words] - a[R.words]]],
    },
    {
      id: "passages", label: "Shared passages", noun: "passage", of: data.passages, draw: drawPassage,
      kinds: [["evidence", "that are evidence"], ["common", "common to many articles"], ["names", "of names alone"]],
      kind: (s, kind) => (s[S.weightless] || "evidence") === kind,
      articles: (s) => s[S.places].map((place) => place[0]),
      words: (s) => s[S.text],
      relation: (s, relation) => s[S.places].slice(1).some((place) => relationOf(s[S.places][0][0], place[0]) === relation),
      orders: [["widest reach first", null], ["longest first", (a, b) => b[S.words] - a[S.words]], ["most places first", (a, b) => b[S.count] - a[S.count]]],
    },
    {
      id: "elsewhere", label: "Articles by what they share", noun: "article", of: data.elsewhere, draw: drawElsewhere, range: "Of its words, in percent",
      kinds: [["half", "half of it or more"], ["less", "less than half"]],
      kind: (e, kind) => (elsewhereShare(e) >= 0.5) === (kind === "half"),
      articles: (e) => [e[E.article], e[E.partner]],
      relation: (e, relation) => e[E.partner] !== e[E.article] && relationOf(e[E.article], e[E.partner]) === relation,
      alike: (e, least, most) => { const share = elsewhereShare(e); return share >= least && share <= most; },
      orders: [["largest share first", null], ["most words first", (a, b) => b[E.words] - a[E.words]]],
    },
    {
      id: "stories", label: "Stories in other words", noun: "story", of: data.stories, draw: drawStory, group: storyGroup, range: "Score, in hundredths",
      kinds: [["source", "same source"], ["story", "same story"]],
      kind: (t, kind) => (kind === "source") === (t[T.source] === 1),
      articles: (t) => t[T.members].map((m) => m[TM.article]),
      words: (t) => t[T.evidence].map((e) => e[TE.text]).join(" "),
      relation: (t, relation) => t[T.members].slice(1).some((m) => relationOf(t[T.members][0][TM.article], m[TM.article]) === relation),
      alike: (t, least, most) => t[T.score] >= least && t[T.score] <= most,
      orders: [["largest first", null], ["highest score first", (a, b) => b[T.score] - a[T.score]], ["lowest score first", (a, b) => a[T.score] - b[T.score]]],
    },
  ].filter((tab) => tab.of.length > 0);

  function memberDegree(cluster, member) {
    if (member[M.kind] !== "contained") return member[M.alike];
    const pair = pairOf(cluster[C.keep], member[M.article]);
    return pair ? degree(pair) : member[M.alike];
  }

  // ---- filters ----
  const state = { tab: null, found: [], page: 0 };
  const fields = ["search", "kind", "source", "relation", "least", "most", "order"];
  const field = Object.fromEntries(fields.map((id) => [id, byID(id)]));
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  let hay = null; // by article: what is searched, made when it first is
  let hayOfSearch = null;

  function matching(search) {
    const terms = folded(search).split(/\s+/).filter(Boolean);
    if (!terms.length) return null;
    hay ||= articles.map((a) => folded([a[A.key], a[A.place], a[A.source] >= 0 ? sources[a[A.source]] : "", a[A.title], a[A.url]].join(" ")));
    return { terms, hits: hay.map((text) => terms.every((term) => text.includes(term))) };
  }

  function filter() {
    const { tab } = state;
    const found = matching(field.search.value);
    const kind = field.kind.value, source = field.source.value === "" ? null : Number(field.source.value), relation = field.relation.value;
    const least = field.least.value === "" ? null : Number(field.least.value) / 100;
    const most = field.most.value === "" ? null : Number(field.most.value) / 100;
    const byAlike = (least !== null || most !== null) && tab.alike;
    state.found = tab.of.filter((finding) =>
      (kind === "any" || tab.kind(finding, kind)) &&
      (relation === "" || tab.relation(finding, relation)) &&
      (!byAlike || tab.alike(finding, (least ?? 0) - 1e-9, (most ?? 1) + 1e-9)) &&
      (source === null || tab.articles(finding).some((at) => articles[at][A.source] === source)) &&
      (found === null || tab.articles(finding).some((at) => found.hits[at]) ||
        (tab.words && found.terms.every((term) => folded(tab.words(finding)).includes(term)))));
    const order = tab.orders[Number(field.order.value)][1];
    if (order) state.found = [...state.found].sort(order);
    state.page = 0;
    drawList();
  }

  function drawList() {
    const { tab, found } = state;
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const first = state.page * PAGE, shown = found.slice(first, first + PAGE);
    const all = found.length === tab.of.length ? count(found.length, tab.noun) : number(found.length) + " of " + count(tab.of.length, tab.noun);
    byID("count").textContent = found.length === 0 ? "None of " + count(tab.of.length, tab.noun) + " fits. Clear the filters to see all."
      : all + (pages > 1 ? "; " + number(first + 1) + "–" + number(first + shown.length) + " are shown" : "");
    const list = byID("list");
    if (tab.table) {
      const head = el("thead", null, el("tr", null, tab.table.map((title) => el("th", { scope: "col" }, title))));
      list.replaceChildren(found.length ? el("table", { class: "pairs" }, head, el("tbody", null, shown.map(tab.draw))) : "");
    } else {
      list.replaceChildren(el("ol", { class: "items", start: first + 1, role: "list" }, shown.map((finding) => el("li", null, tab.draw(finding)))));
    }
    byID("pages").hidden = pages === 1;
    byID("page").textContent = "Page " + number(state.page + 1) + " of " + number(pages);
    byID("before").disabled = state.page === 0;
    byID("after").disabled = state.page >= pages - 1;
  }

  function turn(by) {
    state.page += by;
    drawList();
    byID("list").focus({ preventScroll: true });
    byID("findings-title").scrollIntoView();
  }

  // ---- entries ----
  function span(least, most) {
    return percent(least) === percent(most) ? percent(least) : percent(least).replace(" %", "") + "–" + percent(most);
  }
  function clusterSaid(cluster) {
    const members = cluster[C.members];
    const removable = members.reduce((sum, m) => sum + m[M.removable], 0);
    const degrees = members.filter((m) => m[M.kind] !== "").map((m) => memberDegree(cluster, m));
    const outlets = [...new Set(clusterArticles(cluster).map((at) => articles[at][A.source]).filter((s) => s >= 0))];
    let said = count(members.length + 1, "article") + ", " + (removable ? number(removable) + " can be removed" : "none can be removed");
    if (degrees.length) said += " · " + span(Math.min(...degrees.slice(0, 50000)), Math.max(...degrees.slice(0, 50000))) + " shared with the one to keep";
    const parts = [said];
    if (outlets.length > 1) parts.push(el("span", null, count(outlets.length, "source") + ": ", outlets.slice(0, 6).flatMap((s, i) => [i ? ", " : "", bdi(sources[s])]), outlets.length > 6 ? " and more" : ""));
    return dotted(parts);
  }
  function drawCluster(cluster) {
    const keep = articles[cluster[C.keep]];
    return [
      el("h3", null, el("button", { type: "button", class: "plain", onclick: () => openGroup(clusterGroup(cluster)) }, bdi(keep[A.title] || nameOf(keep)))),
      el("p", null, clusterSaid(cluster)),
      el("p", { class: "faint" }, "Keep: ", articleLine(cluster[C.keep])),
    ];
  }
  function drawPair(pair) {
    const figure = pair[P.kind] === "exact" ? "exact copy" : percent(degree(pair)) + " " + (pair[P.kind] === "contained" ? "contained" : pair[P.kind] === "near" ? "alike" : kinds[pair[P.kind]] || pair[P.kind]);
    const cell = (id) => el("td", null, el("div", null, bdi(articles[id][A.title])), el("div", { class: "faint" }, articleLine(id)));
    const head = el("button", { type: "button", class: "plain kind", "aria-label": figure + ": open beside each other", onclick: () => openPair(pair) }, figure);
    const between = timeBetween(pair[P.a], pair[P.b]);
    return el("tr", null,
      el("td", null, head, pair[P.label] && pair[P.kind] !== "exact" && pair[P.label] !== "template" ? el("div", null, pair[P.label]) : null, between ? el("div", { class: "faint" }, "second one " + between) : null),
      cell(pair[P.a]), cell(pair[P.b]));
  }
  function placesOf(places, total, said) {
    const list = el("ul", { class: "places" });
    const fill = () => {
      if (list.childElementCount) return;
      list.append(...places.map((place) => el("li", null, said(place))));
      if (total > places.length) list.append(el("li", null, "and " + number(total - places.length) + " more, which this page does not list"));
    };
    if (total <= FEW) {
      fill();
      return list;
    }
    return el("details", { ontoggle: fill }, el("summary", null, "Where it stands"), list);
  }
  function drawRepeat(repeat) {
    const places = repeat[R.places], held = new Set(places.map((place) => place[0])).size;
    const outlets = [...new Set(places.map((place) => articles[place[0]][A.source]).filter((s) => s >= 0))];
    const where = repeat[R.class] === "source" && outlets.length ? ["in articles of ", bdi(sources[outlets[0]])]
      : [repeat[R.class] === "across" ? (outlets.length > 1 ? "across sources" : "in several articles") : classes[repeat[R.class]]];
    return [
      el("blockquote", { dir: "auto" }, repeat[R.text]),
      el("p", null, count(repeat[R.count], "place") + " ", where, repeat[R.count] <= places.length && held > 1 ? " (" + count(held, "article") + ")" : "",
        " · " + count(repeat[R.words], "word") + " · reach " + count(repeat[R.words] * repeat[R.count], "word"),
        repeat[R.least] < 1 ? " · at least " + percent(repeat[R.least]) + " alike" : ""),
      placesOf(places, repeat[R.count], (place) => dotted(bdi(nameOf(articles[place[0]])), articleTitleOf(place[0]), "paragraph " + number(place[1]), place[2] ? "line " + number(place[2]) : "")),
    ];
  }
  const articleTitleOf = (at) => (articles[at][A.title] ? bdi(articles[at][A.title]) : null);
  function drawPassage(passage) {
    const places = passage[S.places];
    const weight = { common: "common to many articles: no evidence", names: "of names alone: no evidence" }[passage[S.weightless]] || "";
    return [
      el("blockquote", { dir: "auto" }, passage[S.text]),
      el("p", null, dotted(count(passage[S.words], "word"), count(passage[S.count], "place"), "reach " + count(passage[S.words] * passage[S.count], "word"), weight, places.some((place) => place[3]) ? "quoted" : "")),
      placesOf(places, passage[S.count], (place) => dotted(articleTitleOf(place[0]), bdi(nameOf(articles[place[0]])),
        place[1] ? (place[2] > place[1] ? "lines " + number(place[1]) + "–" + number(place[2]) : "line " + number(place[1])) : "", place[3] ? "quoted" : "")),
    ];
  }

  function drawElsewhere(e) {
    const a = articles[e[E.article]], partner = articles[e[E.partner]];
    const pair = pairOf(e[E.article], e[E.partner]), title = bdi(a[A.title] || nameOf(a));
    return [
      el("h3", null, pair ? el("button", { type: "button", class: "plain", onclick: () => openPair(pair) }, title) : title),
      el("p", null, percent(elsewhereShare(e)) + " of its words (" + number(e[E.words]) + " of " + number(a[A.words]) + ") also stand in other articles",
        partner === a ? "" : [", " + percent(e[E.partnerWords] / Math.max(1, a[A.words])) + " in ", bdi(nameOf(partner)), partner[A.title] ? [" (", bdi(partner[A.title]), ")"] : ""]),
      el("p", { class: "faint" }, articleLine(e[E.article])),
    ];
  }

  function storySaid(story) {
    const members = story[T.members], sure = members.filter((m) => m[TM.source]).length;
    const outlets = new Set(members.map((m) => articles[m[TM.article]][A.source]).filter((s) => s >= 0)).size;
    const degree = sure === members.length ? "same source: " + (sure === 2 ? "both" : "all") + " share quotes or passages" : sure ? "same story; " + number(sure) + " of them share quotes or passages" : "same story";
    return dotted(count(members.length, "article"), outlets > 1 ? count(outlets, "source") : "", "score " + story[T.score].toFixed(2), degree);
  }
  const isTimed = (at) => articles[at][A.seconds] !== null && articles[at][A.seconds] !== undefined;
  function storyMemberSaid(story, m, first) {
    const earliest = story[T.members][0];
    const between = m === earliest ? (isTimed(m[TM.article]) ? first : "") : timeBetween(earliest[TM.article], m[TM.article]);
    return dotted("fit " + m[TM.fit].toFixed(2), m[TM.weak] ? "fits weakly" : "", between, m[TM.copies] ? "stands for " + count(m[TM.copies], "copy") : "");
  }
  // The pieces of evidence of a kind, one beside the other, and what is said of each.
  const evidenceOf = (story, kind) => story[T.evidence].filter((e) => e[TE.kind] === kind);
  const inLine = (evidence, said) => evidence.flatMap((e, i) => [i ? ", " : "", bdi(e[TE.kind] === "quote" || e[TE.kind] === "passage" ? "“" + e[TE.text] + "”" : e[TE.text]), said(e)]);
  function drawStory(story) {
    const members = story[T.members], first = articles[members[story[T.first]][TM.article]];
    const nameIn = (i) => bdi(nameOf(articles[members[i][TM.article]]));
    const line = (m) => el("li", null, el("div", null, bdi(articles[m[TM.article]][A.title])), el("div", { class: "faint" }, articleLine(m[TM.article]), " · ", storyMemberSaid(story, m, "the first")));
    const list = el("ul", { class: "places" }, members.slice(0, MEMBERS).map(line), members.length > MEMBERS ? el("li", null, "and " + number(members.length - MEMBERS) + " more") : "");
    const quotes = story[T.evidence].filter((e) => e[TE.kind] === "quote" || e[TE.kind] === "passage");
    const holders = (e) => (e[TE.members].length === members.length ? [members.length === 2 ? "both" : "all"] : e[TE.members].length > 2 ? [number(e[TE.members].length) + " of them"] : [nameIn(e[TE.members][0]), " and ", nameIn(e[TE.members][1])]);
    const some = (e) => (e[TE.members].length < members.length ? " (" + number(e[TE.members].length) + ")" : "");
    const row = (kind, label, said) => (evidenceOf(story, kind).length ? el("p", null, label + ": ", inLine(evidenceOf(story, kind), said)) : null);
    return [
      el("h3", null, el("button", { type: "button", class: "plain", onclick: () => openGroup(storyGroup(story)) }, bdi(first[A.title] || nameOf(first)))),
      el("p", null, storySaid(story)),
      members.length > FEW + 2 ? el("details", null, el("summary", null, "Articles"), list) : list,
      quotes.map((e) => [el("blockquote", { dir: "auto" }, e[TE.text]), el("p", { class: "faint" }, e[TE.kind] + " of " + count(e[TE.words], "word") + " in ", holders(e))]),
      row("number", "Numbers", some), row("name", "Names", some), row("term", "Words that the score is made of", (e) => " " + Math.round(100 * e[TE.share]) + " %"),
    ];
  }

  // ---- what opens ----
  // A group is articles that open as one: a cluster, a story or a pair. It has the name
  // behind the # of the address, the finding and the noun of it, what is said above,
  // the first article and what that is called, as is another one that an article is laid
  // beside, the others, and what is said of each in the list and of it beside another.
  function clusterGroup(cluster) {
    const members = cluster[C.members];
    return {
      name: "cluster-" + (cluster[C.at] + 1), of: cluster, noun: "cluster", said: [el("p", null, clusterSaid(cluster))],
      first: cluster[C.keep], called: "The one to keep", joins: "The one that joins it", others: members.map((m) => m[M.article]),
      lineOf: (i) => [el("strong", null, memberSaid(cluster, members[i])), " · ", articleLine(members[i][M.article])],
      bothSaid: () => [],
    };
  }
  function storyGroup(story) {
    const members = story[T.members], first = members[story[T.first]], others = members.filter((m) => m !== first);
    const position = new Map(members.map((m, i) => [m[TM.article], i]));
    const called = isTimed(first[TM.article]) ? "The earliest" : "The one that fits best";
    const titled = (m) => [el("strong", null, bdi(articles[m[TM.article]][A.title] || nameOf(articles[m[TM.article]]))), " · ", storyMemberSaid(story, m), " · ", articleLine(m[TM.article])];
    return {
      name: "story-" + (story[T.at] + 1), of: story, noun: "story", said: [el("p", null, storySaid(story))],
      first: first[TM.article], called, joins: "One that it shares words with", others: others.map((m) => m[TM.article]),
      lineOf: (i) => titled(others[i]), firstLine: () => titled(first),
      bothSaid: (one, other) => {
        const inBoth = (e) => [one, other].every((at) => e[TE.members].includes(position.get(at)));
        // Longer quotes and passages are marked in the texts.
        const told = (e) => inBoth(e) && ((e[TE.kind] !== "quote" && e[TE.kind] !== "passage") || e[TE.words] < data.marked);
        const parts = [["quote", "short quotes"], ["passage", "short passages"], ["number", "numbers"], ["name", "names"], ["term", "words that the score is made of"]]
          .map(([kind, label]) => [label, evidenceOf(story, kind).filter(told)]).filter(([, found]) => found.length);
        const said = [];
        if (one !== first[TM.article]) said.push(el("p", null, "It is laid beside another of the story here, with which it shares a quote or a passage that is listed; with " + lower(called) + " none is."));
        if (parts.length) said.push(el("p", null, "In both: ", dotted(parts.map(([label, found]) => el("span", null, el("strong", null, label), " ", inLine(found, () => ""))))));
        if (!story[T.evidence].some(inBoth)) said.push(el("p", null, "Nothing that this story is told by stands in both of these two."));
        return said;
      },
    };
  }
  function pairGroup(pair) {
    return {
      name: "pair-" + (data.pairs.indexOf(pair) + 1), of: pair, noun: "pair", title: "Two articles", said: [],
      first: pair[P.a], called: "The first", joins: "", others: [pair[P.b]],
      lineOf: () => [el("strong", null, "The other"), " · ", articleLine(pair[P.b])],
      bothSaid: () => [],
    };
  }
  function openPair(pair) {
    const at = clusterAt.get(pair[P.cluster]);
    if (at === undefined) openGroup(pairGroup(pair));
    else openGroup(clusterGroup(data.clusters[at]), pair);
  }
  // What an address names is opened; nothing is where it names none.
  function openNamed(hash) {
    const [, noun, n] = /^#(cluster|story|pair)-(\d+)$/.exec(hash) || [], at = Number(n) - 1;
    const found = noun === "cluster" ? data.clusters[clusterAt.get(at)] : noun === "story" ? data.stories[storyAt.get(at)] : noun && data.pairs[at];
    if (!found) return false;
    if (state.tab.noun !== noun) selectTab(tabs.find((tab) => tab.noun === noun));
    if (noun === "pair") openPair(found);
    else openGroup(state.tab.group(found));
    return true;
  }

  const dialog = byID("opened");
  let open = null; // { group, beside, chosen, run, runs, members }
  let opener = null;

  const blockOf = (id) => { const block = byID(id); return block ? JSON.parse(block.textContent) : null; };
  function openGroup(group, pair) {
    const wasOpen = dialog.open;
    if (!wasOpen) opener = document.activeElement;
    open = { group, beside: blockOf("beside-" + group.name), chosen: 0, members: MEMBERS };
    const { others, first, noun } = group;
    // Of a story it opens at an article that shows what it is told by.
    let chosen = Math.max(0, noun === "story" && open.beside ? others.findIndex((at) => (open.beside.runs[open.beside.articles.indexOf(at)] || []).length) : 0), opened = "";
    if (pair) {
      const [a, b] = [pair[P.a], pair[P.b]];
      chosen = Math.max(0, others.indexOf(a === first ? b : a));
      if (a !== first && b !== first) opened = el("p", { class: "note" }, "The pair that you opened is ", bdi(nameOf(articles[a])), " and ", bdi(nameOf(articles[b])), ": " + pairSaid(pair, a) + ". Texts are laid beside the one to keep: choose either of the two in the list.");
    }
    if (chosen >= MEMBERS) open.members = chosen + 1;
    const title = group.title || upper(noun) + " of " + count(others.length + 1, "article");
    const { tab, found } = state, at = tab && tab.group && tab.noun === noun ? found.indexOf(group.of) : -1;
    const step = (by, label) => el("button", { type: "button", disabled: !found[at + by], onclick: () => openGroup(tab.group(found[at + by])) }, label);
    dialog.replaceChildren(
      el("div", { class: "bar" }, el("h2", { id: "opened-title", tabIndex: -1 }, title),
        at >= 0 ? [step(-1, "‹ " + upper(noun) + " before"), step(1, "Next " + noun + " ›")] : null,
        el("button", { type: "button", onclick: () => dialog.close() }, "Close")),
      el("div", { class: "inside" }, group.said, opened,
        el("ul", { class: "members", "aria-label": "Articles of the " + noun + ". Choose one to see it beside " + lower(group.called) + "." }),
        el("div", { id: "beside" })));
    if (!wasOpen) dialog.showModal();
    choose(chosen);
    byID("opened-title").focus();
    remember("#" + group.name, wasOpen);
  }
  const lower = (text) => text[0].toLowerCase() + text.slice(1);
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  // The address tells what is open. Opening is a step in the history of the page, which
  // closing takes back, so that the way back closes too.
  let leaving = false; // the step is being taken back
  function remember(hash, wasOpen) {
    try {
      if (hash === location.hash) return;
      if (wasOpen || leaving || (history.state && history.state.opened)) history.replaceState(history.state, "", hash);
      else history.pushState({ opened: true }, "", hash);
    } catch { /* of a page that may not */ }
  }
  function forget() {
    try {
      leaving = Boolean(history.state && history.state.opened);
      if (leaving) history.back();
      else history.replaceState(null, "", "#");
    } catch { /* of a page that may not */ }
  }
  addEventListener("hashchange", () => {
    if (leaving) { // it may have been opened again before this was heard
      leaving = false;
      if (open) remember("#" + open.group.name);
    } else if ((!open || location.hash !== "#" + open.group.name) && !openNamed(location.hash) && dialog.open) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // it was opened again before this was heard
    open = null;
    dialog.replaceChildren();
    forget();
    if (opener && opener.isConnected) opener.focus();
  });
  dialog.addEventListener("keydown", (event) => {
    const button = event.target.closest(".members button");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && (button || event.target.id === "opened-title")) { // where a group opens
      const all = [...dialog.querySelectorAll(".members button[data-member]")];
      const next = all[(button ? all.indexOf(button) : open.chosen) + step];
      if (next) { next.focus(); choose(Number(next.dataset.member)); }
      event.preventDefault();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && (event.key === "n" || event.key === "p")) {
      stepRun(event.key === "n" ? 1 : -1);
      event.preventDefault();
    }
  });

  function memberSaid(cluster, member) {
    const article = member[M.article];
    if (member[M.kind] === "") {
      const chain = (member[M.chain] || []).slice(1).map((at) => nameOf(articles[at]));
      return ["joined through others", chain.length ? [" (", chain.flatMap((name, i) => [i ? " → " : "", bdi(name)]), ")"] : "", "; to be kept too"].flat();
    }
    const pair = pairOf(cluster[C.keep], article);
    let said = kinds[member[M.kind]];
    if (member[M.kind] === "near") said = percent(member[M.alike]) + " alike";
    if (member[M.kind] === "contained" && pair) {
      const forward = isFirst(pair, article), inKeep = forward ? pair[P.aInB] : pair[P.bInA], keepIn = forward ? pair[P.bInA] : pair[P.aInB];
      said = inKeep >= keepIn ? percent(inKeep) + " of it stands in the one to keep" : "longer: holds " + percent(keepIn) + " of the one to keep";
    }
    const between = timeBetween(cluster[C.keep], article);
    return dotted(said, pair && pair[P.label] && pair[P.label] !== "identical copy" ? pair[P.label] : "", between, member[M.removable] ? "" : "to be kept too");
  }
  function drawMembers() {
    const { group, chosen } = open, others = group.others;
    const list = dialog.querySelector(".members"), held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.member : undefined;
    const items = [el("li", null, el("div", { class: "keep" }, el("strong", null, group.called), " · ", group.firstLine ? group.firstLine() : articleLine(group.first)))];
    others.slice(0, open.members).forEach((other, i) => items.push(el("li", null,
      el("button", { type: "button", "data-member": i, "aria-pressed": String(i === chosen), onclick: () => choose(i) }, group.lineOf(i)))));
    if (others.length > open.members) items.push(el("li", null, el("button", { type: "button", onclick: () => { open.members += 5 * MEMBERS; drawMembers(); } }, "Show more of " + count(others.length, "member"))));
    const top = list.scrollTop;
    list.replaceChildren(...items);
    list.scrollTop = top;
    if (held !== undefined) { const again = list.querySelector('button[data-member="' + Number(held) + '"]'); if (again) again.focus(); }
  }
  function choose(at) {
    open.chosen = at;
    open.run = -1;
    drawMembers();
    dialog.querySelector('.members [aria-pressed="true"]').scrollIntoView({ block: "nearest" });
    drawBeside();
  }

  function textOf(article) {
    const text = blockOf("text-" + article);
    return typeof text === "number" ? textOf(text) : text;
  }
  function drawBeside() {
    const { group, beside, chosen } = open, other = group.others[chosen];
    // What is joined through others is shown beside the one that joins it.
    const position = beside ? beside.articles.indexOf(other) : -1;
    const one = position >= 0 ? beside.articles[beside.against[position]] : group.first;
    const called = one === group.first ? group.called : group.joins;
    const pair = pairOf(one, other);
    const parts = [];
    if (pair) parts.push(el("p", null, "Of the two below" + (pair[P.label] ? " (" + pair[P.label] + "): " : ": ") + pairSaid(pair, one, lower(called), "the other") + "."));
    if (pair && pair[P.difference]) parts.push(differenceOf(pair, one, lower(called)));
    parts.push(...group.bothSaid(one, other));
    const left = position >= 0 ? textOf(one) : null, right = position >= 0 ? textOf(other) : null;
    const runs = [];
    if (typeof left === "string" && typeof right === "string") {
      const flat = beside.runs[position];
      for (let i = 0; i < flat.length; i += 5) runs.push(flat.slice(i, i + 5));
    }
    open.runs = runs;
    if (position < 0) {
      parts.push(el("p", { class: "note" }, "The texts of these two are not in this file, which holds those of the largest clusters and stories up to a bound (see “How to read this”). The places above say where they stand."));
    } else if (typeof left !== "string" || typeof right !== "string") {
      parts.push(el("p", { class: "note" }, "The input has changed since it was scanned, so these texts could not be read again."));
    } else {
      const quotes = runs.filter((run) => run[4]).length;
      parts.push(el("div", { class: "steps" },
        el("span", null, runs.length ? ["Shared passages are underlined: " + number(runs.length), quotes ? [", of them ", el("span", { class: "quoted" }, count(quotes, "quote"))] : "", "."] : "The two share no passage long enough to be marked."),
        runs.length ? el("button", { type: "button", "aria-keyshortcuts": "p", title: "key p", onclick: () => stepRun(-1) }, "‹ Before") : null,
        runs.length ? el("button", { type: "button", "aria-keyshortcuts": "n", title: "key n", onclick: () => stepRun(1) }, "Next passage ›") : null,
        el("span", { id: "run", role: "status", "aria-live": "polite", class: "faint" })));
      parts.push(el("div", { class: "beside" },
        side(called, one, left, runs.map((run) => [run[0], run[1], run[4]])),
        side("The other", other, right, runs.map((run) => [run[2], run[3], run[4]]))));
    }
    byID("beside").replaceChildren(...parts);
    // Texts begin at their beginning, unless what they share stands below what is seen.
    for (const text of dialog.querySelectorAll(".text")) {
      const mark = text.querySelector("mark");
      if (mark && mark.offsetTop + mark.offsetHeight > text.clientHeight) reveal(text, mark);
    }
  }
  function reveal(text, mark) {
    text.scrollTop = mark.offsetTop - text.clientHeight / 3;
  }
  function differenceOf(pair, keep, name) {
    const [same, replaced, inserted, deleted, before, after, inside, changes] = pair[P.difference];
    const forward = isFirst(pair, keep);
    const onlyOther = forward ? inserted : deleted, onlyKeep = forward ? deleted : inserted;
    const said = "Word by word: " + count(same, "word") + " in both in one order; " + count(replaced, "word") + " replaced; " +
      number(onlyKeep) + " only in " + name + ", " + number(onlyOther) + " only in the other.";
    if (!changes.length) return el("p", null, said);
    return el("details", null, el("summary", null, said),
      el("table", { class: "changes" },
        el("thead", null, el("tr", null, ["Change", "In " + name, "In the other"].map((title) => el("th", { scope: "col" }, title)))),
        el("tbody", null, changes.map(([kind, a, b]) => el("tr", null, el("td", null, kind),
          el("td", { dir: "auto" }, (forward ? a : b) || "—"), el("td", { dir: "auto" }, (forward ? b : a) || "—"))))));
  }
  function side(label, at, text, runs) {
    const a = articles[at];
    return el("section", { "aria-label": label },
      el("h3", null, label + ": ", bdi(a[A.title] || nameOf(a))),
      el("p", { class: "faint" }, articleLine(at), a[A.url] ? [" · ", link(a[A.url])] : null,
        elsewhereOf.has(at) ? " · " + percent(elsewhereShare(elsewhereOf.get(at))) + " of its words stand in passages that others have too" : null),
      el("div", { class: "text", tabIndex: 0, role: "region", "aria-label": label + ": text" }, paragraphs(text, runs)));
  }
  // The lines of a text as paragraphs, with what is shared marked. Runs may overlap
  // where a text repeats itself: what is marked already is not marked again.
  function paragraphs(text, runs) {
    const marks = runs.map((run, i) => [run[0], run[1], i, run[2]]).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const drawn = [];
    let next = 0, marked = 0;
    for (let start = 0; start <= text.length;) {
      let end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      const line = el("p", { dir: "auto" });
      let from = start;
      while (next < marks.length && marks[next][0] < end) {
        const [first, last, run, quoted] = marks[next];
        const a = Math.max(first, marked, start), b = Math.min(last, end);
        if (a < b) {
          if (from < a) line.append(text.slice(from, a));
          line.append(el("mark", { class: quoted ? "quoted" : "", "data-run": run, onclick: () => showRun(run) }, text.slice(a, b)));
          from = b;
          marked = b;
        }
        if (last > end) break; // it goes on in the next line
        next++;
      }
      if (from < end) line.append(text.slice(from, end));
      if (/\S/.test(line.textContent)) drawn.push(line);
      start = end + 1;
    }
    return drawn;
  }
  function stepRun(by) {
    if (!open || !open.runs.length) return;
    showRun((Math.max(open.run, by < 0 ? 0 : -1) + by + open.runs.length) % open.runs.length);
  }
  function showRun(run) {
    if (open.run < 0 && run < 0) return;
    open.run = run;
    for (const mark of dialog.querySelectorAll("mark.current")) mark.classList.remove("current");
    for (const text of dialog.querySelectorAll(".text")) {
      const marks = text.querySelectorAll('mark[data-run="' + Number(run) + '"]');
      for (const mark of marks) mark.classList.add("current");
      if (marks.length) reveal(text, marks[0]);
    }
    byID("run").textContent = "Passage " + number(run + 1) + " of " + number(open.runs.length) + (open.runs[run][4] ? ", a quote" : "");
  }

  // ---- the start ----
  function selectTab(tab, focus) {
    state.tab = tab;
    for (const button of byID("tabs").children) {
      const selected = button.id === "tab-" + tab.id;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      if (selected && focus) button.focus();
    }
    byID("list").setAttribute("aria-labelledby", "tab-" + tab.id);
    field.kind.replaceChildren(el("option", { value: "any" }, "all"), ...tab.kinds.filter(([kind]) => tab.of.some((finding) => tab.kind(finding, kind))).map(([kind, label]) => el("option", { value: kind }, label)));
    field.order.replaceChildren(...tab.orders.map(([label], i) => el("option", { value: i }, label)));
    byID("alike-range").hidden = !tab.alike;
    byID("alike-label").textContent = tab.range || "Alike, in percent";
    byID("search-label").textContent = "Search names, titles, sources and " + (tab.words ? "text" : "first words");
    filter();
  }
  const most = 2000; // sources to choose from
  function drawSources() {
    const counts = new Array(sources.length).fill(0);
    for (const a of articles) if (a[A.source] >= 0) counts[a[A.source]]++;
    const order = counts.map((n, i) => i).sort((a, b) => counts[b] - counts[a]).slice(0, most);
    field.source.replaceChildren(el("option", { value: "" }, "all"), ...order.map((i) => el("option", { value: i }, sources[i] + " (" + number(counts[i]) + ")")));
    if (sources.length < 1) field.source.closest("label").hidden = field.relation.closest("label").hidden = true;
  }
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(filter); };

  function start() {
    byID("app").hidden = false;
    if (!tabs.length) {
      byID("app").replaceChildren(el("p", null, "There are none."));
      return;
    }
    byID("tabs").append(...tabs.map((tab) => el("button", { type: "button", role: "tab", id: "tab-" + tab.id, "aria-controls": "list", onclick: () => selectTab(tab) }, tab.label + " (" + number(tab.of.length) + ")")));
    byID("tabs").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (tabs.indexOf(state.tab) + step + tabs.length) % tabs.length : -1;
      if (at >= 0) { selectTab(tabs[at], true); event.preventDefault(); }
    });
    byID("filters").addEventListener("submit", (event) => event.preventDefault());
    byID("filters").addEventListener("input", soon);
    byID("filters").addEventListener("reset", () => setTimeout(filter));
    byID("before").addEventListener("click", () => turn(-1));
    byID("after").addEventListener("click", () => turn(1));
    drawSources();
    selectTab(tabs[0]);
    openNamed(location.hash);
  }
  function startTheme() {
    const button = byID("theme"), root = document.documentElement;
    const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const name = () => { button.textContent = dark() ? "Light colours" : "Dark colours"; };
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
    button.hidden = false;
    name();
  }
  startTheme();
  start();
})();
