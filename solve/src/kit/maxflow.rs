//! Responsible for: a maximum flow in a small directed network, and the source side of its minimum cut.
//! Not responsible for: what the network means.

/// A network with integer capacities. Dinic's algorithm (1970): shortest augmenting paths, level by level.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// Edges as they came: from, to, capacity.
    given: Vec<(u32, u32, i64)>,
    /// Where each node's arcs begin: an arc is an edge seen from one of its ends.
    start: Vec<u32>,
    /// By arc, those of a node side by side: where it leads, what it may still carry, and the arc the other way.
    head: Vec<u32>,
    room: Vec<i64>,
    back: Vec<u32>,
    level: Vec<u32>,
    cursor: Vec<u32>,
}

/// More than any sum of capacities used here.
pub(super) const UNLIMITED: i64 = i64::MAX / 4;

const UNSEEN: u32 = u32::MAX;

impl Network {
    /// Adds an edge.
    pub(super) fn edge(&mut self, from: usize, to: usize, capacity: i64) {
        self.given.push((from as u32, to as u32, capacity));
    }

    /// Pushes as much as possible from `source` to `sink` and marks the nodes still reachable from the source.
    /// `nodes` is the number of nodes; every edge must lie between them.
    pub(super) fn source_side(&mut self, nodes: usize, source: usize, sink: usize) -> Vec<bool> {
        self.arrange(nodes);
        while self.layer(nodes, source, sink) {
            self.cursor.clear();
            self.cursor
                .extend_from_slice(self.start.get(..nodes).unwrap_or(&[]));
            self.block(source, sink);
        }
        self.level.iter().map(|level| *level != UNSEEN).collect()
    }

    /// Lays the arcs of each node side by side.
    fn arrange(&mut self, nodes: usize) {
        self.start = vec![0; nodes + 1];
        for &(from, to, _) in &self.given {
            self.start[from as usize + 1] += 1;
            self.start[to as usize + 1] += 1;
        }
        for node in 0..nodes {
            self.start[node + 1] += self.start[node];
        }
        let mut next = self.start.clone();
        let arcs = 2 * self.given.len();
        (self.head, self.room, self.back) = (vec![0; arcs], vec![0; arcs], vec![0; arcs]);
        for &(from, to, capacity) in &self.given {
            let mut place = |node: u32| {
                let place = &mut next[node as usize];
                *place += 1;
                *place - 1
            };
            let (there, back) = (place(from), place(to));
            self.head[there as usize] = to;
            self.room[there as usize] = capacity;
            self.back[there as usize] = back;
            self.head[back as usize] = from;
            self.back[back as usize] = there;
        }
    }

    fn tail(&self, arc: usize) -> usize {
        self.head[self.back[arc] as usize] as usize
    }

    /// Distances from the source in the residual network; true if the sink can be reached.
    fn layer(&mut self, nodes: usize, source: usize, sink: usize) -> bool {
        self.level.clear();
        self.level.resize(nodes, UNSEEN);
        self.level[source] = 0;
        let mut queue = vec![source as u32];
        let mut next = 0;
        while next < queue.len() {
            let node = queue[next] as usize;
            next += 1;
            for arc in self.start[node] as usize..self.start[node + 1] as usize {
                let to = self.head[arc] as usize;
                if self.room[arc] > 0 && self.level[to] == UNSEEN {
                    self.level[to] = self.level[node] + 1;
                    queue.push(to as u32);
                }
            }
        }
        self.level[sink] != UNSEEN
    }

    /// A blocking flow along the layers, depth first without recursion.
    fn block(&mut self, source: usize, sink: usize) {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        loop {
            if node == sink {
                let pushed = path.iter().map(|arc| self.room[*arc]).min().unwrap_or(0);
                let mut back_to = 0;
                for (step, &arc) in path.iter().enumerate().rev() {
                    self.room[arc] -= pushed;
                    self.room[self.back[arc] as usize] += pushed;
                    if self.room[arc] == 0 {
                        back_to = step;
                    }
                }
                path.truncate(back_to + 1);
                node = path.pop().map_or(source, |arc| self.tail(arc));
                continue;
            }
            if let Some(arc) = self.forward(node) {
                path.push(arc);
                node = self.head[arc] as usize;
            } else {
                let Some(arc) = path.pop() else { return };
                node = self.tail(arc);
                self.cursor[node] += 1;
            }
        }
    }

    /// The next arc of `node` that leads one layer on.
    fn forward(&mut self, node: usize) -> Option<usize> {
        while self.cursor[node] < self.start[node + 1] {
            let arc = self.cursor[node] as usize;
            let to = self.head[arc] as usize;
            if self.room[arc] > 0 && self.level[to] == self.level[node] + 1 {
                return Some(arc);
            }
            self.cursor[node] += 1;
        }
        None
    }
}
