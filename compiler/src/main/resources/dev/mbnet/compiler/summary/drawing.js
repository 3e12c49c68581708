/** The drawing: cards for layers and folded stages, frames around unfolded ones, lines between. */
const KINDS = {
  conv: "conv", deconv: "conv", dwconv: "depthwise", dense: "dense",
  maxpool: "pool", avgpool: "pool", gap: "pool", add: "join", mul: "join", concat: "join",
};
const fonts = getComputedStyle(document.documentElement);
const MONO = "12px " + fonts.getPropertyValue("--mono");
const SANS = fonts.getPropertyValue("--sans");

/** Makes an element of SVG; `children` are elements. */
function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function textWidth(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/** The text, or as much of its beginning as fits. */
function fitting(text, font, room) {
  if (textWidth(text, font) <= room) {
    return text;
  }
  let shown = text;
  while (shown.length > 1 && textWidth(shown + "…", font) > room) {
    shown = shown.slice(0, -1);
  }
  return shown.trimEnd() + "…";
}

function shapeText(shape) {
  return shape[0] === 1 && shape[1] === 1 ? String(shape[2]) : shape.join(" × ");
}

/** Three digits and a letter: 1.23 M. */
function short(value, bytes) {
  const base = bytes ? 1024 : 1000;
  const units = bytes ? ["B", "KiB", "MiB", "GiB"] : ["", "k", "M", "G"];
  let unit = 0;
  let left = value;
  while (left >= 999.5 && unit < units.length - 1) {
    left /= base;
    unit++;
  }
  const digits = unit === 0 || left >= 99.95 ? 0 : left >= 9.995 ? 1 : 2;
  return (left.toFixed(digits) + " " + units[unit]).trim();
}

class Drawing {
  /** `model` has {data, root, isOpen(item)}. */
  constructor(element, model) {
    this.element = element;
    this.model = model;
    this.frames = svg("g", {});
    this.lines = svg("g", { class: "lines" });
    this.cards = svg("g", {});
    this.code = svg("g", {});
    const arrow = (id) => svg("marker", {
      id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9,
      markerUnits: "userSpaceOnUse", orient: "auto",
    }, svg("path", { d: "M0.5 0.5 L7.5 4 L0.5 7.5 z" }));
    element.append(svg("defs", {}, arrow("arrow"), arrow("arrow-lit")), this.frames, this.lines, this.cards, this.code);
    this.shown = new Map(); // From an item to its element.
  }

  /** Draws everything anew. */
  render() {
    const placed = place(this.model.root, this.model.isOpen);
    const codeWidth = this.codeWidth();
    const margin = 24;
    this.left = placed.left - margin - codeWidth;
    this.width = placed.right + margin - this.left;
    this.height = placed.height + 2 * margin;
    this.element.setAttribute("viewBox", `${this.left} ${-margin} ${this.width} ${this.height}`);
    [this.frames, this.lines, this.cards, this.code].forEach((layer) => layer.replaceChildren());
    this.shown.clear();
    this.boxes = new Map();
    this.drawn = [];
    this.inside(placed, 0, 0);
    this.statements(placed, placed.left - codeWidth);
    this.scale();
  }

  scale(zoom = this.zoom) {
    this.zoom = zoom;
    this.element.setAttribute("width", this.width * zoom);
    this.element.setAttribute("height", this.height * zoom);
  }

  inside(placed, x, y) {
    for (const box of placed.boxes) {
      const at = { x: x + box.x, y: y + box.y, width: box.width, height: box.height };
      if (box.output !== undefined) {
        this.cards.append(this.pill(box.output, at));
        continue;
      }
      this.boxes.set(box.child, at);
      const element = box.inner ? this.frame(box.child, at) : this.card(box.child, at);
      (box.inner ? this.frames : this.cards).append(element);
      this.shown.set(box.child, element);
      if (box.inner) {
        this.inside(box.inner, x + box.spine, at.y + FRAME.head);
      }
    }
    for (const line of placed.lines) {
      const element = this.line(line, x, y);
      this.lines.append(element);
      this.drawn.push({ ...line, element });
    }
  }

  line({ path, isBorder }, dx, dy) {
    const first = path[0];
    let d = `M${first[0] + dx} ${first[1] + dy}`;
    let end = first;
    let lowest = first[1] + dy;
    for (const next of path.slice(1)) {
      const from = end[2] + dy;
      const to = next[1] + dy;
      if (from > lowest) {
        d += ` V${from}`;
      }
      if (Math.abs(next[0] - end[0]) > 0.5) {
        const middle = (from + to) / 2;
        d += ` C${end[0] + dx} ${middle} ${next[0] + dx} ${middle} ${next[0] + dx} ${to}`;
      } else {
        d += ` V${to}`;
      }
      lowest = to;
      end = next;
    }
    return svg("path", isBorder ? { d, class: "border" } : { d });
  }

  /** The label, or what is called in place of a mere number. */
  title(item) {
    return this.isNumbered(item) ? item.op || calledBy(this.model.data, item) : item.title;
  }

  isNumbered(item) {
    return /^\d+$/.test(item.title) && (!item.children || item.parent === this.model.root);
  }

  /** What there is to say besides the title. */
  kind(item) {
    const words = [];
    if (this.isNumbered(item)) {
      words.push(item.title);
    } else if (!item.children && item.title !== item.op) {
      words.push(item.op);
    } else if (item.children && item.parent === this.model.root) {
      words.push(calledBy(this.model.data, item));
    }
    return words.concat(item.children ? item.size + " layers" : []).join(", ");
  }

  card(item, at) {
    const element = this.group(item, at, "card");
    if (item.children) {
      element.append(svg("rect", { class: "under", x: 5, y: 5, rx: 7, width: at.width - 4, height: at.height }));
    }
    element.append(
      svg("rect", { class: "body", rx: 7, width: at.width, height: at.height }),
      svg("path", { class: "stripe", d: `M7 0 H5 V${at.height} H7 A7 7 0 0 1 0 ${at.height - 7} V7 A7 7 0 0 1 7 0 z` }),
    );
    this.words(element, item, at);
    return element;
  }

  frame(item, at) {
    const element = this.group(item, at, "frame depth" + (item.depth % 3));
    element.append(svg("rect", { class: "body", rx: 10, width: at.width, height: at.height }));
    this.words(element, item, at);
    return element;
  }

  /** Names at the left, the measure at the right. */
  words(element, item, at) {
    const { measure } = this.model;
    const start = item.children ? 30 : 16;
    const value = item[measure];
    const whole = Math.max(...this.model.root.children.map((child) => child[measure]));
    const shown = value ? short(value, measure === "liveBytes") : "";
    const room = at.width - start - 14 - (shown ? textWidth(shown, "12px " + SANS) + 14 : 0);
    const title = fitting(this.title(item), "600 13px " + SANS, room);
    const used = textWidth(title, "600 13px " + SANS) + 7;
    const kind = room - used > 24 ? fitting(this.kind(item), "12px " + SANS, room - used) : "";
    element.append(
      text("title", start, 21, title),
      text("kind", start + used, 21, kind),
      text("shape", start, 39, shapeText(item.output)),
      text("value", at.width - 12, 21, shown),
    );
    if (value) {
      const full = 64;
      const part = Math.max(1.5, full * value / whole);
      element.append(
        svg("rect", { class: "track", x: at.width - 12 - full, y: 33, width: full, height: 5, rx: 2.5 }),
        svg("rect", { class: "bar", x: at.width - 12 - full, y: 33, width: part, height: 5, rx: 2.5 }),
      );
    }
    if (item.children) {
      const fold = svg("g", { class: "fold", "data-fold": "" },
        svg("rect", { x: 4, y: 4, width: 26, height: 36, rx: 5 }),
        svg("path", { d: this.model.isOpen(item) ? "M12.5 14 l4.5 5 l4.5 -5" : "M14.5 11.5 l5 4.5 l-5 4.5" }));
      element.append(fold);
    }
  }

  group(item, at, style) {
    const kind = item.children ? "group" : KINDS[item.op] || "other";
    const element = svg("g", {
      class: `${style} ${kind}`,
      id: "item-" + item.key,
      "data-key": item.key,
      transform: `translate(${at.x} ${at.y})`,
      role: "treeitem",
      "aria-level": item.depth,
      "aria-label": [this.title(item), this.kind(item), "output " + item.output.join(" by ")].join(", "),
      "aria-selected": "false",
    });
    if (item.children) {
      element.setAttribute("aria-expanded", this.model.isOpen(item));
    }
    return element;
  }

  pill(layer, at) {
    const names = this.model.data.layers[layer].outputs.map((name) => name === "output" ? "" : name);
    const element = svg("g", { class: "pill", transform: `translate(${at.x} ${at.y})` });
    element.append(
      svg("rect", { width: at.width, height: at.height, rx: at.height / 2 }),
      text("title", at.width / 2, 17, fitting("output " + names.join(", "), "12px " + SANS, at.width - 20)));
    return element;
  }

  // The statements, each beside what it makes.

  statementsOf(placed) {
    return placed.boxes.filter((box) => box.child);
  }

  codeLine(item) {
    const stage = this.model.data.stages[item.stage];
    return { line: String(stage.line), call: fitting(callText(this.model.data, item), MONO, 380) };
  }

  codeWidth() {
    const lines = this.model.root.children.map((item) => this.codeLine(item).call);
    return 44 + Math.max(0, ...lines.map((line) => textWidth(line, MONO))) + 28;
  }

  statements(placed, left) {
    const heights = new Map();
    let last = -1;
    for (const box of this.statementsOf(placed)) {
      const { line, call } = this.codeLine(box.child);
      const row = heights.get(box.y) || 0;
      heights.set(box.y, row + 1);
      const y = box.y + (box.inner ? FRAME.head : box.height) / 2 + 4 + 17 * row;
      const stage = box.child.stage;
      if (stage === last) {
        continue; // One statement may make several layers, which follow each other.
      }
      last = stage;
      const element = svg("g", { class: "statement", "data-key": box.child.key });
      element.append(text("number", left + 28, y, line), text("call", left + 40, y, call));
      this.code.append(element);
    }
  }

  /** Shows what is selected and what it reads and feeds. */
  select(item, found) {
    this.element.classList.toggle("searching", found !== null);
    for (const [shown, element] of this.shown) {
      const unfolded = shown.children && this.model.isOpen(shown);
      const hits = !found ? 0 : unfolded ? Number(found.has(shown)) : countFound(shown, found);
      element.classList.toggle("selected", shown === item);
      element.classList.toggle("found", hits > 0);
      element.setAttribute("aria-selected", shown === item);
      element.querySelector(".hits")?.remove();
      if (hits && shown.children && !unfolded) {
        element.append(text("hits", CARD.width - 4, 1, String(hits)));
      }
    }
    for (const { element, layer, from, to } of this.drawn) {
      const reads = item && (item.children ? item.ins : item.reads);
      element.classList.toggle("reads", !!item && holds(to, item) && reads.includes(layer));
      element.classList.toggle("feeds", !!item && holds(from, item) && makes(item, layer));
    }
    for (const element of this.code.children) {
      const owner = item && this.model.top(item);
      element.classList.toggle("selected", !!owner && element.dataset.key === owner.key);
    }
  }
}

/** Whether a layer's tensor comes out of an item. */
function makes(item, layer) {
  return item.children ? item.outs.includes(layer) && item.first <= layer && layer <= item.last
    : item.layer === layer;
}

function countFound(item, found) {
  let count = 0;
  walk(item, (at) => { count += found.has(at) ? 1 : 0; });
  return count;
}

function text(style, x, y, words) {
  const element = svg("text", { class: style, x, y });
  element.textContent = words;
  return element;
}

/** The statement that an item comes from, or its first line; of an input, the shape. */
function callText(data, item) {
  const stage = data.stages[item.stage];
  const text = data.sources[stage.source].text.slice(stage.begin, stage.end);
  const shown = item.op === "input" ? text.replace(/\{[^]*/, "") : text;
  return shown.trim().replace(/(\/\/.*)?\r?\n[^]*/, "…").replace(/\s+/g, " ");
}

/** What a statement calls. */
function calledBy(data, item) {
  return /^(?:\w+\s*:\s*)?(\w*)/.exec(callText(data, item))[1];
}
