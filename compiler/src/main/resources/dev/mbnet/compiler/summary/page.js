/** The page: what is unfolded, selected and searched for, and what keys and pointers do. */
class Page {
  constructor() {
    this.data = JSON.parse(document.getElementById("data").textContent);
    Object.assign(this, makeTree(this.data));
    this.measure = "macs";
    this.open = new Set([this.root]);
    this.isOpen = (item) => this.open.has(item);
    walk(this.root, (item) => {
      if (item.children && item.depth < this.data.depth) this.open.add(item);
    });
    this.selected = null;
    this.found = null;
    this.view = document.getElementById("view");
    this.drawing = new Drawing(document.getElementById("drawing"), this);
    this.panel = new Panel(document.getElementById("detail"), document.getElementById("source"), this);
    showCode(document.querySelector(".doc"));
    showTotals(document.getElementById("totals"), this.data);
    this.panel.list();
    this.drawing.zoom = 1;
    this.draw();
    this.drawing.scale(Math.min(1, Math.max(0.7, this.view.clientWidth / this.drawing.width)));
    this.view.scrollLeft = this.view.scrollWidth; // Where it is too wide, layers before their source.
    this.panel.show(null);
  }

  /** The statement's item. */
  top(item) {
    let at = item;
    while (at.parent && at.parent !== this.root) at = at.parent;
    return at;
  }

  draw() {
    this.drawing.render();
    this.drawing.select(this.selected, this.found);
  }

  // Folding.

  toggle(item) {
    if (!item.children) {
      return;
    }
    const opens = !this.isOpen(item);
    this.keepInPlace(item, () => {
      if (opens) {
        this.open.add(item);
      } else {
        this.open.delete(item);
        if (this.selected && this.selected !== item && holds(item, this.selected)) {
          this.select(item);
        }
      }
      displace(item);
    });
  }

  /** Folds or unfolds all; the input's own item has no inside. */
  all(opens) {
    const before = this.selected;
    const anchor = before && this.drawing.boxes.has(this.top(before)) ? this.top(before) : this.root.children[0];
    this.keepInPlace(anchor, () => {
      walk(this.root, (item) => {
        item.placed = null;
        if (item.children && item !== this.root) {
          opens ? this.open.add(item) : this.open.delete(item);
        }
      });
      if (!opens && before) {
        this.select(this.top(before));
      }
    });
  }

  /** Draws after a change such that an item stays where it is on the screen. */
  keepInPlace(item, change) {
    const where = () => {
      const box = this.drawing.boxes.get(item);
      const { zoom, left } = this.drawing;
      return box && [(box.x + box.width / 2 - left) * zoom, box.y * zoom];
    };
    const before = where();
    const { scrollLeft, scrollTop } = this.view;
    change();
    this.draw();
    const after = where();
    if (before && after) {
      this.view.scrollLeft = scrollLeft + after[0] - before[0];
      this.view.scrollTop = scrollTop + after[1] - before[1];
    }
  }

  // Selecting.

  select(item) {
    this.selected = item;
    this.drawing.select(item, this.found);
    this.panel.show(item);
    if (item) {
      this.view.setAttribute("aria-activedescendant", "item-" + item.key);
    } else {
      this.view.removeAttribute("aria-activedescendant");
    }
  }

  /** Unfolds what an item is in, selects it and brings it into view. */
  go(item) {
    let changed = false;
    for (let at = item.parent; at; at = at.parent) {
      if (!this.isOpen(at)) {
        this.open.add(at);
        displace(at);
        changed = true;
      }
    }
    if (changed) {
      this.draw();
    }
    this.select(item);
    this.reveal(item);
  }

  reveal(item) {
    const box = this.drawing.boxes.get(item);
    const { zoom, left } = this.drawing;
    const x = (box.x - left) * zoom;
    const y = (box.y + 24) * zoom;
    const width = box.width * zoom;
    const height = Math.min(box.height, 120) * zoom;
    const { view } = this;
    const margin = 40;
    if (y < view.scrollTop + margin || y + height > view.scrollTop + view.clientHeight - margin) {
      view.scrollTop = y - view.clientHeight / 3;
    }
    if (x < view.scrollLeft || x + width > view.scrollLeft + view.clientWidth) {
      view.scrollLeft = x + width / 2 - view.clientWidth / 2;
    }
  }

  visible() {
    const all = [];
    const visit = (item) => {
      all.push(item);
      if (item.children && this.isOpen(item)) item.children.forEach(visit);
    };
    this.root.children.forEach(visit);
    return all;
  }

