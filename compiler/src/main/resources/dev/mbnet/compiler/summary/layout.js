/**
 * Where everything lies: a layered drawing (Sugiyama, Tagawa and Toda 1981) of each unfolded item,
 * inside the one around it. Tensors flow down. In a layer that a long edge passes, a bend holds its
 * place. The longest chain of children, the spine, is straight; everything else finds its place
 * beside it. Coordinates are relative to the spine's x and the top of the item's inside.
 */
const CARD = { width: 264, height: 52 };
const FRAME = { head: 44, side: 16, foot: 14 };
const GAP = { across: 28, down: 30, bend: 22 };
const PILL = { width: 132, height: 26 };

/** The drawing of an item's inside; kept until the item or one in it is folded or unfolded. */
function place(item, isOpen) {
  if (!item.placed) {
    item.placed = new Placement(item, isOpen).run();
  }
  return item.placed;
}

/** Forgets the drawings that an item is part of. */
function displace(item) {
  for (let at = item; at; at = at.parent) {
    at.placed = null;
  }
}

class Placement {
  constructor(item, isOpen) {
    this.item = item;
    this.isOpen = isOpen;
    this.vertices = [];
    this.of = new Map(); // From a child, or a layer at the border, to its vertex.
    this.runs = []; // The vertices that each link passes, first to last.
  }

  run() {
    this.item.ins.forEach((layer) => this.of.set("in" + layer, this.vertex(0, 0, 0)));
    this.item.children.forEach((child) => this.of.set(child, this.box(child)));
    this.item.outs.forEach((layer) => this.of.set("out" + layer, this.end(layer)));
    const links = this.item.links.map((link) => ({
      layer: link.layer,
      from: this.of.get(link.from === "in" ? "in" + link.layer : link.from),
      to: this.of.get(link.to === "out" ? "out" + link.layer : link.to),
    }));
    this.rank(links);
    this.bend(links);
    this.order();
    this.findSpine();
    this.across();
    this.down();
    return this.result();
  }

  vertex(left, right, height) {
    const vertex = { left, right, height, rank: 0, x: 0, before: [], after: [] };
    this.vertices.push(vertex);
    return vertex;
  }

  box(child) {
    if (!child.children || !this.isOpen(child)) {
      const card = this.vertex(CARD.width / 2, CARD.width / 2, CARD.height);
      return Object.assign(card, { child });
    }
    const inner = place(child, this.isOpen);
    const least = CARD.width / 2 + FRAME.side;
    const left = Math.max(least, -inner.left + FRAME.side);
    const right = Math.max(least, inner.right + FRAME.side);
    const height = inner.height + FRAME.head + FRAME.foot;
    return Object.assign(this.vertex(left, right, height), { child, inner });
  }

  end(layer) {
    return this.item.parent
      ? this.vertex(0, 0, 0)
      : Object.assign(this.vertex(PILL.width / 2, PILL.width / 2, PILL.height), { output: layer });
  }

  /** As far up as what it reads allows; the ends of all stand in the last rank. */
  rank(links) {
    const into = new Map(this.vertices.map((vertex) => [vertex, []]));
    links.forEach((link) => into.get(link.to).push(link.from));
    let last = 0;
    for (const vertex of this.vertices) {
      vertex.rank = Math.max(0, ...into.get(vertex).map((from) => from.rank + 1));
      last = Math.max(last, vertex.rank);
    }
    if (this.item.parent) {
      this.item.outs.forEach((layer) => { this.of.get("out" + layer).rank = last; });
    }
    this.ranks = Array.from({ length: last + 1 }, () => []);
  }

  /** Links that read the same tensor share their bends. */
  bend(links) {
    const trunks = new Map();
    for (const link of links) {
      const id = link.layer;
      const trunk = trunks.get(id) || new Map();
      trunks.set(id, trunk);
      const run = [link.from];
      for (let rank = link.from.rank + 1; rank < link.to.rank; rank++) {
        if (!trunk.has(rank)) {
          trunk.set(rank, Object.assign(this.vertex(0, 0, 0), { rank, isBend: true }));
        }
        run.push(trunk.get(rank));
      }
      run.push(link.to);
      for (let i = 1; i < run.length; i++) {
        if (!run[i].before.includes(run[i - 1])) {
          run[i].before.push(run[i - 1]);
          run[i - 1].after.push(run[i]);
        }
      }
      this.runs.push({ layer: link.layer, run });
    }
    this.vertices.forEach((vertex) => this.ranks[vertex.rank].push(vertex));
  }

  /** Moves each vertex to the middle of its neighbours, rank by rank, down and up again. */
  order() {
    const number = (rank) => rank.forEach((vertex, i) => { vertex.place = i; });
    this.ranks.forEach(number);
    for (let sweep = 0; sweep < 6; sweep++) {
      const side = sweep % 2 ? "after" : "before";
      for (const rank of sweep % 2 ? [...this.ranks].reverse() : this.ranks) {
        if (rank.length > 1) {
          const middle = new Map(rank.map((vertex) => [vertex, mean(vertex[side], "place", vertex)]));
          rank.sort((a, b) => middle.get(a) - middle.get(b) || a.place - b.place);
          number(rank);
        }
      }
    }
  }

