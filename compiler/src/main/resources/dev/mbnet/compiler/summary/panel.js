/** What is beside the drawing: the totals, what is selected, and the source. */

/** Makes an element of HTML. */
function html(name, attributes, ...children) {
  const element = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

function exact(value) {
  return value.toLocaleString("en-US");
}

function share(part, whole) {
  return whole ? (100 * part / whole).toFixed(1) + " %" : "";
}

/** Sets what stands between backticks as code. */
function showCode(element) {
  const parts = element.textContent.split(/`([^`]+)`/);
  element.replaceChildren(...parts.map((part, i) => (i % 2 ? html("code", {}, part) : part)));
}

function showTotals(element, data) {
  const { totals, layers } = data;
  const figures = [
    ["parameters", short(totals.parameters), exact(totals.parameters) + " trainable"],
    ["MACs", short(totals.macs), exact(totals.macs) + " multiply-adds of convolutions and dense layers"],
    ["live memory", short(totals.peakActivationBytes, true),
      exact(totals.peakActivationBytes) + " bytes of float activations alive at once, at the most"],
    ["layers", exact(layers.length - 1), "without the input"],
    ["input", totals.inputs.map((t) => shapeText(t.shape)).join(", "), "height, width, channels"],
    ["output", totals.outputs.map((t) => shapeText(t.shape)).join(", "), "height, width, channels; or channels"],
  ];
  for (const [name, figure, meaning] of figures) {
    element.append(html("div", { title: meaning }, html("dt", {}, name), html("dd", {}, figure)));
  }
}

class Panel {
  /** `model` has {data, root, byKey, go(item)}. */
  constructor(detail, source, model) {
    this.detail = detail;
    this.source = source;
    this.model = model;
  }

  show(item) {
    this.detail.replaceChildren();
    if (item) {
      this.detail.append(...this.about(item));
    } else {
      this.detail.append(html("p", { class: "hint" },
        "Choose a layer or a stage to read its numbers. Its statement is marked in the source below."));
    }
    this.mark(item);
  }

  about(item) {
    const { totals, layers } = this.model.data;
    const what = item.children ? item.size + " layers" : item.detail || "input";
    const all = [html("h2", {}, item.key.replace(".*", "")), html("p", { class: "what" }, what)];
    const rows = html("table", { class: "counts" });
    const row = (name, value, part, whole) => {
      const bar = html("td", { class: "share" });
      if (part && whole) {
        const meter = html("span", { class: "meter" }, html("i", {}));
        meter.firstChild.style.width = Math.max(1, 100 * part / whole) + "%";
        bar.append(meter, share(part, whole));
      }
      rows.append(html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, value), bar));
    };
    row("output", item.output.join(" × "));
    row("parameters", exact(item.parameters), item.parameters, totals.parameters);
    row("MACs", exact(item.macs), item.macs, totals.macs);
    row("output memory", exact(item.outputBytes) + " B");
    row("live memory", exact(item.liveBytes) + " B", item.liveBytes, totals.peakActivationBytes);
    all.push(rows);
    all.push(...this.neighbours("reads", item.children ? item.ins : item.reads));
    const outs = item.children ? item.outs : [item.layer];
    const readers = layers.flatMap((layer, number) =>
      layer.reads.some((read) => outs.includes(read)) && !(item.first <= number && number <= item.last)
        ? [number] : []);
    all.push(...this.neighbours("is read by", readers));
    if (item.weights && item.weights.length) {
      all.push(html("h3", {}, "weights"),
        html("ul", { class: "weights" }, ...item.weights.map((weight) => html("li", {}, weight))));
    }
    if (item.children) {
      all.push(...this.largest(item));
    }
    return all;
  }

  /** The layers of an item that cost the most in what the bars show. */
  largest(item) {
    const { measure } = this.model;
    const inner = this.model.data.layers.slice(item.first, item.last + 1)
      .filter((layer) => layer[measure] > 0)
      .sort((a, b) => b[measure] - a[measure])
      .slice(0, 5);
    if (!inner.length) {
      return [];
    }
    const words = { macs: "most MACs", parameters: "most parameters", liveBytes: "most memory" };
    const list = html("ul", { class: "links" });
    for (const layer of inner) {
      list.append(html("li", {}, this.link(layer.name),
        html("span", { class: "figure" }, short(layer[measure], measure === "liveBytes"))));
    }
    return [html("h3", {}, words[measure]), list];
  }

  neighbours(title, numbers) {
    if (!numbers.length) {
      return [];
    }
    const list = html("ul", { class: "links" });
    for (const number of numbers) {
      const layer = this.model.data.layers[number];
      list.append(html("li", {}, this.link(layer.name),
        html("span", { class: "figure" }, layer.output.join(" × "))));
    }
    return [html("h3", {}, title), list];
  }

  link(key) {
    const button = html("button", { type: "button", class: "link" }, key);
    button.addEventListener("click", () => this.model.go(this.model.byKey.get(key)));
    return button;
  }

  /** Lists the sources, each line numbered; a line with a statement leads to what it makes. */
  list() {
    this.lines = [];
    this.model.data.sources.forEach((source, file) => {
      const listing = html("ol", { class: "listing" });
      const lines = [];
      let begin = 0;
      for (const line of source.text.split(/\r\n|\r|\n/)) {
        const element = html("li", {}, html("code", {}, line || " "));
        listing.append(element);
        lines.push({ element, line, begin });
        begin += line.length + (source.text.startsWith("\r\n", begin + line.length) ? 2 : 1);
      }
      this.lines.push(lines);
      this.source.append(html("h3", {}, source.name), listing);
      this.model.root.children.forEach((item) => {
        const stage = this.model.data.stages[item.stage];
        if (stage.source === file) {
          const { element } = lines[stage.line - 1];
          element.classList.add("statement");
          element.addEventListener("click", () => this.model.go(item));
        }
      });
    });
  }

  mark(item) {
    this.source.querySelectorAll("li.marked").forEach((element) => {
      element.classList.remove("marked");
      element.firstChild.textContent = element.firstChild.textContent;
    });
    if (!item) {
      return;
    }
    const stage = this.model.data.stages[item.stage];
    for (const { element, line, begin } of this.lines[stage.source]) {
      const from = Math.max(line.search(/\S|$/), stage.begin - begin);
      const to = Math.min(line.length, stage.end - begin);
      if (from < to) {
        element.classList.add("marked");
        element.firstChild.replaceChildren(
          line.slice(0, from), html("mark", {}, line.slice(from, to)), line.slice(to));
      }
    }
    const first = this.source.querySelector("li.marked");
    if (first) {
      const box = this.source.getBoundingClientRect();
      const at = first.getBoundingClientRect();
      if (at.top < box.top + 30 || at.bottom > box.bottom - 10) {
        this.source.scrollTop += at.top - box.top - box.height / 3;
      }
    }
  }
}