  step(by) {
    const all = this.visible();
    const at = all.indexOf(this.selected);
    this.go(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  // Searching.

  search(query) {
    const words = query.toLowerCase().split(/\s+/).filter((word) => word);
    const found = document.getElementById("found");
    this.found = null;
    if (words.length) {
      this.found = new Set();
      walk(this.root, (item) => {
        if (item !== this.root && words.every((word) => this.textOf(item).includes(word))) {
          this.found.add(item);
        }
      });
    }
    this.hits = this.found && [...this.found];
    found.textContent = this.hits ? (this.hits.length || "nothing") + " found" : "";
    this.drawing.select(this.selected, this.found);
  }

  /** The words by which an item is found; statements are found by their text, too. */
  textOf(item) {
    if (item.text === undefined) {
      const shape = item.output.join("x");
      const parts = item.children ? [] : [item.op, item.detail];
      const call = item.parent === this.root ? callText(this.data, item) : "";
      item.text = [item.key, ...parts, shape, call].join(" ").toLowerCase();
    }
    return item.text;
  }

  nextHit(by) {
    if (this.hits && this.hits.length) {
      const at = this.hits.indexOf(this.selected);
      const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
      this.go(this.hits[(next + this.hits.length) % this.hits.length]);
    }
  }

  // Zooming.

  /** Scales around a place of the view, its middle unless given. */
  zoomTo(zoom, x = this.view.clientWidth / 2, y = this.view.clientHeight / 2) {
    const old = this.drawing.zoom;
    const next = Math.min(Math.max(zoom, 0.05), 3);
    const { scrollLeft, scrollTop } = this.view;
    this.drawing.scale(next);
    this.view.scrollLeft = (scrollLeft + x) * next / old - x;
    this.view.scrollTop = (scrollTop + y) * next / old - y;
  }

  /** Shows the whole width, and the whole height where that stays legible. */
  fit() {
    const { width, height } = this.drawing;
    const across = this.view.clientWidth / width;
    const down = this.view.clientHeight / height;
    this.zoomTo(Math.min(1, across, Math.max(down, 0.5)));
  }

  // Listening.

  listen() {
    const on = (id, event, act) => document.getElementById(id).addEventListener(event, act);
    on("unfold", "click", () => this.all(true));
    on("fold", "click", () => this.all(false));
    on("larger", "click", () => this.zoomTo(this.drawing.zoom * 1.25));
    on("smaller", "click", () => this.zoomTo(this.drawing.zoom / 1.25));
    on("fit", "click", () => this.fit());
    on("keys", "click", () => document.getElementById("help").showModal());
    on("theme", "click", () => this.theme(!this.isDark()));
    on("search", "input", (event) => this.search(event.target.value));
    on("search", "keydown", (event) => {
      if (event.key === "Enter") {
        this.nextHit(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape") {
        event.target.value = "";
        this.search("");
        this.view.focus();
      }
    });
    on("measure", "change", (event) => {
      this.measure = event.target.value;
      this.draw();
      this.panel.show(this.selected);
    });
    this.view.addEventListener("click", (event) => this.click(event));
    this.view.addEventListener("dblclick", (event) => {
      const item = this.itemAt(event);
      if (item && !event.target.closest("[data-fold]")) this.toggle(item);
    });
    this.view.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.dragging();
    document.addEventListener("keydown", (event) => this.key(event));
    this.showTheme();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.showTheme());
  }

  itemAt(event) {
    const element = event.target.closest("[data-key]");
    return element && this.byKey.get(element.dataset.key);
  }

  click(event) {
    if (this.dragged) {
      return;
    }
    const item = this.itemAt(event);
    if (item && event.target.closest("[data-fold]")) {
      this.toggle(item);
    } else {
      this.select(item);
    }
  }

  wheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = this.view.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002));
      this.zoomTo(this.drawing.zoom * factor, event.clientX - box.left, event.clientY - box.top);
    }
  }

  /** The mouse pulls the drawing; touch scrolls by itself. */
  dragging() {
    let from = null;
    this.view.addEventListener("pointerdown", (event) => {
      this.dragged = false;
      if (event.pointerType === "mouse" && event.button === 0) {
        from = { x: event.clientX, y: event.clientY, left: this.view.scrollLeft, top: this.view.scrollTop };
      }
    });
    window.addEventListener("pointermove", (event) => {
      if (!from) {
        return;
      }
      const dx = event.clientX - from.x;
      const dy = event.clientY - from.y;
      if (this.dragged || Math.hypot(dx, dy) > 4) {
        this.dragged = true;
        this.view.classList.add("dragging");
        this.view.scrollLeft = from.left - dx;
        this.view.scrollTop = from.top - dy;
      }
    });
    window.addEventListener("pointerup", () => {
      from = null;
      this.view.classList.remove("dragging");
    });
  }

  key(event) {
    const inField = event.target.matches("input[type=search], dialog *");
    if (inField || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const inView = event.target === this.view || event.target === document.body;
    const item = this.selected;
    const onItems = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      ArrowRight: () => {
        if (!item || !item.children) this.step(1);
        else if (this.isOpen(item)) this.go(item.children[0]);
        else this.toggle(item);
      },
      ArrowLeft: () => {
        if (item && item.children && this.isOpen(item)) this.toggle(item);
        else if (item && item.parent !== this.root) this.go(item.parent);
      },
      Home: () => this.go(this.root.children[0]),
      End: () => this.go(this.visible().pop()),
      Enter: () => item && this.toggle(item),
      " ": () => item && this.toggle(item),
    };
    const anywhere = {
      "/": () => document.getElementById("search").select(),
      "?": () => document.getElementById("help").showModal(),
      "+": () => this.zoomTo(this.drawing.zoom * 1.25),
      "=": () => this.zoomTo(this.drawing.zoom * 1.25),
      "-": () => this.zoomTo(this.drawing.zoom / 1.25),
      0: () => this.fit(),
      e: () => this.all(true),
      c: () => this.all(false),
      Escape: () => {
        document.getElementById("search").value = "";
        this.search("");
        this.select(null);
      },
    };
    const act = (inView && onItems[event.key]) || anywhere[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  // Light and dark.

  isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  theme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    this.showTheme();
  }

  showTheme() {
    document.getElementById("theme").textContent = this.isDark() ? "Light" : "Dark";
  }
}

const page = new Page();
page.listen();