  /** A chain through all ranks, up from the largest vertex of the last. */
  findSpine() {
    const size = (vertex) => (vertex.child ? vertex.child.size : vertex.isBend ? -1 : 0);
    const largest = (all) => all.reduce((best, v) => (size(v) > size(best) ? v : best));
    let at = largest(this.ranks[this.ranks.length - 1]);
    for (;;) {
      at.isSpine = true;
      const above = at.before.filter((vertex) => vertex.rank === at.rank - 1);
      if (!above.length) {
        break;
      }
      at = largest(above);
    }
  }

  across() {
    for (const rank of this.ranks) {
      settle(rank, () => 0);
    }
    for (let sweep = 0; sweep < 12; sweep++) {
      const up = sweep % 2 === 1;
      const side = up ? "after" : "before";
      for (const rank of up ? [...this.ranks].reverse() : this.ranks) {
        settle(rank, (vertex) => (vertex.isSpine ? 0 : mean(vertex[side], "x", vertex)));
      }
    }
  }

  down() {
    let y = 0;
    this.tops = [];
    this.bottoms = [];
    this.ranks.forEach((rank, i) => {
      this.tops.push(y);
      y += Math.max(...rank.map((vertex) => vertex.height));
      this.bottoms.push(y);
      const slant = Math.max(0, ...rank.flatMap((v) => v.after.map((w) => Math.abs(v.x - w.x))));
      y += i === this.ranks.length - 1 ? 0 : GAP.down + Math.min(30, slant / 10);
    });
    this.height = y;
  }

  result() {
    const boxes = [];
    for (const v of this.vertices) {
      if (v.child || v.output !== undefined) {
        boxes.push({
          child: v.child, output: v.output, inner: v.inner, spine: v.x,
          x: v.x - v.left, y: this.tops[v.rank], width: v.left + v.right, height: v.height,
        });
      }
    }
    const lines = this.runs.map(({ layer, run }) => {
      const to = run[run.length - 1];
      const isBorder = !to.child && to.output === undefined;
      return { layer, path: this.path(run, layer, isBorder), from: run[0].child, to: to.child, isBorder };
    });
    const border = (side) => new Map(
      this.item[side].map((layer) => [layer, (this.of.get(side.slice(0, -1) + layer) || {}).x]));
    const xs = this.vertices.flatMap((v) => [v.x - v.left, v.x + v.right]);
    lines.forEach((line) => xs.push(...line.path.map(([x]) => x)));
    return {
      boxes, lines, height: this.height, insAt: border("ins"), outsAt: border("outs"),
      left: Math.min(...xs), right: Math.max(...xs),
    };
  }

  /** Corners of an edge: down through each rank, across between ranks. */
  path(run, layer, isBorder) {
    const first = run[0];
    const last = run[run.length - 1];
    const points = [];
    const leaves = first.inner ? first.x + first.inner.outsAt.get(layer) : first.x;
    points.push([leaves, this.tops[first.rank] + first.height, this.bottoms[first.rank]]);
    run.slice(1, -1).forEach((v) => points.push([v.x, this.tops[v.rank], this.bottoms[v.rank]]));
    const from = points[points.length - 1][0];
    const room = last.left && !last.inner ? last.left - 28 : 0;
    const enters = last.inner
      ? last.x + last.inner.insAt.get(layer)
      : Math.min(Math.max(from, last.x - room), last.x + room);
    const end = this.tops[last.rank] + (isBorder ? FRAME.foot : 0);
    points.push([enters, end, end]);
    return points;
  }
}

function mean(vertices, what, otherwise) {
  return vertices.length
    ? vertices.reduce((sum, vertex) => sum + vertex[what], 0) / vertices.length
    : otherwise[what];
}

/**
 * Moves the vertices of a rank to where they want to be, as near as their order and sizes allow:
 * the sum of weighted squares is least (pool adjacent violators).
 */
function settle(rank, wanted) {
  const blocks = [];
  let offset = 0;
  rank.forEach((vertex, i) => {
    if (i > 0) {
      const gap = vertex.isBend || rank[i - 1].isBend ? GAP.bend : GAP.across;
      offset += rank[i - 1].right + gap + vertex.left;
    }
    vertex.offset = offset;
    const weight = vertex.isSpine ? 1e6 : vertex.isBend ? 2 : 1;
    blocks.push({ at: wanted(vertex) - offset, weight, count: 1 });
    while (blocks.length > 1 && blocks[blocks.length - 2].at > blocks[blocks.length - 1].at) {
      const right = blocks.pop();
      const left = blocks.pop();
      const weight = left.weight + right.weight;
      const at = (left.at * left.weight + right.at * right.weight) / weight;
      blocks.push({ at, weight, count: left.count + right.count });
    }
  });
  let next = 0;
  for (const block of blocks) {
    for (let i = 0; i < block.count; i++, next++) {
      rank[next].x = block.at + rank[next].offset;
    }
  }
}
