/**
 * The network as a tree: stages hold blocks, blocks hold layers.
 *
 * An item has a key (its path; of branches with their join, that and ".*"), a title (the last part of it) and the counts of all layers in it.
 * An item that holds others also has links between them: {layer, from, to} says that the tensor of
 * a layer goes from one child to another. "in" and "out" in their place stand for the world around
 * the item; ins and outs list the layers whose tensors cross its border.
 */
function makeTree(data) {
  const { layers } = data;
  const numbers = new Map(layers.map((layer, number) => [layer.name, number]));
  const root = group("", "", null);
  const byKey = new Map();

  function group(key, title, parent) {
    return {
      key, title, parent, children: [], links: [], ins: [], outs: [],
      depth: parent ? parent.depth + 1 : 0,
    };
  }

  /**
   * What holds a layer. The layer that joins branches has the name that theirs begin with, and
   * shares a group with them; an activation after a layer stands beside it.
   */
  function groupOf(name, number) {
    let at = root;
    const parts = name.split(".");
    for (let i = 1; i <= parts.length; i++) {
      const path = parts.slice(0, i).join(".");
      const joins = numbers.has(path);
      const key = joins ? path + ".*" : path;
      if (joins && (number > numbers.get(path) || (i === parts.length && !byKey.has(key)))) {
        break;
      }
      if (!byKey.has(key)) {
        const made = group(key, parts[i - 1], at);
        at.children.push(made);
        byKey.set(key, made);
      }
      at = byKey.get(key);
    }
    return at;
  }

  layers.forEach((layer, number) => {
    const parent = groupOf(layer.name, number);
    const path = parent.key.replace(".*", "");
    const title = layer.name.slice(path && path.length + 1) || layer.op;
    const item = { key: layer.name, title, parent, layer: number, depth: parent.depth + 1 };
    parent.children.push(item);
    byKey.set(layer.name, item);
  });

  // A stage that is a single block shows what is in the block.
  function merge(item) {
    while (item.children && item.children.length === 1 && item.children[0].children && item !== root) {
      byKey.set(item.children[0].key, item);
      item.children = item.children[0].children;
      item.children.forEach((child) => { child.parent = item; });
    }
    (item.children || []).forEach(merge);
  }

  function count(item) {
    item.depth = item.parent ? item.parent.depth + 1 : 0;
    if (!item.children) {
      Object.assign(item, layers[item.layer], { first: item.layer, last: item.layer, size: 1 });
    } else {
      item.children.forEach(count);
      const sum = (what) => item.children.reduce((all, child) => all + child[what], 0);
      const most = (what) => Math.max(...item.children.map((child) => child[what]));
      const last = item.children[item.children.length - 1];
      Object.assign(item, {
        parameters: sum("parameters"), macs: sum("macs"), size: sum("size"),
        liveBytes: most("liveBytes"), outputBytes: last.outputBytes, output: last.output,
        first: item.children[0].first, last: last.last, stage: last.stage,
      });
    }
  }

  /** The items around a layer, from the innermost, each with the one it is in. */
  function around(number) {
    const chain = [];
    for (let item = byKey.get(layers[number].name); item.parent; item = item.parent) {
      chain.push(item);
    }
    return chain;
  }

  function link(item, layer, from, to) {
    const ends = (end) => (typeof end === "string" ? end : end.key + "/");
    const id = layer + " " + ends(from) + " " + ends(to);
    item.seen = item.seen || new Set();
    if (!item.seen.has(id)) {
      item.seen.add(id);
      item.links.push({ layer, from, to });
      if (from === "in" && !item.ins.includes(layer)) item.ins.push(layer);
      if (to === "out" && !item.outs.includes(layer)) item.outs.push(layer);
    }
  }

  function connect(from, to) {
    const sources = around(from);
    const readers = around(to);
    const parents = new Set(sources.map((item) => item.parent));
    let meet = root;
    for (const reader of readers) {
      if (parents.has(reader.parent)) {
        meet = reader.parent;
        link(meet, from, sources.find((item) => item.parent === meet), reader);
        break;
      }
      link(reader.parent, from, "in", reader);
    }
    for (const source of sources) {
      if (source.parent === meet) {
        break;
      }
      link(source.parent, from, source, "out");
    }
  }

  merge(root);
  count(root);
  layers.forEach((layer, number) => layer.reads.forEach((read) => connect(read, number)));
  layers.forEach((layer, number) => {
    if (layer.outputs.length) {
      around(number).forEach((item) => link(item.parent, number, item, "out"));
    }
  });
  return { root, byKey };
}

/** Whether `outer` is `item` or holds it. */
function holds(outer, item) {
  for (let at = item; at; at = at.parent) {
    if (at === outer) return true;
  }
  return false;
}

/** Calls `visit` for an item and all in it, outer before inner. */
function walk(item, visit) {
  visit(item);
  (item.children || []).forEach((child) => walk(child, visit));
}
